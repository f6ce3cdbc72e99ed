import type { SecretValue } from '../domain/secret-value.ts';
import type { OpenDatabase, OpenDatabaseOptions } from './driver.ts';

export type DatabaseConfig =
  /** `directory` null: in memory, gone when it is closed. */
  | { readonly kind: 'pglite'; readonly directory: string | null }
  | { readonly kind: 'postgresql'; readonly url: SecretValue };

/** Opens and migrates it. Only the driver that is used is loaded. Rejects with StartError. */
export async function openDatabase(
  config: DatabaseConfig,
  options: OpenDatabaseOptions = {},
): Promise<OpenDatabase> {
  if (config.kind === 'pglite') {
    const { openEmbedded } = await import('./embedded.ts');
    return openEmbedded(config.directory, options);
  }
  const { openPostgresql } = await import('./postgresql.ts');
  return openPostgresql(config.url, options);
}

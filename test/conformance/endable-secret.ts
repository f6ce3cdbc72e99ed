import type { ClientId } from '../../src/domain/ids.ts';
import type { Seeds, Stage } from './harness.ts';

/** One more secret of the client, beside as many as its vendor keeps: so this one it lets end. */
export async function seedEndableSecret(
  { provider, seeds }: Stage,
  client: ClientId,
): ReturnType<Seeds['secret']> {
  for (let kept = 0; kept < provider.traits.minActiveSecrets; kept += 1) await seeds.secret(client);
  return seeds.secret(client);
}

import { around, isRead } from '../around.ts';
import type { Provider, Writes } from '../provider.ts';

/** They change nothing that is read, but for how often a secret was used. */
const CHANGES_NOTHING: ReadonlySet<string> = new Set<keyof Writes>(['revealSecret', 'verifySecret']);

/**
 * Before a write is answered, whatever became of it, has what was read of its tenant forgotten. Null: the write is of
 * no tenant that is known.
 */
export function forgetOnWrites(
  provider: Provider,
  forget: (tenant: string | null) => Promise<void>,
): Provider {
  return around(provider, async (method, args, run) => {
    if (isRead(method) || CHANGES_NOTHING.has(method)) return run();
    try {
      return await run();
    } finally {
      await forget(tenantOf(args[0]));
    }
  });
}

/** Each write has an id first, but for that of a new tenant. */
function tenantOf(id: unknown): string | null {
  return typeof id === 'object' && id !== null && 'tenant' in id && typeof id.tenant === 'string'
    ? id.tenant
    : null;
}

import { around, isRead } from '../around.ts';
import type { Provider, Writes } from '../provider.ts';

/** They change nothing that is read, but for how often a secret was used. */
const CHANGES_NOTHING: ReadonlySet<string> = new Set<keyof Writes>(['revealSecret', 'verifySecret']);

type Forget = (tenant: string | null) => Promise<void>;

/**
 * Before a write is answered, whatever became of it, has what was read of its tenant forgotten. Null: the write is of
 * no tenant that is known.
 */
export function forgetOnWrites(provider: Provider, forget: Forget): Provider {
  const written = around(provider, async (method, args, run) => {
    if (isRead(method) || CHANGES_NOTHING.has(method)) return run();
    try {
      return await run();
    } finally {
      await forget(tenantOf(args[0]));
    }
  });
  return forgetOnCountedUses(written, forget);
}

/** With the last of its uses a secret that has so many and no more is EXHAUSTED. No other use changes what it is. */
function forgetOnCountedUses(provider: Provider, forget: Forget): Provider {
  const { verifySecret } = provider;
  if (verifySecret === undefined) return provider;
  const verify: Writes['verifySecret'] = async (request, call) => {
    const verification = await verifySecret(request, call);
    const { valid, secret } = verification;
    if (valid && secret.maxUses !== null) await forget(secret.id.tenant);
    return verification;
  };
  return new Proxy(provider, {
    get: (target, name): unknown => (name === 'verifySecret' ? verify : Reflect.get(target, name)),
  });
}

/** Each write has an id first, but for that of a new tenant. */
function tenantOf(id: unknown): string | null {
  return typeof id === 'object' && id !== null && 'tenant' in id && typeof id.tenant === 'string'
    ? id.tenant
    : null;
}

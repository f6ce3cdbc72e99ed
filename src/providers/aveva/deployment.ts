import type { ClientId, TenantId } from '../../domain/ids.ts';
import { authorised } from '../../provider-kit/authorised.ts';
import { splitId } from '../../provider-kit/compound-id.ts';
import type { World } from '../../provider-kit/definition.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { createApi, type Holder } from './api.ts';
import { classifierOf } from './classify.ts';
import type { AvevaOptions } from './config.ts';
import { regional } from './region.ts';
import { discoverTokenPath, tokensOf } from './session.ts';

export type Deployment = ReturnType<typeof openDeployment>;

/** The configured tenants, and the ways to each. `writes` is asked for what is read for a write, too. */
export function openDeployment({ url, dialect, tenants }: AvevaOptions, { name, connect, clock }: World) {
  const upstreams = new Map<string, Upstream>();
  const upstreamAt = (origin: string): Upstream => {
    const upstream = upstreams.get(origin) ?? connect({ origin, classify: classifierOf(dialect) });
    upstreams.set(origin, upstream);
    return upstream;
  };
  const tokenPath = discoverTokenPath(upstreamAt(url), url);

  const accesses = tenants.map(({ id, ...credential }) => {
    const tokens = tokensOf(credential, upstreamAt(url), tokenPath, clock);
    const at = (origin: string) =>
      authorised(upstreamAt(origin), tokens, (token) => ({ authorization: `Bearer ${token.reveal()}` }));
    const apiOf = (upstream: Upstream) => createApi(upstream, dialect, id);
    const { reading, writing } = regional(url, at, dialect === 'v1' ? apiOf(at(url)).regions : null);
    const tenant: TenantId = { provider: name, tenant: id };
    const [reads, writes] = [apiOf(reading), apiOf(writing)];
    return { tenant, ownClientId: credential.clientId, reads, writes };
  });
  return {
    dialect,
    clock,
    tenants: accesses.map(({ tenant }) => tenant),
    to: ({ tenant }: TenantId) => accesses.find((it) => it.tenant.tenant === tenant) ?? missing(),
  };
}

/** The client, as what holds secrets. */
export function holderOf({ client }: ClientId): Holder {
  return splitId(client, ['cc', 'hy']) ?? missing();
}

export function missing(): never {
  throw new ProviderError('not_found', 'AVEVA has nothing with this id.');
}

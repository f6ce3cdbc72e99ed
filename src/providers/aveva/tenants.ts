import type { TenantId } from '../../domain/ids.ts';
import { authorised } from '../../provider-kit/authorised.ts';
import type { World } from '../../provider-kit/definition.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { createApi, missing } from './api.ts';
import { classifierOf } from './classify.ts';
import type { AvevaOptions } from './config.ts';
import { regional } from './region.ts';
import { replies } from './replies.ts';
import { createSessions } from './session.ts';

export type Deployment = ReturnType<typeof openTenants>;

/** The configured tenants, and the ways to each. `writes` is asked for what is read for a write, too. */
export function openTenants({ url, dialect, tenants }: AvevaOptions, { name, connect, clock }: World) {
  const upstreams = new Map<string, Upstream>();
  const upstreamAt = (origin: string): Upstream => {
    const upstream = upstreams.get(origin) ?? connect({ origin, classify: classifierOf(dialect) });
    upstreams.set(origin, upstream);
    return upstream;
  };
  const sessionOf = createSessions(upstreamAt(url), url, clock);

  const ways = tenants.map((tenant) => {
    const session = sessionOf(tenant);
    const at = (origin: string) =>
      authorised(upstreamAt(origin), session, (token) => ({ authorization: `Bearer ${token.reveal()}` }));
    const apiOf = (upstream: Upstream) => createApi(upstream, dialect, tenant.id);
    const { get, root } = apiOf(at(url));
    const regions = (call: Call) => get(`${root}/Regions`, replies.regions, call);
    const { reading, writing } = regional(url, at, dialect === 'v1' ? regions : async () => null);
    return { ...tenant, reads: apiOf(reading), writes: apiOf(writing) };
  });
  return {
    dialect,
    clock,
    all: tenants.map(({ id }): TenantId => ({ provider: name, tenant: id })),
    to: ({ tenant }: TenantId) => ways.find(({ id }) => id === tenant) ?? missing(),
  };
}

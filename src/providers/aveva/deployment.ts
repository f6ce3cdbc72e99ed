import type { Clock } from '../../domain/clock.ts';
import type { ClientId, TenantId } from '../../domain/ids.ts';
import { authorised } from '../../provider-kit/authorised.ts';
import { splitId } from '../../provider-kit/compound-id.ts';
import type { World } from '../../provider-kit/definition.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { createApi, type Api, type Holder } from './api.ts';
import { classifierOf } from './classify.ts';
import type { AvevaOptions, Dialect } from './config.ts';
import { regional } from './region.ts';
import { discoverTokenPath, tokensOf } from './session.ts';

/** All that is configured, and the ways to it. */
export interface Deployment {
  readonly dialect: Dialect;
  readonly clock: Clock;
  readonly tenants: ReadonlyMap<string, TenantAccess>;
}

export interface TenantAccess {
  readonly id: TenantId;
  /** The client that the gateway works as. */
  readonly ownClientId: string;
  readonly reads: Api;
  /** By the region that takes changes; what is read for a write is read there too. */
  readonly writes: Api;
}

export function openDeployment(
  { url, dialect, tenants }: AvevaOptions,
  { name, connect, clock }: World,
): Deployment {
  const upstreams = new Map<string, Upstream>();
  const upstreamAt = (origin: string): Upstream => {
    const upstream = upstreams.get(origin) ?? connect({ origin, classify: classifierOf(dialect) });
    upstreams.set(origin, upstream);
    return upstream;
  };
  const tokenPath = discoverTokenPath(upstreamAt(url), url);

  const access = tenants.map(({ id, ...credential }): TenantAccess => {
    const tokens = tokensOf(credential, upstreamAt(url), tokenPath, clock);
    const at = (origin: string) =>
      authorised(upstreamAt(origin), tokens, (token) => ({ authorization: `Bearer ${token.reveal()}` }));
    const { regions } = createApi(at(url), dialect, id);
    const { reading, writing } = regional(url, at, dialect === 'v1' ? regions : null);
    return {
      id: { provider: name, tenant: id },
      ownClientId: credential.clientId,
      reads: createApi(reading, dialect, id),
      writes: createApi(writing, dialect, id),
    };
  });
  return { dialect, clock, tenants: new Map(access.map((it) => [it.id.tenant, it])) };
}

export function accessTo({ tenants }: Deployment, { tenant }: TenantId): TenantAccess {
  const access = tenants.get(tenant);
  if (access === undefined) throw notFound();
  return access;
}

/** Where the client and its secrets stand. */
export function holderOf({ client }: ClientId): Holder {
  const holder = splitId(client, ['cc', 'hy']);
  if (holder === null) throw notFound();
  return holder;
}

export function notFound(): ProviderError {
  return new ProviderError('not_found', 'AVEVA has nothing with this id.');
}

/** Of no other form are ids on the vendor's pages: most are GUIDs, and none needs to be encoded. */
const PLAIN_ID = /^\w[\w.~-]{0,63}$/;

/** Can the vendor have an id in which this part is this text? */
export function canBe(
  { tenants, dialect }: Deployment,
  part: 'tenant' | 'identity' | 'client' | 'secret',
  text: string,
): boolean {
  if (part === 'tenant') return tenants.has(text);
  if (part === 'secret') return dialect === 'v1' ? isInt32(text) : PLAIN_ID.test(text);
  const kinds = part === 'client' ? ['cc', 'hy'] : ['user', 'auto'];
  return PLAIN_ID.test(splitId(text, kinds)?.id ?? '');
}

/** In the one form that is made of it. */
function isInt32(text: string): boolean {
  return String(Number(text) | 0) === text;
}

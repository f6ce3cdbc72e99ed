import type { Client } from '../../src/domain/client.ts';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import { liveAt, type Freshness } from '../../src/domain/freshness.ts';
import type { GatewayError } from '../../src/domain/gateway-error.ts';
import { idKey, type ClientId, type ClientSecretId, type TenantId } from '../../src/domain/ids.ts';
import { EMPTY_PAGE, pageOf, type Page } from '../../src/domain/page.ts';
import type { Rotation } from '../../src/domain/rotation.ts';
import type { Tenant } from '../../src/domain/tenant.ts';
import type { SeenPage } from '../../src/service/inventory/seen-page.ts';
import type { ProviderView } from '../../src/service/provider-view.ts';
import type { InventoryReads, ProviderReads, RecordReads, Session } from '../../src/service/session.ts';
import type { Write } from '../../src/service/write.ts';

const AT = new Date('2026-11-21T12:00:00.000Z');
const NO_DATES = { createdAt: AT, updatedAt: null, attributes: {}, freshness: liveAt(AT) } as const;

export const TENANT: TenantId = { provider: 'local', tenant: 't' };
export const clientId = (n: number): ClientId => ({ ...TENANT, client: `c${String(n).padStart(3, '0')}` });
export const secretId = (of: ClientId, n: number): ClientSecretId => ({
  ...of,
  secret: `s${String(n).padStart(3, '0')}`,
});

export const tenantOf = (id: TenantId): Tenant => ({
  ...NO_DATES,
  id,
  name: 'Tenant',
  description: null,
  enabled: true,
});

export const clientOf = (id: ClientId): Client => ({
  ...NO_DATES,
  id,
  identity: null,
  clientId: id.client,
  name: `Client ${id.client}`,
  description: null,
  kind: 'CLIENT_CREDENTIALS',
  enabled: true,
  redirectUris: [],
});

export const secretOf = (id: ClientSecretId): ClientSecret => ({
  ...NO_DATES,
  id,
  description: null,
  hint: 'kf_x',
  status: 'ACTIVE',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  useCount: 0,
  maxUses: null,
  retrievable: false,
});

export const ROTATION: Rotation = {
  id: 'r1',
  operationId: 'operation',
  state: 'OVERLAPPING',
  oldSecret: secretId(clientId(0), 0),
  newSecret: secretId(clientId(0), 1),
  startedAt: AT,
  retireAt: AT,
  completedAt: null,
  attempts: 0,
  lastError: null,
  keep: null,
  oldExpiresAt: null,
};

const provider = (name: string, kind: string): ProviderView => ({
  name,
  kind,
  capabilities: {
    operations: ['CREATE_CLIENT_SECRET'],
    secretRetrieval: 'ONCE',
    rotation: 'OVERLAP',
    maxActiveSecretsPerClient: null,
    minSecretLifetimeMs: null,
    maxSecretLifetimeMs: 90_000_000,
    supportsSecretExpiry: true,
    revocationDelayMs: 0,
  },
  health: async () => ({
    status: 'UP',
    checkedAt: AT,
    latencyMs: 3,
    message: null,
    breaker: 'CLOSED',
    lastError: { code: 'RATE_LIMITED', message: 'Slowly.', at: AT },
  }),
});

/** The same as it comes out of the inventory. */
const seen = <T extends { readonly freshness: Freshness }>(noun: T): T => ({
  ...noun,
  freshness: { ...noun.freshness, source: 'INVENTORY' },
});
const seenPage = <T>(page: Page<T>): SeenPage<T> => ({ ...page, failures: async () => [] });

export interface MemorySession extends Session {
  /** Every batched read: the method, and how many keys it had. */
  readonly reads: string[];
  /** Every write that a verb handed over. */
  readonly writes: Write<unknown>[];
}

type AllReads = ProviderReads & RecordReads & InventoryReads;

interface Contents {
  readonly clients?: number;
  readonly secretsEach?: number;
  /** These clients' secrets cannot be listed. */
  readonly failing?: ReadonlyMap<string, GatewayError>;
  /** What a write gives, by its action; a GatewayError is thrown. */
  readonly results?: Readonly<Record<string, unknown>>;
  readonly reads?: Partial<AllReads>;
  /** Is told of every batched read. */
  readonly noteRead?: (read: string) => void;
}

/** One tenant of the provider `local` with so many clients, which have so many secrets each. */
export function memorySession({
  clients: count = 2,
  secretsEach = 2,
  failing = new Map(),
  results = {},
  reads: given = {},
  noteRead = () => {},
}: Contents = {}): MemorySession {
  const reads: string[] = [];
  const writes: Write<unknown>[] = [];
  const each = async <K, T>(method: string, keys: readonly K[], answer: (key: K) => T) => {
    reads.push(`${method} ${keys.length}`);
    noteRead(`${method} ${keys.length}`);
    return keys.map(answer);
  };
  const clients = Array.from({ length: count }, (_, n) => clientOf(clientId(n)));
  const secrets = new Map(
    clients.map(({ id }) => [
      idKey(id),
      Array.from({ length: secretsEach }, (_, n) => secretOf(secretId(id, n))),
    ]),
  );
  const tenant = tenantOf(TENANT);
  const read: AllReads = {
    providers: () => [provider('local', 'local'), provider('infisical-eu', 'infisical')],
    tenants: (ids) => each('tenants', ids, (id) => (idKey(id) === idKey(TENANT) ? tenant : null)),
    identities: (ids) => each('identities', ids, () => null),
    clients: (ids) => each('clients', ids, (id) => clients.find((it) => idKey(it.id) === idKey(id)) ?? null),
    secrets: (ids) =>
      each(
        'secrets',
        ids,
        (id) => [...secrets.values()].flat().find((it) => idKey(it.id) === idKey(id)) ?? null,
      ),
    listTenants: async (name, page) => {
      noteRead(`listTenants ${name}`);
      return name === 'local' ? pageOf([tenant], (it) => it.id.tenant, page) : EMPTY_PAGE;
    },
    listIdentities: (of) => each('listIdentities', of, () => EMPTY_PAGE),
    listClients: (of, page) => each('listClients', of, () => pageOf(clients, (it) => it.id.client, page)),
    listSecrets: (of, page) =>
      each('listSecrets', of, (id) => {
        const own = secrets.get(idKey(id)) ?? [];
        return failing.get(id.client) ?? pageOf(own, (it) => it.id.secret, page);
      }),
    openRotations: (of) =>
      each('openRotations', of, (id) => (idKey(id) === idKey(ROTATION.oldSecret) ? ROTATION : null)),
    rotations: (ids) => each('rotations', ids, (id) => (id === ROTATION.id ? ROTATION : null)),
    listRotations: async (_filter, page) => pageOf([ROTATION], (it) => it.id, page),
    auditEvents: (ids) => each('auditEvents', ids, () => null),
    listAuditEvents: async () => EMPTY_PAGE,
    accessTokens: (ids) => each('accessTokens', ids, () => null),
    listAccessTokens: async () => EMPTY_PAGE,
    listSeenClients: async (_filter, _order, page) =>
      seenPage(pageOf(clients.map(seen), (it) => it.id.client, page)),
    listSeenSecrets: async (_filter, _order, page) =>
      seenPage(pageOf([...secrets.values()].flat().map(seen), (it) => it.id.client + it.id.secret, page)),
    seenTenants: (ids) =>
      each('seenTenants', ids, (id) => (idKey(id) === idKey(TENANT) ? seen(tenant) : null)),
    seenClients: (ids) =>
      each('seenClients', ids, (id) => clients.map(seen).find((it) => idKey(it.id) === idKey(id)) ?? null),
    seenSecrets: (ids) => each('seenSecrets', ids, () => null),
    driftEvents: (ids) => each('driftEvents', ids, () => null),
    listDriftEvents: async () => EMPTY_PAGE,
    clientOperations: () => ['CREATE_CLIENT_SECRET'],
    secretOperations: () => ['REVOKE_CLIENT_SECRET'],
    ...given,
  };
  const resultOf = (action: string) => {
    const result = results[action];
    if (result instanceof Error) throw result;
    return result;
  };
  return {
    actor: { id: 'token:1', name: 'tester', grants: [{ role: 'ADMIN', provider: null, tenant: null }] },
    requestId: 'request-1',
    signal: new AbortController().signal,
    read,
    recent: () => read,
    records: read,
    inventory: read,
    reads,
    writes,
    perform: async <Result>(write: Write<Result>) => {
      writes.push(write as Write<unknown>);
      return resultOf(write.action) as Result;
    },
    verify: async () => ({ valid: false, reason: 'MISMATCH', secret: null }),
  };
}

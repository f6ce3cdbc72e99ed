import type { Client } from '../domain/client.ts';
import type { ClientSecret } from '../domain/client-secret.ts';
import { DAY } from '../domain/duration.ts';
import type { Tenant } from '../domain/tenant.ts';
import { createClientSecret } from '../service/create-client-secret.ts';
import { createClient } from '../service/create-client.ts';
import { createIdentity } from '../service/create-identity.ts';
import { createTenant } from '../service/create-tenant.ts';
import { disableClientSecret } from '../service/disable-client-secret.ts';
import type { ProviderView } from '../service/provider-view.ts';
import { revokeClientSecret } from '../service/revoke-client-secret.ts';
import { rotateClientSecret } from '../service/rotate-client-secret.ts';
import type { Session } from '../service/session.ts';

const TENANTS = ['Northwind', 'Umbra'];
const SERVICES = ['billing-worker', 'mailer', 'search-api'];
/** Days that each secret of a client is to live; null: for ever. */
const LIFETIMES = [30, 180, null];
const ONCE = { idempotencyKey: null } as const;

/**
 * What a gateway holds that has been at work for a while, by the gateway's own verbs: secrets that live, that have
 * expired, were disabled or revoked, and one in rotation. A vendor whose clients do not hang on identities has its own
 * examples already.
 */
export async function fillWithExamples(session: Session, letTimePass: () => void): Promise<void> {
  const filled: { provider: ProviderView; secrets: SecretsByService }[] = [];
  const isToFill = ({ capabilities }: ProviderView) => capabilities.operations.includes('CREATE_IDENTITY');
  for (const provider of session.read.providers().filter(isToFill)) {
    const [tenant, ...others] = await tenantsOf(session, provider);
    if (tenant !== undefined) filled.push({ provider, secrets: await issueSecrets(session, tenant) });
    for (const other of others) await issueSecrets(session, other);
  }
  letTimePass();
  for (const { provider, secrets } of filled) await endSome(session, provider, secrets);
}

/** In the order of `SERVICES`, and of each in the order of `LIFETIMES`. */
type SecretsByService = readonly (readonly ClientSecret[])[];

async function issueSecrets(session: Session, tenant: Tenant): Promise<SecretsByService> {
  const issued: ClientSecret[][] = [];
  for (const service of SERVICES) {
    const client = await addClient(session, tenant, service);
    const secrets: ClientSecret[] = [];
    for (const days of LIFETIMES) secrets.push(await addSecret(session, client, days));
    issued.push(secrets);
  }
  return issued;
}

/** Where the vendor makes no tenants by its API, those that it has. */
async function tenantsOf(session: Session, { name, capabilities }: ProviderView): Promise<readonly Tenant[]> {
  if (capabilities.operations.includes('CREATE_TENANT')) {
    return Promise.all(
      TENANTS.map((tenant) =>
        createTenant(session, { provider: name, name: tenant, description: null, ...ONCE }),
      ),
    );
  }
  const first = { limit: 2, direction: 'forward', cursor: null, withTotal: false } as const;
  const { items } = await session.read.listTenants(name, first);
  return items.map(({ node }) => node);
}

/** Named like its identity and without a description: some vendors have one name for both. */
async function addClient(session: Session, { id: tenant }: Tenant, name: string): Promise<Client> {
  const identity = await createIdentity(session, {
    tenant,
    name,
    kind: 'MACHINE',
    attributes: null,
    ...ONCE,
  });
  const { client } = await createClient(session, {
    tenant,
    identity: identity.id,
    name,
    description: null,
    kind: null,
    redirectUris: null,
    attributes: null,
    ...ONCE,
  });
  return client;
}

async function addSecret(session: Session, client: Client, days: number | null): Promise<ClientSecret> {
  const { secret } = await createClientSecret(session, {
    client: client.id,
    description: days === null ? 'does not expire' : `for ${days} days`,
    expiresAt: null,
    expiresInMs: days === null ? null : days * DAY,
    maxUses: null,
    value: null,
    retrievable: null,
    ...ONCE,
  });
  return secret;
}

/** One secret is rotated, and of two services the last one is disabled and revoked, as far as the vendor can. */
async function endSome(
  session: Session,
  { capabilities: { operations } }: ProviderView,
  [first, second, third]: SecretsByService,
): Promise<void> {
  const [rotated, disabled, revoked] = [first?.[1], second?.[2], third?.[2]];
  if (rotated && operations.includes('ROTATE_CLIENT_SECRET')) {
    const asBefore = { description: null, expiresAt: null, expiresInMs: null, value: null };
    await rotateClientSecret(session, { id: rotated.id, overlapMs: DAY, ...asBefore, ...ONCE });
  }
  if (disabled && operations.includes('DISABLE_CLIENT_SECRET')) {
    await disableClientSecret(session, { id: disabled.id, ...ONCE });
  }
  if (revoked && operations.includes('REVOKE_CLIENT_SECRET')) {
    await revokeClientSecret(session, { id: revoked.id, reason: 'leaked in a log', ...ONCE });
  }
}

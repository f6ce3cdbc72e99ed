import { describe, expect, test } from 'vitest';
import { ProviderUnavailableError } from '../../src/domain/gateway-error.ts';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { EMPTY_PAGE, pageOf } from '../../src/domain/page.ts';
import type { AuditEventFilter } from '../../src/store/audit-events.ts';
import type { RotationFilter } from '../../src/store/rotations.ts';
import {
  AuditEventsDocument,
  ClientDocument,
  ClientSecretDocument,
  FirstLookDocument,
  ProviderDocument,
  ProvidersDocument,
  RotationsDocument,
  TenantDocument,
  TenantsDocument,
} from '../generated/graphql.ts';
import { ask } from './ask.ts';
import { clientId, memorySession, TENANT, tenantOf } from './memory-session.ts';

const down = new ProviderUnavailableError('It does not answer.', {
  provider: 'infisical-eu',
  applied: 'NO',
  retryAfterMs: null,
});
const oneDead = () =>
  memorySession({
    reads: {
      listTenants: async (provider, page) => {
        if (provider !== 'local') throw down;
        return pageOf([tenantOf(TENANT)], ({ id }) => id.tenant, page);
      },
    },
  });

describe('over several providers', () => {
  test('a dead one is listed, and the others answer', async () => {
    const { data, errors } = await ask(TenantsDocument, {}, oneDead());
    expect(errors).toEqual([]);
    expect(data?.tenants.edges.map(({ node }) => node.externalId)).toEqual(['t']);
    expect(data?.tenants.failures).toEqual([
      {
        provider: { name: 'infisical-eu' },
        code: 'PROVIDER_UNAVAILABLE',
        message: 'It does not answer.',
        retryable: true,
      },
    ]);
  });

  test('the tenants of a dead one alone are null, with its error', async () => {
    const { data, errors } = await ask(ProviderDocument, { name: 'infisical-eu' }, oneDead());
    expect(data?.provider).toMatchObject({ name: 'infisical-eu', kind: 'INFISICAL', tenants: null });
    expect(errors).toMatchObject([
      { path: ['provider', 'tenants'], extensions: { provider: 'infisical-eu' } },
    ]);
  });

  test('a first look asks everything that it shows', async () => {
    const { data, errors } = await ask(FirstLookDocument);
    expect(errors).toEqual([]);
    expect(data?.viewer).toEqual({
      name: 'tester',
      roles: [{ role: 'ADMIN', provider: null, tenant: null }],
    });
    expect(data?.tenants.nodes[0]?.clients?.nodes[0]?.secrets?.nodes[0]).toEqual({
      hint: 'kf_x',
      status: 'ACTIVE',
      expiresAt: null,
    });
  });
});

test('a provider tells what it can do, in ISO 8601, and how it is', async () => {
  const { data } = await ask(ProvidersDocument);
  expect(data?.providers[0]).toEqual({
    id: encodeGlobalId('Provider', { provider: 'local' }),
    name: 'local',
    kind: 'LOCAL',
    capabilities: {
      operations: ['CREATE_CLIENT_SECRET'],
      secretRetrieval: 'ONCE',
      rotation: 'OVERLAP',
      maxActiveSecretsPerClient: null,
      minSecretLifetime: null,
      maxSecretLifetime: 'P1DT1H',
      supportsSecretExpiry: true,
      revocationDelay: 'PT0S',
    },
    health: {
      status: 'UP',
      checkedAt: '2026-11-21T12:00:00.000Z',
      latencyMs: 3,
      message: null,
      breaker: 'CLOSED',
      lastError: 'RATE_LIMITED',
      lastErrorMessage: 'Slowly.',
      lastErrorAt: '2026-11-21T12:00:00.000Z',
    },
  });
});

describe('by the ids of the vendor', () => {
  const ids = { provider: 'local', tenant: 't', client: 'c000', externalId: 's000' };

  test('a tenant, a client and a secret are found', async () => {
    const tenant = await ask(TenantDocument, { provider: 'local', externalId: 't' });
    expect(tenant.data?.tenant?.clients?.nodes.map((it) => it.clientId)).toEqual(['c000', 'c001']);
    const client = await ask(ClientDocument, { provider: 'local', tenant: 't', externalId: 'c000' });
    expect(client.data?.client).toMatchObject({
      clientId: 'c000',
      availableOperations: ['CREATE_CLIENT_SECRET'],
    });
    const secret = await ask(ClientSecretDocument, ids);
    expect(secret.data?.clientSecret).toMatchObject({
      rotation: { state: 'OVERLAPPING' },
      freshness: { source: 'LIVE', asOf: '2026-11-21T12:00:00.000Z' },
    });
  });

  test('what is not there is null', async () => {
    expect(await ask(ClientSecretDocument, { ...ids, provider: 'nowhere' })).toMatchObject({
      data: { clientSecret: null },
      errors: [],
    });
    expect((await ask(ProviderDocument, { name: 'nowhere' })).data?.provider).toBeNull();
  });

  test('an empty one is refused', async () => {
    const { errors } = await ask(ClientSecretDocument, { ...ids, externalId: '', provider: '' });
    expect(errors).toMatchObject([{ message: 'provider: must not be empty; externalId: must not be empty' }]);
  });
});

describe('a filter', () => {
  test('of rotations reaches the session with a typed id', async () => {
    const filters: RotationFilter[] = [];
    const session = memorySession({
      reads: {
        listRotations: async (filter) => {
          filters.push(filter);
          return EMPTY_PAGE;
        },
      },
    });
    const filter = { client: encodeGlobalId('Client', clientId(0)), state: ['OVERLAPPING' as const] };
    await ask(RotationsDocument, { filter }, session);
    await ask(RotationsDocument, {}, session);
    expect(filters).toEqual([
      { client: clientId(0), state: ['OVERLAPPING'], providers: null },
      { client: null, state: null, providers: null },
    ]);
  });

  test('of audit events reaches the session whole', async () => {
    const filters: AuditEventFilter[] = [];
    const session = memorySession({
      reads: {
        listAuditEvents: async (filter) => {
          filters.push(filter);
          return EMPTY_PAGE;
        },
      },
    });
    const subject = encodeGlobalId('Tenant', TENANT);
    await ask(
      AuditEventsDocument,
      { filter: { subject, outcome: ['DENIED'], since: '2026-01-01T00:00:00+02:00' } },
      session,
    );
    expect(filters).toEqual([
      {
        actor: null,
        action: null,
        subject,
        provider: null,
        outcome: ['DENIED'],
        since: new Date('2025-12-31T22:00:00Z'),
        until: null,
      },
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_DATABASES } from '../database.ts';
import {
  AuditEventsDocument,
  ClientSecretDocument,
  DeleteClientDocument,
  DeleteTenantDocument,
  DisableClientSecretDocument,
  EnableClientSecretDocument,
  NodeDocument,
  RevealClientSecretDocument,
  RevokeClientSecretDocument,
  TenantsDocument,
  UpdateClientDocument,
  UpdateClientSecretDocument,
  UpdateTenantDocument,
  VerifyClientSecretDocument,
} from '../generated/graphql.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { testClock } from '../test-clock.ts';
import { expectType, newClient, newInfisicalClient, newSecret, newTenant, partOf } from './world.ts';

describe.each(TEST_DATABASES)('the main job over HTTP, on %s', (database) => {
  const clock = testClock();
  let it: TestGateway;
  beforeAll(async () => void (it = await startTestGateway({ database, clock })));
  afterAll(() => it.close());

  test('one question over two providers', async () => {
    const tenant = await newTenant(it, 'Two providers');
    await newSecret(it, (await newClient(it, tenant)).id);
    await newSecret(it, (await newInfisicalClient(it)).id, { description: 'deploy', expiresIn: 'P1D' });
    const { data, errors } = await it.ask(`{
      tenants { nodes { name provider { kind } clients { nodes { name secrets { nodes { status description } } } } } failures { code } }
    }`);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      tenants: {
        nodes: expect.arrayContaining([
          {
            name: 'Two providers',
            provider: { kind: 'LOCAL' },
            clients: {
              nodes: [{ name: 'billing', secrets: { nodes: [{ status: 'ACTIVE', description: null }] } }],
            },
          },
          {
            name: 'Acme',
            provider: { kind: 'INFISICAL' },
            clients: {
              nodes: expect.arrayContaining([
                { name: 'worker', secrets: { nodes: [{ status: 'ACTIVE', description: 'deploy' }] } },
              ]),
            },
          },
        ]),
        failures: [],
      },
    });
  });

  test('local: created, changed, disabled, enabled, verified, revealed, revoked, deleted', async () => {
    const tenant = await newTenant(it);
    const client = await newClient(it, tenant);
    const issued = await newSecret(it, client.id, { retrievable: true, maxUses: 3, expiresIn: 'P30D' });
    const { id } = issued.clientSecret;
    const verify = async () => {
      const input = { clientId: issued.clientId, value: issued.value };
      const { verifyClientSecret } = await it.query(VerifyClientSecretDocument, { input });
      return expectType(verifyClientSecret, 'VerifyClientSecretSuccess');
    };
    expect(issued.value).toMatch(/^kf_[0-9A-Za-z]{49}$/);
    expect(await verify()).toMatchObject({ valid: true, reason: null });

    await it.query(DisableClientSecretDocument, { input: { id } });
    expect(await verify()).toMatchObject({ valid: false, reason: 'DISABLED' });
    await it.query(EnableClientSecretDocument, { input: { id } });
    expect(await verify()).toMatchObject({ valid: true });

    const described = await it.query(UpdateClientSecretDocument, { input: { id, description: 'for ci' } });
    expect(described.updateClientSecret).toMatchObject({ clientSecret: { description: 'for ci' } });
    const revealed = await it.query(RevealClientSecretDocument, { input: { id, reason: 'lost it' } });
    expect(revealed.revealClientSecret).toMatchObject({ issued: { value: issued.value } });

    const revoked = await it.query(RevokeClientSecretDocument, { input: { id, reason: 'over' } });
    expect(revoked.revokeClientSecret).toMatchObject({
      clientSecret: { status: 'REVOKED' },
      effectiveBy: clock.now().toISOString(),
    });
    const twice = await it.query(RevokeClientSecretDocument, { input: { id } });
    expect(twice.revokeClientSecret).toMatchObject({ clientSecret: { status: 'REVOKED' } });
    expect(await verify()).toMatchObject({ valid: false, reason: 'REVOKED' });
    const gone = await it.query(RevealClientSecretDocument, { input: { id, reason: 'too late' } });
    expect(gone.revealClientSecret).toMatchObject({ __typename: 'ConflictError' });

    const renamed = await it.query(UpdateClientDocument, { input: { id: client.id, name: 'invoices' } });
    expect(renamed.updateClient).toMatchObject({ client: { name: 'invoices' } });
    await it.query(UpdateTenantDocument, { input: { id: tenant, enabled: false } });
    const refused = await it.query(DeleteTenantDocument, { input: { id: tenant } });
    expect(refused.deleteTenant).toMatchObject({ __typename: 'ConflictError' });
    const deleted = await it.query(DeleteClientDocument, { input: { id: client.id } });
    expect(deleted.deleteClient).toMatchObject({ deletedId: client.id });
    expect((await it.query(NodeDocument, { id: client.id })).node).toBeNull();
    expect((await it.query(DeleteTenantDocument, { input: { id: tenant } })).deleteTenant).toMatchObject({
      deletedId: tenant,
    });
  });

  test('infisical: created, listed, revoked; what it cannot do says what to do instead', async () => {
    const client = await newInfisicalClient(it, 'deployer');
    const issued = await newSecret(it, client.id, { description: 'ci', expiresIn: 'PT2H', maxUses: 5 });
    const { id } = issued.clientSecret;
    // What the vendor purges by itself, no write tells of.
    const read = async (maxStaleness: string | null = null) => {
      const [provider, tenant, of, externalId] = [1, 2, 3, 4].map((place) => partOf(id, place));
      const ids = {
        provider: provider ?? '',
        tenant: tenant ?? '',
        client: of ?? '',
        externalId: externalId ?? '',
        maxStaleness,
      };
      return (await it.query(ClientSecretDocument, ids)).clientSecret;
    };
    expect(await read()).toMatchObject({
      description: 'ci',
      status: 'ACTIVE',
      maxUses: 5,
      useCount: 0,
      hint: expect.stringContaining(issued.value.slice(0, 4)),
      availableOperations: ['ROTATE_CLIENT_SECRET', 'REVOKE_CLIENT_SECRET'],
      freshness: { source: 'LIVE' },
    });

    const calls = it.infisical.requests.length;
    for (const [document, input] of [
      [UpdateClientSecretDocument, { id, description: 'x' }],
      [DisableClientSecretDocument, { id }],
      [EnableClientSecretDocument, { id }],
      [RevealClientSecretDocument, { id, reason: 'x' }],
    ] as const) {
      const { data } = await it.ask<Record<string, object>>(document.toString(), { input });
      expect(Object.values(data ?? {})[0]).toMatchObject({
        __typename: 'UnsupportedError',
        code: 'UNSUPPORTED',
        hint: expect.stringMatching(/\w{3}/),
      });
    }
    expect(it.infisical.requests.length).toBe(calls);

    const revoked = await it.query(RevokeClientSecretDocument, { input: { id } });
    expect(revoked.revokeClientSecret).toMatchObject({ clientSecret: { status: 'REVOKED' } });
    const twice = await it.query(RevokeClientSecretDocument, { input: { id } });
    expect(twice.revokeClientSecret).toMatchObject({ clientSecret: { status: 'REVOKED' } });
    expect(await read()).toMatchObject({ status: 'REVOKED' });
    it.infisical.purge();
    expect(await read('PT0S')).toBeNull();
  });

  test('every write is in the trail, and the trail is whole', async () => {
    const { auditEvents } = await it.query(AuditEventsDocument, { first: 100 });
    const actions = new Set(auditEvents.nodes.map(({ action }) => action));
    for (const action of [
      'accessToken.create',
      'tenant.create',
      'tenant.update',
      'tenant.delete',
      'client.create',
      'client.update',
      'client.delete',
      'clientSecret.create',
      'clientSecret.update',
      'clientSecret.disable',
      'clientSecret.enable',
      'clientSecret.reveal',
      'clientSecret.revoke',
      'clientSecret.verify',
    ]) {
      expect(actions).toContain(action);
    }
    expect(await it.gateway.verifyAuditTrail(null)).toMatchObject({ faults: [] });
  });

  test('no issued value and no token is in the trail or in the log', async () => {
    const { value } = await newSecret(it, (await newClient(it, await newTenant(it))).id, {
      retrievable: true,
    });
    const infisical = await newSecret(it, (await newInfisicalClient(it, 'silent')).id);
    const { auditEvents } = await it.query(AuditEventsDocument, { last: 100 });
    const written = JSON.stringify([auditEvents, it.log]);
    for (const secret of [value, infisical.value, it.token, it.infisical.gateway.clientSecret]) {
      expect(written).not.toContain(secret);
    }
  });

  test('tenants are paged forward and backward over both providers', async () => {
    const all = await page({ first: 100 });
    const walked: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const next: Awaited<ReturnType<typeof page>> = await page({ first: 1, after });
      walked.push(...next.ids);
      more = next.pageInfo.hasNextPage;
      after = next.pageInfo.endCursor ?? null;
    }
    expect(walked).toEqual(all.ids);
    expect((await page({ last: 2 })).ids).toEqual(all.ids.slice(-2));
  });

  const page = async (variables: { first?: number; after?: string | null; last?: number }) => {
    const { tenants } = await it.query(TenantsDocument, variables);
    return { pageInfo: tenants.pageInfo, ids: tenants.edges.map(({ node }) => node.id) };
  };
});

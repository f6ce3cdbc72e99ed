import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/duration.ts';
import { infisical } from '../../src/providers/infisical/provider.ts';
import { createAvevaSimulator, type AvevaSimulator } from '../../src/providers/aveva/simulator.ts';
import { TEST_DATABASES } from '../database.ts';
import {
  DeleteClientDocument,
  DriftDocument,
  RevokeClientSecretDocument,
  RotateClientSecretDocument,
  UpdateClientDocument,
  UpdateClientSecretDocument,
  WhatExpiresDocument,
  WhatWasValidDocument,
  type ClientSecretFilter,
} from '../generated/graphql.ts';
import { infisicalEntry, startTestGateway, type TestGateway } from '../gateway.ts';
import { NEW_SECRET } from '../conformance/answers.ts';
import { testClock } from '../test-clock.ts';
import { behindOurBack, CALL } from './behind.ts';
import {
  expectType,
  newClient,
  newInfisicalClient,
  newSecret,
  newTenant,
  newToken,
  partOf,
} from './world.ts';

describe.each(TEST_DATABASES)('the inventory, on %s', (database) => {
  const clock = testClock();
  let it: TestGateway;
  let aveva: AvevaSimulator;
  beforeAll(async () => {
    aveva = await createAvevaSimulator({ dialect: 'v1', clock, tenants: ['Acme'] });
    const tenants = aveva.tenants.map(({ id, gateway }) => ({ id, ...gateway }));
    const providers = { aveva: { kind: 'aveva', url: aveva.origin, dialect: 'v1', tenants } };
    it = await startTestGateway({ database, clock, providers });
    await it.gateway.doBackgroundWork(new AbortController().signal);
  });
  afterAll(async () => {
    await it.close();
    await aveva.close();
  });

  const work = () => it.gateway.doBackgroundWork(new AbortController().signal);
  const sweep = async () => {
    clock.pass(20 * MINUTE);
    await work();
  };
  const sweepAndJudge = async () => {
    await sweep();
    clock.pass(3 * MINUTE);
    await work();
  };
  const secrets = async (filter: ClientSecretFilter = {}) => {
    const { clientSecrets } = await it.query(WhatExpiresDocument, { filter, first: 100 });
    return clientSecrets;
  };
  const drift = async (client: string) => {
    const { driftEvents } = await it.query(DriftDocument, { filter: { client } });
    return driftEvents.nodes.toReversed();
  };
  /** The same Infisical, past the gateway. */
  const behind = () => behindOurBack(infisical, infisicalEntry(it.infisical), 'infisical', clock);

  test('a write through the gateway is there before it is answered, and is no drift', async () => {
    const client = (await newClient(it, await newTenant(it))).id;
    const { clientSecret } = await newSecret(it, client, { expiresIn: 'P30D' });
    const seen = async () =>
      (await secrets({ client })).nodes.map(({ id, status, expiresAt }) => ({ id, status, expiresAt }));
    const expiresAt = new Date(clock.now().getTime() + 30 * DAY).toISOString();
    expect(await seen()).toEqual([{ id: clientSecret.id, status: 'ACTIVE', expiresAt }]);
    clock.pass(1000);
    await it.query(UpdateClientSecretDocument, { input: { id: clientSecret.id, expiresAt: null } });
    expect(await seen()).toEqual([{ id: clientSecret.id, status: 'ACTIVE', expiresAt: null }]);
    clock.pass(1000);
    const rotated = await it.query(RotateClientSecretDocument, {
      input: { id: clientSecret.id, overlap: 'PT0S' },
    });
    const { issued } = expectType(rotated.rotateClientSecret, 'RotateClientSecretSuccess');
    const statuses = new Map((await secrets({ client })).nodes.map(({ id, status }) => [id, status]));
    expect([statuses.get(clientSecret.id), statuses.get(issued.clientSecret.id)]).toEqual([
      'REVOKED',
      'ACTIVE',
    ]);
    clock.pass(1000);
    await it.query(UpdateClientDocument, { input: { id: client, name: 'invoices' } });
    expect((await secrets({ search: 'invoices' })).nodes.length).toBe(2);
    clock.pass(1000);
    await it.query(RevokeClientSecretDocument, { input: { id: issued.clientSecret.id } });
    clock.pass(1000);
    await it.query(DeleteClientDocument, { input: { id: client } });
    expect(await seen()).toEqual([]);
    await sweepAndJudge();
    expect(await drift(client)).toEqual([]);
  });

  test('what somebody does at the vendor is drift, once, with before and after', async () => {
    const { id: client } = await newInfisicalClient(it);
    const ids = { provider: 'infisical', tenant: partOf(client, 2), client: partOf(client, 3) };
    const made = await behind().createSecret?.(ids, { ...NEW_SECRET, description: 'by hand' }, CALL);
    const secret = it.infisical.seedSecret(ids.client, { description: 'by the console' });
    await sweepAndJudge();
    const added = await drift(client);
    // Both were first seen by the same look, so that neither is before the other.
    expect(new Set(added.map(({ kind, before, after }) => ({ kind, before, after })))).toEqual(
      new Set([
        { kind: 'ADDED', before: null, after: { status: 'ACTIVE', description: 'by hand' } },
        { kind: 'ADDED', before: null, after: { status: 'ACTIVE', description: 'by the console' } },
      ]),
    );
    await behind().revokeSecret?.({ ...ids, secret: secret.id }, CALL);
    await behind().revokeSecret?.(made?.secret.id ?? { ...ids, secret: '' }, CALL);
    await sweepAndJudge();
    await sweepAndJudge();
    const all = await drift(client);
    expect(all.map(({ kind }) => kind)).toEqual(['ADDED', 'ADDED', 'CHANGED', 'CHANGED']);
    expect(all[2]).toMatchObject({ before: { status: 'ACTIVE' }, after: { status: 'REVOKED' } });
    expect(new Date(String(all[2]?.firstSeenAt)) <= clock.now()).toBe(true);
  });

  test('what the vendor purges is told by asOf all the same, and is no drift', async () => {
    const { id: client } = await newInfisicalClient(it, 'purged');
    const { clientSecret } = await newSecret(it, client, { expiresIn: 'P1D' });
    await sweep();
    const then = clock.now().toISOString();
    clock.pass(2 * DAY);
    it.infisical.purge();
    await sweepAndJudge();
    expect((await secrets({ client })).nodes).toEqual([]);
    const { clientSecrets } = await it.query(WhatWasValidDocument, { asOf: then, first: 100 });
    expect(clientSecrets.nodes).toContainEqual(
      expect.objectContaining({ id: clientSecret.id, status: 'ACTIVE', client: { name: 'purged' } }),
    );
    expect(await drift(client)).toEqual([]);
  });

  test('a dead vendor: the others answer, and of it what was last seen, with since when', async () => {
    const client = aveva.seedClient({ Name: 'left alone' });
    const { id } = aveva.seedSecret(client, { expiration: new Date(clock.now().getTime() + 7 * DAY) });
    await sweep();
    const [lastSeen, failing] = [
      clock.now(),
      (request: { path: string }) => !request.path.includes('/token'),
    ];
    aveva.inject({ match: failing, times: 1000, kind: { status: 503 } });
    clock.pass(20 * MINUTE);
    const downAt = clock.now();
    await work();
    await sweep();
    const { nodes, failures } = await secrets({ expiresWithin: 'P14D' });
    expect(nodes).toContainEqual(
      expect.objectContaining({
        id: Buffer.from(
          JSON.stringify(['ClientSecret', 'aveva', aveva.tenants[0].id, `cc:${client}`, id]),
        ).toString('base64url'),
        client: expect.objectContaining({ name: 'left alone' }),
        freshness: { source: 'INVENTORY', asOf: lastSeen.toISOString() },
      }),
    );
    expect(failures).toEqual([
      {
        provider: { name: 'aveva' },
        code: 'PROVIDER_UNAVAILABLE',
        message: expect.any(String),
        since: downAt.toISOString(),
      },
    ]);
    expect((await secrets({ providers: ['infisical', 'local'] })).failures).toEqual([]);
  });

  test('who reads one tenant sees that one, and is told of no other', async () => {
    const [mine, other] = [await newTenant(it, 'Mine'), await newTenant(it, 'Other')];
    const own = await newSecret(it, (await newClient(it, mine)).id);
    await newSecret(it, (await newClient(it, other)).id);
    await newInfisicalClient(it);
    const token = await newToken(it, { role: 'READER', provider: 'local', tenant: partOf(mine, 2) });
    const { clientSecrets } = await it.query(WhatExpiresDocument, { filter: {} }, token);
    expect(clientSecrets.nodes.map(({ id }) => id)).toEqual([own.clientSecret.id]);
    expect([clientSecrets.totalCount, clientSecrets.failures]).toEqual([1, []]);
    const { driftEvents } = await it.query(DriftDocument, {}, token);
    expect(driftEvents).toMatchObject({ nodes: [], totalCount: 0 });
    const [drifted] = (await it.query(DriftDocument, {})).driftEvents.nodes;
    const hidden = await it.ask(`{ node(id: "${drifted?.id}") { id } }`, {}, token);
    const shown = await it.ask(`{ node(id: "${drifted?.id}") { id ... on DriftEvent { kind } } }`);
    expect([hidden.data, shown.data]).toEqual([
      { node: null },
      { node: { id: drifted?.id, kind: drifted?.kind } },
    ]);
    const { errors } = await it.ask(
      '{ clientSecrets(filter: { providers: ["aveva"] }) { totalCount } }',
      {},
      token,
    );
    expect(errors).toMatchObject([
      {
        extensions: {
          fields: [{ path: ['filter', 'providers', '0'] }],
          hint: expect.stringMatching(/: local\.$/),
        },
      },
    ]);
  });

  test('a page costs one statement, its total one, its failures one, and each level below it one', async () => {
    const tenant = await newTenant(it);
    for (let i = 0; i < 3; i += 1) await newSecret(it, (await newClient(it, tenant)).id);
    const asked = it.infisical.requests.length;
    const statements = async (selection: string) => {
      it.statements.length = 0;
      const { errors } = await it.ask(`{ clientSecrets(first: 50) { ${selection} } }`);
      expect(errors).toEqual([]);
      // One of them finds who asks.
      return it.statements.length - 1;
    };
    expect(await statements('nodes { id }')).toBe(1);
    expect(await statements('nodes { id } totalCount')).toBe(2);
    expect(await statements('nodes { id } failures { message }')).toBe(2);
    expect(await statements('nodes { client { name } tenant { name } }')).toBe(3);
    expect(await statements('nodes { client { name tenant { name } } rotation { state } }')).toBe(4);
    expect(it.infisical.requests.length).toBe(asked);
  });

  test.each([
    ['{ clientSecrets(filter: { expiresWithin: "P1Y" }) { totalCount } }', ['filter', 'expiresWithin']],
    ['{ clientSecrets(filter: { unusedFor: "P99999999D" }) { totalCount } }', ['filter', 'unusedFor']],
    ['{ clientSecrets(filter: { search: "" }) { totalCount } }', ['filter', 'search']],
    ['{ clientSecrets(filter: { providers: ["nowhere"] }) { totalCount } }', ['filter', 'providers', '0']],
    ['{ clientSecrets(filter: { tenant: "x" }) { totalCount } }', ['filter', 'tenant']],
    ['{ clientSecrets(asOf: "9000-01-01T00:00:00Z") { totalCount } }', ['asOf']],
    ['{ clients(filter: { search: " " }) { totalCount } }', ['filter', 'search']],
    ['{ clients(filter: { providers: ["nowhere"] }) { totalCount } }', ['filter', 'providers', '0']],
    ['{ driftEvents(filter: { providers: ["nowhere"] }) { totalCount } }', ['filter', 'providers', '0']],
    ['{ driftEvents(filter: { client: "x" }) { totalCount } }', ['filter', 'client']],
    ['{ clientSecrets(after: "x") { totalCount } }', ['after']],
  ])('bad input names its field: %s', async (document, path) => {
    const { errors } = await it.ask(document);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', fields: [{ path }] } }]);
  });
});

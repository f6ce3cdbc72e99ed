import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/duration.ts';
import { encodeGlobalId, type ClientId, type ClientSecretId, type TenantId } from '../../src/domain/ids.ts';
import type { Provider } from '../../src/provider-kit/provider.ts';
import { NEW_SECRET } from '../conformance/answers.ts';
import { NAME, type Seeds, type Setting } from '../conformance/harness.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { DriftDocument } from '../generated/graphql.ts';
import { testClock } from '../test-clock.ts';
import { ARENAS } from './arenas.ts';
import { behindOurBack, CALL } from './behind.ts';

const FOUND = `query ($providers: [String!]!) {
  clientSecrets(filter: { providers: $providers }, first: 100) {
    nodes { id status client { id } tenant { id name } freshness { source } }
    totalCount
    failures { provider { name } message }
  }
  clients(filter: { providers: $providers }, first: 100) {
    nodes { id tenant { id } freshness { source } }
    failures { message }
  }
}`;

interface Found {
  readonly clientSecrets: { readonly nodes: readonly { readonly id: string }[]; readonly failures: object[] };
  readonly clients: { readonly nodes: readonly { readonly id: string }[] };
}

describe.each(ARENAS)('the inventory of $name', ({ definition, start }) => {
  const clock = testClock();
  let setting: Setting<undefined>;
  let it: TestGateway;
  let seeds: Seeds;
  let behind: Provider;
  let tenant: TenantId;
  let client: ClientId;
  let secret: { readonly id: ClientSecretId };
  beforeAll(async () => {
    setting = await start(clock);
    const providers = { [NAME]: Object.assign({}, setting.options) };
    it = await startTestGateway({ database: 'pglite', clock, providers });
    behind = behindOurBack(definition, setting.options, NAME, clock);
    seeds = setting.seeds(behind, CALL);
    tenant = await seeds.tenant();
    client = await seeds.client(tenant);
    secret = await seeds.secret(client);
  });
  afterAll(async () => {
    await it.close();
    await setting.close();
  });

  const work = () => it.gateway.doBackgroundWork(new AbortController().signal);
  /** The next sweep comes, and then the time at which what it showed is judged. */
  const sweepAndJudge = async () => {
    clock.pass(20 * MINUTE);
    await work();
    clock.pass(3 * MINUTE);
    await work();
  };
  const found = async () => {
    const { data, errors } = await it.ask<Found>(FOUND, { providers: [NAME] });
    expect(errors).toEqual([]);
    return data;
  };
  const drift = async () => {
    const { driftEvents } = await it.query(DriftDocument, { filter: { providers: [NAME] } });
    return driftEvents.nodes;
  };

  test('before the first sweep it is said that something may be missing', async () => {
    expect((await found())?.clientSecrets).toEqual({
      nodes: [],
      totalCount: 0,
      failures: [
        { provider: { name: NAME }, message: expect.stringContaining('not been looked through yet') },
      ],
    });
  });

  test('a sweep finds what the vendor holds, and no question asks the vendor again', async () => {
    for (let more = 0; more < 8; more += 1) await seeds.secret(await seeds.client(tenant));
    await work();
    expect(setting.simulator?.maxConcurrent).toBeLessThanOrEqual(2);
    const asked = setting.traffic();
    const data = await found();
    expect(setting.traffic()).toBe(asked);
    const ids = { id: encodeGlobalId('Client', client) };
    const of = { id: encodeGlobalId('Tenant', tenant) };
    expect(data?.clients.nodes).toContainEqual({ ...ids, tenant: of, freshness: { source: 'INVENTORY' } });
    expect(data?.clientSecrets.nodes).toContainEqual({
      id: encodeGlobalId('ClientSecret', secret.id),
      status: 'ACTIVE',
      client: ids,
      tenant: { ...of, name: expect.any(String) },
      freshness: { source: 'INVENTORY' },
    });
    expect(data?.clientSecrets.failures).toEqual([]);
  });

  test('what was there when it first looked is no drift, and time alone makes none', async () => {
    await sweepAndJudge();
    expect(await drift()).toEqual([]);
  });

  test('what is changed behind its back is drift, each thing once', async () => {
    const kinds: string[] = [];
    const { createSecret, updateSecret, revokeSecret } = behind;
    const made = createSecret
      ? (await createSecret(client, { ...NEW_SECRET, description: null, expiresAt: end(30) }, CALL)).secret.id
      : (await seeds.secret(await seeds.client(tenant))).id;
    kinds.push('ADDED');
    await sweepAndJudge();
    const added = (await drift()).filter(({ clientSecret }) => clientSecret !== null);
    expect(added).toMatchObject([
      {
        kind: 'ADDED',
        before: null,
        clientSecret: { id: encodeGlobalId('ClientSecret', made), status: 'ACTIVE' },
      },
    ]);
    const moved = { kind: 'EXPIRY_MOVED', before: { expiresAt: iso(30) }, after: { expiresAt: iso(60) } };
    if (updateSecret) {
      await updateSecret(made, { expiresAt: end(60) }, CALL);
      await sweepAndJudge();
      kinds.push('EXPIRY_MOVED');
    }
    expect((await drift())[0]).toMatchObject(updateSecret ? moved : { kind: 'ADDED' });
    if (revokeSecret && createSecret) {
      await revokeSecret(made, CALL);
      await sweepAndJudge();
      kinds.push(
        (await found())?.clientSecrets.nodes.some(({ id }) => id === encodeGlobalId('ClientSecret', made))
          ? 'CHANGED'
          : 'REMOVED',
      );
    }
    await sweepAndJudge();
    const all = (await drift()).filter(
      ({ clientSecret }) => clientSecret?.id === encodeGlobalId('ClientSecret', made),
    );
    expect(all.map(({ kind }) => kind).toReversed()).toEqual(kinds);
  });

  /** So many days after the test began, in whole seconds, as every vendor keeps them. */
  const start0 = clock.now().getTime();
  const iso = (days: number) => end(days).toISOString();
  const end = (days: number) => new Date(start0 + days * DAY);
});

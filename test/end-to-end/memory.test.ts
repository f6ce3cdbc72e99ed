import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SECOND } from '../../src/domain/duration.ts';
import { TEST_DATABASES } from '../database.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { testClock } from '../test-clock.ts';
import { infisicalTenant, newInfisicalClient, newSecret, newToken } from './world.ts';

const NESTED = `query Nested($tenant: ID!, $age: Duration) {
  node(id: $tenant, maxStaleness: $age) {
    ... on Tenant {
      freshness { source }
      clients(first: 50) {
        nodes { freshness { source } secrets(first: 5) { nodes { freshness { source asOf } tenant { name } } } }
      }
    }
  }
}`;
const CLIENTS = 10;
/** The organisation, its identities; of each, and of the gateway's own, the client id and the secrets. */
const COST = 2 + 2 * (CLIENTS + 1);

/** Every source that the answer names. */
function sourcesIn(value: unknown): readonly string[] {
  return [
    ...new Set([...JSON.stringify(value).matchAll(/"source":"(\w+)"/g)].map(([, source]) => source ?? '')),
  ];
}

describe.each(TEST_DATABASES)('how often vendors are asked, on %s', (database) => {
  const clock = testClock();
  let it: TestGateway;
  beforeAll(async () => {
    it = await startTestGateway({ database, clock });
    for (let i = 0; i < CLIENTS; i += 1) {
      const identity = it.infisical.seedIdentity({ name: `machine ${i}` });
      it.infisical.seedUniversalAuth(identity);
      it.infisical.seedSecret(identity);
    }
    await ask();
  });
  afterAll(() => it.close());

  const ask = async (age?: string, token = it.token) => {
    const { data, errors } = await it.ask(NESTED, { tenant: infisicalTenant(it), age }, token);
    expect(errors).toEqual([]);
    return sourcesIn(data);
  };
  const costOf = async (work: () => Promise<unknown>) => {
    const before = it.infisical.requests.length;
    await work();
    return it.infisical.requests.slice(before).filter(({ path }) => !path.includes('login')).length;
  };
  const manyAt = (callers: number, age?: string) =>
    costOf(() => Promise.all(Array.from({ length: callers }, () => ask(age))));

  test('32 who ask the same at once cost what one does, and none a while after', async () => {
    clock.pass(2 * SECOND);
    expect(await manyAt(32)).toBe(COST);
    clock.pass(2 * SECOND - 1);
    expect(await costOf(async () => expect(await ask()).toEqual(['CACHE']))).toBe(0);
    clock.pass(1);
    expect(await costOf(async () => expect(await ask()).toEqual(['LIVE']))).toBe(COST);
  });

  test('each who wants it live costs what he costs alone', async () => {
    expect(await costOf(async () => expect(await ask('PT0S')).toEqual(['LIVE']))).toBe(COST);
    expect(await manyAt(4, 'PT0S')).toBe(4 * COST);
  });

  test('who takes what is older costs nothing for as long', async () => {
    await ask('PT0S');
    clock.pass(59 * SECOND);
    expect(await costOf(async () => expect(await ask('PT1M')).toEqual(['CACHE']))).toBe(0);
  });

  test('a write of ours has all of its tenant asked for anew, once', async () => {
    await ask('PT0S');
    const client = await newInfisicalClient(it);
    await ask();
    const issued = await newSecret(it, client.id);
    expect(await costOf(ask)).toBe(COST + 2);
    expect(await costOf(ask)).toBe(0);
    expect(JSON.stringify(await it.ask(NESTED, { tenant: infisicalTenant(it) }))).not.toContain(issued.value);
  });

  test('another viewer shares it as far as he may read, and no further', async () => {
    await ask();
    const reader = await newToken(it, { role: 'READER', provider: 'infisical' });
    expect(await costOf(async () => expect(await ask(undefined, reader)).toEqual(['CACHE']))).toBe(0);
    const stranger = await newToken(it, { role: 'READER', provider: 'local' });
    const { data } = await it.ask(NESTED, { tenant: infisicalTenant(it) }, stranger);
    expect(data).toEqual({ node: null });
  });

  test('what the gateway itself keeps is never remembered', async () => {
    const document = '{ provider(name: "local") { tenants { nodes { name freshness { source } } } } }';
    await it.ask('mutation { createTenant(input: { provider: "local", name: "Acme" }) { __typename } }');
    for (let i = 0; i < 2; i += 1) expect(sourcesIn((await it.ask(document)).data)).toEqual(['LIVE']);
  });
});

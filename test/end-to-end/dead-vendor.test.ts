import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { FaultKind } from '../../src/provider-kit/simulator-fault.ts';
import {
  createInfisicalSimulator,
  type InfisicalSimulator,
} from '../../src/providers/infisical/simulator.ts';
import { infisicalEntry, startTestGateway, type TestGateway } from '../gateway.ts';

const EVERYTHING = `{
  tenants {
    nodes { provider { name } clients { nodes { name secrets { nodes { id } } } } identities { nodes { name } } }
    failures { provider { name } code message retryable }
  }
}`;
const HEALTH = `{
  providers { name health { status message breaker lastError lastErrorMessage lastErrorAt latencyMs } }
}`;
/** Every vendor that is well has one client with one secret. */
const WELL = ['fine', 'infisical'];
const clock = { now: () => new Date() };
/** A gateway is started in each test. */
const START = { timeout: 60_000 };

let it: TestGateway;
let fine: InfisicalSimulator;
let dead: InfisicalSimulator;

beforeEach(async () => {
  fine = await createInfisicalSimulator({ generation: 'current', clock });
  dead = await createInfisicalSimulator({ generation: 'current', clock });
});
afterEach(async () => {
  await it.close();
  await Promise.all([fine.close(), dead.close()]);
});

async function open(readDeadline: string, requestDeadline?: string, url = dead.origin): Promise<void> {
  it = await startTestGateway({
    database: 'pglite',
    ...(requestDeadline !== undefined && { requestDeadline }),
    providers: {
      fine: { ...infisicalEntry(fine), readDeadline: 'PT10S' },
      dead: { ...infisicalEntry(dead), url, readDeadline, memory: 'PT0S' },
    },
  });
  for (const vendor of [fine, dead, it.infisical]) {
    const identity = vendor.seedIdentity({ name: 'worker' });
    vendor.seedUniversalAuth(identity);
    vendor.seedSecret(identity);
  }
}

interface Everything {
  readonly tenants: {
    readonly nodes: readonly {
      readonly provider: { readonly name: string };
      readonly clients: {
        readonly nodes: readonly { name: string; secrets: { nodes: readonly object[] } }[];
      } | null;
    }[];
    readonly failures: readonly object[];
  };
}
const ask = async () => {
  const { data, errors } = await it.ask<Everything>(EVERYTHING);
  const nodes = data?.tenants.nodes ?? [];
  return { nodes, failures: data?.tenants.failures ?? [], errors };
};
const healthOf = async (name: string) => {
  const { data } = await it.ask<{ providers: { name: string; health: Record<string, unknown> }[] }>(HEALTH);
  return data?.providers.find((provider) => provider.name === name)?.health;
};
const kill = async (how: FaultKind | 'refuses') =>
  how === 'refuses' ? dead.close() : dead.inject({ kind: how, times: Infinity });

const WAYS: readonly (readonly [string, FaultKind | 'refuses', string])[] = [
  ['refuses connections', 'refuses', 'PROVIDER_UNAVAILABLE'],
  ['accepts and is silent', 'silence', 'PROVIDER_UNAVAILABLE'],
  ['answers 500', { status: 500, body: {} }, 'PROVIDER_UNAVAILABLE'],
  ['answers 429', { status: 429, body: {} }, 'RATE_LIMITED'],
];

describe.each(WAYS)('a vendor that %s', (_, how, code) => {
  test('is named in `failures`, and everything else is there', START, async () => {
    await open('PT0.5S');
    await kill(how);
    const { nodes, failures, errors } = await ask();
    expect(errors).toEqual([]);
    expect(failures).toMatchObject([{ provider: { name: 'dead' }, code, retryable: true }]);
    expect(nodes.map(({ provider }) => provider.name).sort()).toEqual(WELL);
    const workers = nodes.flatMap(
      ({ clients }) => clients?.nodes.filter(({ name }) => name === 'worker') ?? [],
    );
    expect(workers.map(({ secrets }) => secrets.nodes.length)).toEqual([1, 1]);
  });

  test(
    'below a tenant that was still found, is null with an error that names it and the place',
    START,
    async () => {
      await open('PT2S');
      const { nodes } = await ask();
      expect(nodes.map(({ provider }) => provider.name).sort()).toEqual(['dead', ...WELL]);
      const isNested = ({ path }: { path: string }) => !path.endsWith('/details') && !path.endsWith('/login');
      const fault: FaultKind = how === 'refuses' ? 'reset' : how;
      dead.inject({ match: isNested, kind: fault, times: Infinity });
      const then = await ask();
      const place = then.nodes.findIndex(({ provider }) => provider.name === 'dead');
      expect(then.failures).toEqual([]);
      expect(then.nodes[place]).toMatchObject({ clients: null, identities: null });
      const extensions = { code, provider: 'dead', retryable: true };
      expect(then.errors).toHaveLength(2);
      for (const field of ['clients', 'identities'])
        expect(then.errors).toContainEqual(
          expect.objectContaining({
            path: ['tenants', 'nodes', place, field],
            extensions: expect.objectContaining(extensions),
          }),
        );
      expect(then.nodes.filter(({ clients }) => clients !== null)).toHaveLength(WELL.length);
    },
  );
});

describe.each(WAYS.filter(([, , code]) => code !== 'RATE_LIMITED'))('a vendor that %s', (_, how) => {
  test(
    'is asked nothing more once its breaker is open; its health says so, and remembers it',
    START,
    async () => {
      await open('PT0.5S');
      await kill(how);
      await expect
        .poll(async () => (await ask()) && (await healthOf('dead'))?.['breaker'], {
          interval: 1,
          timeout: 15_000,
        })
        .toBe('OPEN');
      const before = dead.requests.length;
      const [first, second] = await Promise.all([ask(), ask()]);
      for (const { failures } of [first, second])
        expect(failures).toMatchObject([{ provider: { name: 'dead' }, code: 'PROVIDER_UNAVAILABLE' }]);
      expect(dead.requests.length).toBe(before);
      expect(await healthOf('dead')).toMatchObject({
        status: 'DOWN',
        breaker: 'OPEN',
        lastError: 'PROVIDER_UNAVAILABLE',
        lastErrorMessage: expect.any(String),
        lastErrorAt: expect.any(String),
      });
      expect(await healthOf('fine')).toMatchObject({
        status: 'UP',
        breaker: 'CLOSED',
        lastError: null,
        latencyMs: expect.any(Number),
      });
    },
  );
});

test(
  'a vendor to which no connection is ever made is given a rest, and its health says so',
  START,
  async () => {
    // TLS, against a server that accepts and says nothing.
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await open('PT0.5S', undefined, `https://127.0.0.1:${port}`);
    for (let i = 0; i < 5; i += 1) expect((await ask()).failures).toMatchObject([{ retryable: true }]);
    expect(await healthOf('dead')).toMatchObject({
      status: 'DOWN',
      breaker: 'OPEN',
      lastErrorMessage: 'The vendor did not answer in time.',
    });
  },
);

test('a hundred who ask how a vendor is cost one question, within its deadline', START, async () => {
  await open('PT0.5S');
  dead.inject({ kind: 'silence', times: Infinity });
  const answers = await Promise.all(Array.from({ length: 100 }, () => healthOf('dead')));
  expect(answers).toEqual(Array(100).fill(expect.objectContaining({ status: 'DOWN', breaker: 'CLOSED' })));
  expect(dead.requests).toHaveLength(1);
});

test('a request has its answer in its time, however long a read may take', START, async () => {
  await open('PT1M', 'PT1S');
  await it.ask('{ tenants { nodes { name } } }');
  dead.inject({ kind: 'silence', times: Infinity });
  const { data, errors } = await it.ask<{
    tenants: { nodes: object[]; failures: object[] };
    providers: object[];
  }>(
    '{ tenants { nodes { name } failures { provider { name } code message } } providers { health { status } } }',
  );
  expect(errors).toEqual([]);
  expect(data?.tenants.nodes).toHaveLength(WELL.length);
  expect(data?.tenants.failures).toEqual([
    {
      provider: { name: 'dead' },
      code: 'PROVIDER_UNAVAILABLE',
      message: 'The time that one request may take is over.',
    },
  ]);
});

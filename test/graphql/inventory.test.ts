import { expect, test } from 'vitest';
import { ProviderUnavailableError } from '../../src/domain/gateway-error.ts';
import { RotationsDocument } from '../generated/graphql.ts';
import { ask } from './ask.ts';
import { clientId, clientOf, memorySession } from './memory-session.ts';

const down = new ProviderUnavailableError('It does not answer.', {
  provider: 'local',
  applied: 'NO',
  retryAfterMs: null,
});

test('what hangs on a secret of the inventory comes from there too, one read for each level', async () => {
  const session = memorySession({ clients: 3 });
  const { data, errors } = await ask(
    '{ clientSecrets { nodes { tenant { name } client { name freshness { source } tenant { name } } } } }',
    {},
    session,
  );
  expect(errors).toEqual([]);
  expect(session.reads.toSorted()).toEqual(['seenClients 3', 'seenTenants 1']);
  expect(data).toMatchObject({
    clientSecrets: {
      nodes: expect.arrayContaining([expect.objectContaining({ tenant: { name: 'Tenant' } })]),
    },
  });
});

test('what the inventory does not have yet is asked of the vendor', async () => {
  const session = memorySession({ clients: 1, reads: { seenClients: async (ids) => ids.map(() => null) } });
  const { data, errors } = await ask(
    '{ clientSecrets { nodes { client { name freshness { source } } } } }',
    {},
    session,
  );
  expect([errors, data]).toMatchObject([
    [],
    { clientSecrets: { nodes: [{ client: { freshness: { source: 'LIVE' } } }, {}] } },
  ]);
});

test.each([
  ['does not answer', down],
  ['has the client no more', null],
])('a rotation whose vendor %s names the client as it was last seen', async (_, answer) => {
  const session = memorySession({ reads: { clients: async (ids) => ids.map(() => answer) } });
  const { data } = await ask(RotationsDocument, {}, session);
  expect(data?.rotations.nodes).toMatchObject([{ client: { name: clientOf(clientId(0)).name } }]);
});

test('one that was never seen either goes by its id, and no list is lost for it', async () => {
  const nothing = async (ids: readonly unknown[]) => ids.map(() => null);
  const reads = { clients: async (ids: readonly unknown[]) => ids.map(() => down), seenClients: nothing };
  const { data, errors } = await ask(RotationsDocument, {}, memorySession({ reads }));
  expect(errors).toEqual([]);
  expect(data?.rotations.nodes).toMatchObject([{ client: { name: clientId(0).client } }]);
});

test('failures are looked for only where they are asked for', async () => {
  let looked = 0;
  const page = { items: [], hasNext: false, hasPrevious: false, totalCount: 0 };
  const failures = async () => {
    looked += 1;
    const since = new Date('2026-11-21T12:00:00.000Z');
    return [
      { provider: 'local', code: 'RATE_LIMITED' as const, message: 'Too many.', retryable: true, since },
    ];
  };
  const session = memorySession({ reads: { listSeenClients: async () => ({ ...page, failures }) } });
  await ask('{ clients { totalCount } }', {}, session);
  expect(looked).toBe(0);
  const { data } = await ask('{ clients { failures { code message retryable since } } }', {}, session);
  expect(data).toEqual({
    clients: {
      failures: [
        {
          code: 'RATE_LIMITED',
          message: 'Too many.',
          retryable: true,
          since: '2026-11-21T12:00:00.000Z',
        },
      ],
    },
  });
});

test('ten lists out of the inventory fit into one document', async () => {
  const lists = Array.from(
    { length: 10 },
    (_, n) => `a${n}: clientSecrets(first: 100) { totalCount nodes { id client { name } } }`,
  );
  expect((await ask(`{ ${lists.join(' ')} }`)).errors).toEqual([]);
});

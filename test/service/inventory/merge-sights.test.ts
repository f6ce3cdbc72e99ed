import { expect, test } from 'vitest';
import type { Client } from '../../../src/domain/client.ts';
import { NOTHING, type Sight } from '../../../src/provider-kit/layers/witness.ts';
import { mergeSights } from '../../../src/service/inventory/merge-sights.ts';
import { clientId, clientOf } from '../../graphql/memory-session.ts';

const at = (ms: number) => new Date(Date.parse('2026-11-21T12:00:00.000Z') + ms);
const named = (n: number, name: string): Client => ({ ...clientOf(clientId(n)), name });
const sight = (ms: number, shown: Partial<Sight>): Sight => ({ ...NOTHING, ...shown, at: at(ms) });

test('of what was seen several times the last counts, as of the first of all', () => {
  const merged = mergeSights(
    [
      sight(20, { clients: [named(1, 'new')] }),
      sight(10, { clients: [named(1, 'old'), named(2, 'two')] }),
      sight(30, { goneClients: [clientId(2)], goneSecrets: [{ ...clientId(1), secret: 's' }] }),
    ],
    100,
  );
  expect(merged).toEqual([
    sight(20, {
      clients: [named(1, 'new')],
      goneClients: [clientId(2)],
      goneSecrets: [{ ...clientId(1), secret: 's' }],
    }),
  ]);
});

test('no sight has more nodes than it may', () => {
  const clients = Array.from({ length: 7 }, (_, n) => named(n, 'c'));
  const merged = mergeSights([sight(0, { clients })], 3);
  expect(merged.map((it) => it.clients.length)).toEqual([3, 3, 1]);
  expect(merged.flatMap((it) => it.clients)).toEqual(clients);
});

test('of nothing it makes nothing', () => {
  expect(mergeSights([], 3)).toEqual([]);
  expect(mergeSights([sight(0, {})], 3)).toEqual([]);
});

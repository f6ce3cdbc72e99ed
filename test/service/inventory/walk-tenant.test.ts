import { expect, test } from 'vitest';
import { pageOf } from '../../../src/domain/page.ts';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import {
  encodeSweepPlace,
  parseSweepPlace,
  START,
  SWEEP_START,
  type Place,
} from '../../../src/service/inventory/sweep-place.ts';
import { walkTenant } from '../../../src/service/inventory/walk-tenant.ts';
import { clientId, clientOf, secretId, secretOf, TENANT } from '../../graphql/memory-session.ts';
import { memoryProvider } from '../../provider-kit/memory-provider.ts';
import { callOf } from '../../provider-kit/test-upstream.ts';

/** So many clients, client n with `secrets(n)` secrets; `asked` has each request. */
function vendor(clients: number, secrets: (client: number) => number, failing: readonly number[] = []) {
  const all = Array.from({ length: clients }, (_, n) => n);
  const asked: string[] = [];
  const provider = memoryProvider({
    listClients: async (_, page) => {
      asked.push(`clients ${page.cursor}`);
      const listed = all.map((n) => clientOf(clientId(n)));
      return [pageOf(listed, ({ id }) => id.client, page)];
    },
    listSecrets: async (of, page) => {
      asked.push(`secrets of ${of.length} ${page.cursor}`);
      return of.map((id) => {
        const n = Number(id.client.slice(1));
        if (failing.includes(n)) return new ProviderError('forbidden', 'Not these.');
        const own = Array.from({ length: secrets(n) }, (_, i) => secretOf(secretId(id, i)));
        return pageOf(own, (secret) => secret.id.secret, page);
      });
    },
  });
  return { provider, asked };
}

/** From this place to the end. With `restarts`, each step by a process of its own. */
async function walk(
  { provider }: ReturnType<typeof vendor>,
  { size = 20, restarts = false }: { readonly size?: number; readonly restarts?: boolean } = {},
) {
  let step = walkTenant(provider, TENANT);
  const seen: string[] = [];
  const failures: ProviderError[] = [];
  let steps = 0;
  for (let place: Place | null = START; place !== null; steps += 1) {
    const piece = await step(place, size, callOf());
    seen.push(...piece.clients.map(({ id }) => id.client));
    seen.push(...piece.secrets.map(({ id }) => `${id.client}/${id.secret}`));
    failures.push(...piece.failures);
    place = parseSweepPlace(encodeSweepPlace({ ...SWEEP_START, walk: piece.next })).walk;
    if (restarts) step = walkTenant(provider, TENANT);
  }
  return { seen, steps, failures };
}

const everything = (clients: number, secrets: (client: number) => number) =>
  Array.from({ length: clients }, (_, n) => n).flatMap((n) => {
    const { client } = clientId(n);
    const own = Array.from({ length: secrets(n) }, (_, i) => `${client}/${secretId(clientId(n), i).secret}`);
    return [client].concat(own);
  });

test.each([false, true])('every client and every secret comes once, restarts: %s', async (restarts) => {
  const secrets = (client: number) => (client % 7 === 0 ? 0 : client === 130 || client === 3 ? 250 : 2);
  const at = vendor(131, secrets);
  const { seen } = await walk(at, { restarts });
  // A page of clients is listed again by who goes on in the middle of it.
  const once = restarts ? [...new Set(seen)] : seen;
  expect(once.toSorted()).toEqual(everything(131, secrets).toSorted());
  expect(seen.filter((id) => id.includes('/')).length).toBe(once.filter((id) => id.includes('/')).length);
});

test('a hundred clients cost one list, and one of their secrets for each twenty', async () => {
  const at = vendor(100, () => 2);
  expect((await walk(at)).steps).toBe(5);
  expect(at.asked).toEqual(['clients null', ...Array<string>(5).fill('secrets of 20 null')]);
});

test('what goes on behind the first page is followed before the next clients', async () => {
  const at = vendor(3, (client) => (client === 1 ? 201 : 1));
  await walk(at, { size: 2 });
  expect(at.asked).toEqual([
    'clients null',
    'secrets of 2 null',
    'secrets of 1 s099',
    'secrets of 1 s199',
    'secrets of 1 null',
  ]);
});

test('an empty tenant is walked through in one step', async () => {
  const at = vendor(0, () => 0);
  expect(await walk(at)).toEqual({ seen: [], steps: 1, failures: [] });
  expect(at.asked).toEqual(['clients null']);
});

test('clients whose secrets cannot be listed are named, and keep no other back', async () => {
  const at = vendor(3, () => 1, [1]);
  const { seen, failures } = await walk(at);
  expect(seen.toSorted()).toEqual(['c000', 'c000/s000', 'c001', 'c002', 'c002/s000']);
  expect(failures).toMatchObject([{ code: 'forbidden' }]);
});

test('clients that cannot be listed end the step with what the vendor says', async () => {
  const error = new ProviderError('unavailable', 'It is down.');
  const provider = memoryProvider({ listClients: async () => [error] });
  await expect(walkTenant(provider, TENANT)(START, 20, callOf())).rejects.toBe(error);
});

test.each([null, '', '{', '{"walk":1}', '[]'])('from no place that can be read it starts: %s', (text) => {
  expect(parseSweepPlace(text)).toEqual(SWEEP_START);
});

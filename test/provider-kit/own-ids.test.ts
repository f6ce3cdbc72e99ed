import { expect, it } from 'vitest';
import { EMPTY_PAGE } from '../../src/domain/page.ts';
import { ownIds } from '../../src/provider-kit/own-ids.ts';
import { CLIENT, memoryProvider, SECRET, TENANT } from './memory-provider.ts';
import { callOf, failureOf } from './test-upstream.ts';

const PAGE = { limit: 1, direction: 'forward', cursor: null, withTotal: false, status: null } as const;
const ELSEWHERE = { provider: 'memory', tenant: 'elsewhere' };
const { id } = CLIENT;
const odd = { ...id, client: '..' };

/** A vendor with one tenant, whose other ids are of one letter. */
function open() {
  const asked: unknown[] = [];
  const note = (...what: unknown[]) => void asked.push(what);
  const provider = memoryProvider({
    async getClients(ids) {
      note(ids);
      return ids.map((id) => ({ ...CLIENT, id }));
    },
    async listSecrets(of) {
      note(of);
      return of.map(() => ({ ...EMPTY_PAGE, items: [{ node: SECRET, cursor: 's' }] }));
    },
    async listTenants() {
      note('listTenants');
      return EMPTY_PAGE;
    },
    async deleteClient(id) {
      note(id);
    },
    async createClient(of, { identity }) {
      note(of, identity);
      return { client: CLIENT, issued: null };
    },
  });
  const canBe = (part: string, text: string) => (part === 'tenant' ? text === 't' : /^[a-z]$/.test(text));
  return { provider: ownIds(provider, canBe), asked };
}

it('a read asks for what can be there alone, and answers in key order', async () => {
  const { provider, asked } = open();
  const other = { ...id, client: 'd' };
  const answers = await provider.getClients([odd, id, { ...id, ...ELSEWHERE }, other, odd, id], callOf());
  const [first, second] = [
    { ...CLIENT, id },
    { ...CLIENT, id: other },
  ];
  expect(answers).toEqual([null, first, null, second, null, first]);
  expect(asked).toEqual([[[id, other, id]]]);
});

it('a parent that cannot be there has an empty page', async () => {
  const { provider, asked } = open();
  expect(await provider.listSecrets([odd, id], PAGE, callOf())).toMatchObject([
    { items: [], totalCount: 0 },
    { items: [{ node: SECRET }] },
  ]);
  expect(asked).toEqual([[[id]]]);
});

it('a write of what cannot be there, or on an identity that cannot, is not found', async () => {
  const { provider, asked } = open();
  const given = { name: 'a', description: null, kind: null, redirectUris: null, attributes: null };
  const identity = { ...TENANT.id, identity: 'too long' };
  const failures = await Promise.all([
    failureOf(provider.deleteClient!(odd, callOf())),
    failureOf(provider.createClient!(ELSEWHERE, { ...given, identity: null }, callOf())),
    failureOf(provider.createClient!(TENANT.id, { ...given, identity }, callOf())),
  ]);
  expect(failures.map(({ code, applied }) => [code, applied])).toEqual(
    failures.map(() => ['not_found', 'no']),
  );
  expect(asked).toEqual([]);
});

it('all else comes through, and absent methods stay absent', async () => {
  const { provider, asked } = open();
  const given = { name: 'a long name', description: null, kind: null, redirectUris: null, attributes: null };
  await provider.listTenants(PAGE, callOf());
  await provider.deleteClient?.(id, callOf());
  await provider.createClient?.(TENANT.id, { ...given, identity: null }, callOf());
  expect(asked).toEqual([['listTenants'], [id], [TENANT.id, null]]);
  expect(provider.createSecret).toBeUndefined();
});

it('a provider that answers too little is left to who checks that', async () => {
  const provider = ownIds(memoryProvider({ getClients: async () => [] }), () => true);
  expect(await provider.getClients([id], callOf())).toEqual([]);
});

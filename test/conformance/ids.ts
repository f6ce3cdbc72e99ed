import { describe, expect, it } from 'vitest';
import { failureOf, FIRST_PAGE, newSecretOf, one, REPLACEMENTS } from './answers.ts';
import { NOUNS, openCollection } from './collection.ts';
import type { Stage, Subject } from './harness.ts';

const STRANGE = [
  '.',
  '..',
  '../..',
  'a/b',
  '/',
  'a?b=c',
  'a#b',
  'a%b',
  '%2e%2e',
  '%2F',
  '%00',
  '中',
  '\ud800',
  ' ',
  "'; drop table local_tenants; --",
  'x'.repeat(3000),
];

export function describeIds({ open, replacementBy }: Subject): void {
  describe('a strange id', () => {
    describe.each(NOUNS)('among the %s', (noun) => {
      it('is nobody’s, and climbs no path', async () => {
        const stage = await open();
        const { missing, get } = await openCollection(noun, stage);
        for (const strange of STRANGE) {
          const found = await Promise.all(within(missing, strange).map((id) => one(get([id]))));
          expect([strange, ...new Set(found)]).toEqual([strange, null]);
        }
        expect(climbing(stage)).toEqual([]);
      });
    });

    it('is the parent of nothing', async () => {
      const stage = await open();
      const { provider, seeds, call } = stage;
      const client = await seeds.client(await seeds.tenant());
      for (const strange of STRANGE) {
        const tenant = { provider: client.provider, tenant: strange };
        const identity = { ...client, identity: strange };
        const pages = [
          one(provider.listIdentities([tenant], FIRST_PAGE, call)),
          one(provider.listClients([tenant], FIRST_PAGE, call)),
          one(provider.listClients([identity], FIRST_PAGE, call)),
          ...within(client, strange).map((id) => one(provider.listSecrets([id], FIRST_PAGE, call))),
        ];
        const items = (await Promise.all(pages)).flatMap((page): readonly unknown[] => page.items);
        expect([strange, ...items]).toEqual([strange]);
      }
      expect(climbing(stage)).toEqual([]);
    });

    it('is found by no write', async () => {
      const stage = await open();
      const { provider, seeds, call } = stage;
      const own = await seeds.client(await seeds.tenant());
      for (const strange of STRANGE) {
        const client = { ...own, client: strange };
        const secret = { ...own, secret: strange };
        const writes = [
          provider.createSecret?.(client, newSecretOf(provider), call),
          provider.revokeSecret?.(secret, call),
          provider.replaceSecret?.(secret, REPLACEMENTS[replacementBy ?? 'vendor'], call),
          provider.revealSecret?.(secret, call),
          provider.disableSecret?.(secret, call),
          provider.updateSecret?.(secret, { description: 'x' }, call),
          provider.updateClient?.(client, {}, call),
          provider.deleteClient?.(client, call),
          provider.deleteIdentity?.({ ...own, identity: strange }, call),
          provider.deleteTenant?.({ ...own, tenant: strange }, call),
        ].filter((write) => write !== undefined);
        const failures = await Promise.all(writes.map(failureOf));
        const outcomes = new Set(failures.map(({ code, applied }) => `${code}, applied: ${applied}`));
        expect([strange, ...outcomes]).toEqual([strange, 'not_found, applied: no']);
      }
      expect(climbing(stage)).toEqual([]);
    });
  });
}

/** The id with each of its parts in turn made strange, but for the provider. */
function within<Id extends { readonly provider: string }>(id: Id, strange: string): readonly Id[] {
  return Object.keys(id)
    .filter((part) => part !== 'provider')
    .map((part) => Object.assign({}, id, { [part]: strange }));
}

/** The requests in whose paths there is a step, or a character that only an encoded segment may hold; `/` has neither. */
function climbing({ simulator }: Stage): readonly string[] {
  const isStep = (segment: string) => /^(\.|%2e){0,2}$/i.test(segment);
  const paths = simulator?.requests.map(({ path }) => path).filter((path) => path !== '/') ?? [];
  return paths.filter((path) => /[^\w\-.~%/]/.test(path) || path.split('/').slice(1).some(isStep));
}

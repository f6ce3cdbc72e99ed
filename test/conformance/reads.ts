import { describe, expect, it } from 'vitest';
import { idKey, type ClientId } from '../../src/domain/ids.ts';
import { FIRST_PAGE, found, one, pageRequest } from './answers.ts';
import { NOUNS, openCollection, seedMany } from './collection.ts';
import type { Subject } from './harness.ts';

export function describeReads({ open, clientsBelongTo }: Subject): void {
  describe.each(NOUNS)('reading %s', (noun) => {
    it('one answer for each key, in key order, repeats kept, null for what is not there', async () => {
      const collection = await openCollection(noun, await open());
      const [first, second] = [await collection.seed(), await collection.seed()];
      const answers = await collection.get([second, collection.missing, first, second]);
      expect(answers).toMatchObject([{ id: second }, null, { id: first }, { id: second }]);
    });

    it('no keys, no call', async () => {
      const stage = await open();
      const { get } = await openCollection(noun, stage);
      const before = stage.traffic();
      expect(await get([])).toEqual([]);
      expect(stage.traffic()).toBe(before);
    });

    it('what is listed can be got, and is the same', async () => {
      const collection = await openCollection(noun, await open());
      const seeded = await seedMany(collection, 3);
      const listed = (await collection.list(FIRST_PAGE)).items.map(({ node }) => node);
      expect(await collection.get(listed.map(({ id }) => id))).toEqual(listed);
      const keys = new Set(listed.map(({ id }) => idKey(id)));
      expect(seeded.filter((id) => !keys.has(idKey(id)))).toEqual([]);
    });
  });

  describe('reading what belongs together', () => {
    it('pages are answered in the order of their parents; one that is not there has an empty one', async () => {
      const { provider, seeds, missing, call } = await open();
      const secretsOf = async (client: ClientId) =>
        (await one(provider.listSecrets([client], FIRST_PAGE, call))).items.map(({ node }) => node.id);
      const tenant = await seeds.tenant();
      const [a, b] = [await seeds.client(tenant), await seeds.client(tenant)];
      const [ofA, ofB] = [await secretsOf(a), [(await seeds.secret(b)).id]];
      const pages = await provider.listSecrets([b, { ...tenant, client: missing }, a, b], FIRST_PAGE, call);
      const ids = pages.map((page) => 'items' in page && page.items.map(({ node }) => node.id));
      expect(ids).toEqual([ofB, [], ofA, ofB]);
    });

    it('a tenant that is not there has neither identities nor clients', async () => {
      const { provider, missing, call } = await open();
      const nowhere = { provider: provider.name, tenant: missing };
      expect((await one(provider.listIdentities([nowhere], FIRST_PAGE, call))).items).toEqual([]);
      expect((await one(provider.listClients([nowhere], FIRST_PAGE, call))).items).toEqual([]);
    });

    it.skipIf(clientsBelongTo === 'tenant')(
      'a client of an identity is one of its tenant, and names it',
      async () => {
        const { provider, seeds, call } = await open();
        const tenant = await seeds.tenant();
        const { identity } = await found(provider.getClients([await seeds.client(tenant)], call));
        if (identity === null) throw new Error('seed a client that has an identity');
        const { items } = await one(provider.listClients([identity], FIRST_PAGE, call));
        expect(items.map(({ node }) => node.identity)).toEqual([identity]);
        expect((await found(provider.getIdentities([identity], call))).id).toEqual(identity);
      },
    );

    it('a thing is found under its own parent alone', async () => {
      const { provider, seeds, call } = await open();
      const tenant = await seeds.tenant();
      const [own, other] = [await seeds.client(tenant), await seeds.client(tenant)];
      const { id } = await seeds.secret(own);
      expect(await provider.getSecrets([{ ...id, client: other.client }, id], call)).toMatchObject([
        null,
        { id },
      ]);
    });

    it('only the wanted states are listed', async () => {
      const { provider, seeds, call } = await open();
      const client = await seeds.client(await seeds.tenant());
      await seeds.secret(client);
      const page = async (status: 'ACTIVE' | 'EXPIRED') =>
        (await one(provider.listSecrets([client], { ...pageRequest({}), status: [status] }, call))).items
          .length;
      expect([await page('ACTIVE'), await page('EXPIRED')]).toEqual([1, 0]);
    });
  });
}

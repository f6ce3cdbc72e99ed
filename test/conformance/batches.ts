import { describe, expect, it } from 'vitest';
import type { ClientId } from '../../src/domain/ids.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { FIRST_PAGE } from './answers.ts';
import { NOUNS, openCollection } from './collection.ts';
import type { Stage, Subject } from './harness.ts';
import { openWarm } from './warm-stage.ts';

const IDS = 100;
const CLIENTS = 50;

export function describeBatches(subject: Subject): void {
  const { open, vendor, costs } = subject;

  const seedClients = async (
    { provider, seeds, call }: Stage,
    count: number,
  ): Promise<readonly ClientId[]> => {
    const tenant = await seeds.tenant();
    const clients: ClientId[] = [];
    while (clients.length < count) clients.push(await seeds.client(tenant));
    // Whatever is asked first, a login included, is not what a batch costs.
    await provider.getClients(clients.slice(0, 1), call);
    return clients;
  };

  describe('a batch', () => {
    describe.each(NOUNS)('of equal keys of %s', (noun) => {
      it('costs what one of them costs', async () => {
        const stage = await open();
        const { seed, get } = await openCollection(noun, stage);
        const id = await seed();
        const costOf = async (ids: readonly (typeof id)[]) => {
          const before = stage.traffic();
          await get(ids);
          return stage.traffic() - before;
        };
        await costOf([id]);
        expect(await costOf([id, id, id])).toBe(await costOf([id]));
      });
    });

    it('of a hundred clients costs no more than its page says', async () => {
      const stage = await open();
      const clients = await seedClients(stage, IDS);
      const before = stage.traffic();
      const found = await stage.provider.getClients(clients, { ...stage.call });
      expect(found.map((client) => client && 'id' in client && client.id)).toEqual(clients);
      expect(stage.traffic() - before).toBeLessThanOrEqual(costs?.getClients ?? IDS + 2);
    });

    it('of the secrets of fifty clients costs no more than its page says', async () => {
      const stage = await open();
      const clients = await seedClients(stage, CLIENTS);
      const before = stage.traffic();
      const pages = await stage.provider.listSecrets(clients, FIRST_PAGE, { ...stage.call });
      expect(pages.filter((page) => 'items' in page)).toHaveLength(CLIENTS);
      expect(stage.traffic() - before).toBeLessThanOrEqual(costs?.listSecrets ?? CLIENTS + 2);
    });
  });

  if (vendor === null) return;
  describe('a batch of which one request fails', () => {
    it('fails for the keys alone that it was for', async () => {
      const { provider, seeds, simulator, client, sent, call } = await openWarm(subject, vendor);
      const clients = [client, await seeds.client(client), await seeds.client(client)];
      const before = sent().length;
      simulator.inject({ kind: 'html' });
      const pages = await provider.listSecrets(clients, FIRST_PAGE, call);
      const codes = pages.map((page) => (page instanceof ProviderError ? page.code : 'a page'));
      const isAskedForEach = sent().length - before >= clients.length;
      expect(codes.toSorted()).toEqual(
        isAskedForEach ? ['a page', 'a page', 'malformed'] : codes.map(() => 'malformed'),
      );
    });
  });
}

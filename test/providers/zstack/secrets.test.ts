import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../../src/domain/client.ts';
import { PRODUCTS } from '../../../src/providers/zstack/config.ts';
import { FIRST_PAGE, LIST, openZstack, replacement, slotOf } from './open-zstack.ts';

const REVEAL = 'GET oauth2/clients/:uuid/client-secret';

describe('the one secret of a client', () => {
  test('is active where the list shows that there is one, and else not known to be', async () => {
    const { provider, seedClient, seedSecret, simulator, call } = await openZstack();
    const filled = seedSecret().id;
    const empty = slotOf(seedClient());
    expect(await provider.getSecrets([filled, empty], call)).toMatchObject([
      { id: filled, status: 'ACTIVE' },
      { id: empty, status: 'UNKNOWN' },
    ]);
    simulator.settings.listsBaseFieldsOnly = true;
    expect(await provider.getSecrets([filled], call)).toMatchObject([{ status: 'UNKNOWN' }]);
    simulator.settings.listsBaseFieldsOnly = false;
    simulator.settings.masksSecrets = true;
    expect(await provider.getSecrets([filled], call)).toMatchObject([{ status: 'ACTIVE' }]);
  });

  test.each(PRODUCTS)(
    'stands in no answer to a read or a change of %s, though the vendor sends it',
    async (product) => {
      const { provider, tenant, seedSecret, call } = await openZstack({ product });
      const { id, value } = seedSecret();
      const told = [
        await provider.listClients([tenant], FIRST_PAGE, call),
        await provider.getClients([id], call),
        await provider.listSecrets([id], FIRST_PAGE, call),
        await provider.updateClient?.(id, { name: 'renamed' }, call),
      ];
      expect(JSON.stringify(told) + inspect(told, { depth: null, showHidden: true })).not.toContain(value);
      expect(told).toMatchObject([{}, [{ name: 'corp-sso' }], {}, { name: 'renamed' }]);
    },
  );
});

describe('showing it', () => {
  test('asks for it with both kinds of tags, after the client was found', async () => {
    const { provider, seedSecret, requests, simulator, call } = await openZstack();
    const { id, value } = seedSecret();
    const shown = await provider.revealSecret?.(id, call);
    const [client] = await provider.getClients([id], call);
    expect([shown?.value.reveal(), shown?.secret.id, shown?.secret.status]).toEqual([value, id, 'ACTIVE']);
    expect(shown?.clientId).toBe((client as Client).clientId);
    expect(requests()).toMatchObject({ [LIST]: 2, [REVEAL]: 1 });
    const sent = simulator.requests.find(({ path }) => path.endsWith('/client-secret'));
    expect(sent?.query).toBe('systemTags=&userTags=');
  });

  test('says so where there is none', async () => {
    const { provider, seedClient, call } = await openZstack();
    await expect(provider.revealSecret?.(slotOf(seedClient()), call)).rejects.toMatchObject({
      code: 'conflict',
      message: 'This client has no secret.',
      hint: expect.stringContaining('rotateClientSecret'),
    });
  });

  test('never takes the mask of a site for a secret', async () => {
    const { provider, seedSecret, simulator, call } = await openZstack();
    simulator.settings.masksSecrets = true;
    await expect(provider.revealSecret?.(seedSecret().id, call)).rejects.toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('Rest.maskSensitiveInfo'),
    });
  });

  test('is not tried with a client that is none of OAuth2, or of which only another has this id', async () => {
    const { provider, tenant, seedSecret, simulator, requests, call } = await openZstack();
    const cas = slotOf({ ...tenant, client: simulator.seedCasClient() });
    const [a, b] = [seedSecret().id, seedSecret().id];
    for (const id of [cas, { ...a, secret: b.secret }])
      await expect(provider.revealSecret?.(id, call)).rejects.toMatchObject({
        code: 'not_found',
        applied: 'no',
      });
    expect(requests()[REVEAL]).toBeUndefined();
  });

  test('is what ZStack Cloud has no call for', async () => {
    const { provider } = await openZstack({ product: 'cloud' });
    expect(provider.revealSecret).toBeUndefined();
    expect(provider.traits.instead.revealSecret).toContain('identity provider');
  });
});

describe('replacing it', () => {
  test.each(PRODUCTS)('puts the value into it just as it is, filled or not: %s', async (product) => {
    const { provider, seedClient, simulator, call } = await openZstack({ product });
    const client = seedClient();
    for (const value of [' with space ', 'x'.repeat(255), '🗝'.repeat(255), '"\\\n']) {
      const issued = await provider.replaceSecret?.(slotOf(client), replacement(value), call);
      expect(issued?.value.reveal()).toBe(value);
      expect(simulator.client(client.client)?.secret).toBe(value);
    }
  });

  test.each([
    ['nothing', ''],
    ['256 characters', 'x'.repeat(256)],
    ['a NUL', 'a\0b'],
    ['half a character', 'a\ud800'],
    ['the mask', '*****'],
  ])('refuses %s before anything is sent', async (_, value) => {
    const { provider, seedSecret, requests, call } = await openZstack();
    await expect(provider.replaceSecret?.(seedSecret().id, replacement(value), call)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: ['value'] }],
    });
    expect(requests()).toEqual({});
  });

  test('changes no client that is none of OAuth2', async () => {
    const { provider, tenant, simulator, call } = await openZstack();
    const cas = slotOf({ ...tenant, client: simulator.seedCasClient() });
    await expect(provider.replaceSecret?.(cas, replacement('new'), call)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { FIRST_PAGE, openLaunchDarkly } from './open-launchdarkly.ts';

const CALLER = 'GET caller-identity';
const isTokens = ({ path }: { readonly path: string }) => path.startsWith('/api/v2/tokens');
const isCaller = ({ path }: { readonly path: string }) => path.endsWith('caller-identity');
const refused = { status: 401, body: { code: 'unauthorized', message: 'Invalid account token' } };

describe('a 401', () => {
  test('of a token that lacks the permission is forbidden', async () => {
    const { provider, tenant, call, requests } = await openLaunchDarkly({ gateway: { role: 'writer' } });
    const [page] = await provider.listClients([tenant], FIRST_PAGE, call);
    expect(page).toMatchObject({ code: 'forbidden', applied: 'no', hint: expect.stringContaining('Admin') });
    expect(requests()).toEqual({ [CALLER]: 2, 'GET oauth/clients': 1 });
  });

  test('of a token that is none is unauthenticated', async () => {
    const { provider, tenant, call } = await openLaunchDarkly({ accessToken: 'api-wrong' });
    await expect(provider.listTenants(FIRST_PAGE, call)).rejects.toMatchObject({ code: 'unauthenticated' });
    const [page] = await provider.listClients([tenant], FIRST_PAGE, call);
    expect(page).toMatchObject({ code: 'unauthenticated', hint: expect.stringContaining('accessToken') });
  });

  test('of one that was ended meanwhile is unauthenticated, and once it is back all is well', async () => {
    const { provider, simulator, seedToken, call } = await openLaunchDarkly();
    const { client } = seedToken();
    await provider.getClients([client], call);
    simulator.inject({ times: 2, kind: refused });
    expect(await provider.getClients([client], call)).toMatchObject([{ code: 'unauthenticated' }]);
    expect(await provider.getClients([client], call)).toMatchObject([{ id: client }]);
  });

  test('of a hundred requests at once asks who the caller is only a few times', async () => {
    const { provider, simulator, seedToken, requests, call } = await openLaunchDarkly();
    const clients = Array.from({ length: 100 }, () => seedToken().client);
    await provider.getClients(clients.slice(0, 1), call);
    requests();
    simulator.inject({ match: isTokens, times: 100, kind: refused });
    const answers = await Promise.all(clients.map((client) => provider.getClients([client], call)));
    expect(answers.flat()).toEqual(clients.map(() => expect.objectContaining({ code: 'forbidden' })));
    const sent = requests();
    expect(sent['GET tokens/:id']).toBe(100);
    expect(sent[CALLER]).toBeLessThanOrEqual(100 / 2);
  });

  test('whose meaning cannot be found out says what came of it, and that nothing was done', async () => {
    const { provider, simulator, seedToken, call } = await openLaunchDarkly();
    const { secret } = seedToken();
    await provider.getSecrets([secret], call);
    simulator.inject({ match: ({ method }) => method === 'POST', kind: refused });
    simulator.inject({ match: isCaller, times: 9, kind: 'reset' });
    const replaced = provider.replaceSecret!(secret, { value: null, oldEndsAt: null }, call);
    await expect(replaced).rejects.toMatchObject({ code: 'unavailable', applied: 'no' });
    expect(simulator.resetsOf(secret.secret)).toBe(0);
  });
});

describe('a token that is not an Admin’s', () => {
  test('sees its member’s own tokens and the service tokens, listed or by id; of others it is forbidden', async () => {
    const { provider, simulator, seedToken, call } = await openLaunchDarkly({ gateway: { role: 'reader' } });
    const { memberId } = simulator.gateway;
    const [own, service, foreign] = [
      seedToken({ memberId }).client,
      seedToken({ serviceToken: true }).client,
      seedToken().client,
    ];
    const found = await provider.getClients([own, service, foreign], call);
    const forbidden = { code: 'forbidden' };
    expect(found).toMatchObject([{ id: own }, { id: service }, forbidden]);
    expect(await provider.getClients([foreign], call)).toMatchObject([forbidden]);
    const member = { ...own, identity: memberId };
    const [page] = await provider.listClients([member], FIRST_PAGE, call);
    expect(page).toMatchObject({ totalCount: 2 });
  });
});

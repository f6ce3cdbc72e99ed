import { describe, expect, test } from 'vitest';
import { SECOND } from '../../../src/domain/duration.ts';
import { NEW_SECRET } from '../../conformance/answers.ts';
import { openAveva } from './open-aveva.ts';

describe('what the gateway logs in with', () => {
  const openOwn = async (dialect: 'v1' | 'v1-preview' = 'v1') => {
    const it = await openAveva({ dialect });
    const own = { ...it.tenant, client: `cc:${it.simulator.gateway.clientId}` };
    return { it, own, secret: { ...own, secret: '1' } };
  };
  const conflict = { code: 'conflict', applied: 'no', hint: expect.stringContaining('configuration') };

  test.each(['v1', 'v1-preview'] as const)('is not ended through it: %s', async (dialect) => {
    const { it, own, secret } = await openOwn(dialect);
    const { provider, call, clock } = it;
    const soon = new Date(clock.now().getTime() + SECOND);
    await expect(provider.deleteClient(own, call)).rejects.toMatchObject(conflict);
    await expect(provider.updateClient(own, { enabled: false }, call)).rejects.toMatchObject(conflict);
    await expect(provider.revokeSecret(secret, call)).rejects.toMatchObject(conflict);
    await expect(provider.updateSecret(secret, { expiresAt: soon }, call)).rejects.toMatchObject(conflict);
    const shouted = { ...own, client: `cc:${own.client.slice(3).toUpperCase()}` };
    await expect(provider.deleteClient(shouted, call)).rejects.toMatchObject(conflict);
    expect(it.simulator.requests.filter(({ method }) => /PUT|DELETE/.test(method))).toEqual([]);
  });

  test('may be renamed, and given another secret; then the first may end', async () => {
    const { it, own, secret } = await openOwn();
    const { provider, call } = it;
    await provider.updateClient(own, { name: 'keyfold', enabled: true }, call);
    it.seedSecret(own, { expiration: it.clock.now() });
    await expect(provider.revokeSecret(secret, call)).rejects.toMatchObject(conflict);
    await provider.createSecret(own, NEW_SECRET, call);
    expect(await provider.revokeSecret(secret, call)).toMatchObject({ status: 'REVOKED' });
  });
});

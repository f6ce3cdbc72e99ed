import { describe, expect, test } from 'vitest';
import { openLaunchDarkly, type Opened } from './open-launchdarkly.ts';

const CONFLICT = { code: 'conflict', applied: 'no', hint: expect.stringContaining('Give the gateway other') };

/** Whatever would end, or take its rights from, the token that the gateway works with. */
function endings({ provider, simulator, tenant, call }: Opened): readonly (() => Promise<unknown>)[] {
  const { tokenId } = simulator.gateway;
  const client = { ...tenant, client: `token:${tokenId}` };
  const secret = { ...client, secret: tokenId };
  return [
    () => provider.deleteClient!(client, call),
    () => provider.revokeSecret!(secret, call),
    () => provider.replaceSecret!(secret, { value: null, oldEndsAt: null }, call),
    () => provider.updateClient!(client, { attributes: { role: 'reader' } }, call),
  ];
}

describe('the token that the gateway works with', () => {
  test('is shown, and may be renamed', async () => {
    const { provider, simulator, tenant, call } = await openLaunchDarkly();
    const client = { ...tenant, client: `token:${simulator.gateway.tokenId}` };
    const changed = await provider.updateClient!(client, { name: 'the gateway' }, call);
    expect(changed.name).toBe('the gateway');
  });

  test('is not ended', async () => {
    const it = await openLaunchDarkly();
    for (const end of endings(it)) await expect(end()).rejects.toMatchObject(CONFLICT);
    expect(await it.accepts(it.simulator.gateway.accessToken)).toBe(true);
  });

  test.each([
    ['without the id of its token', {}],
    ['by a name alone', { tokenName: 'gateway' }],
    ['by an id of another form', { tokenId: '0f6c2f1e-1111-4222-8333-444455556666' }],
  ])('is known by what is shown of it, where the caller is told %s', async (_, told) => {
    const it = await openLaunchDarkly();
    const { accountId } = it.simulator;
    it.simulator.inject({
      match: ({ path }) => path.endsWith('caller-identity'),
      kind: { status: 200, body: { accountId, ...told } },
    });
    const { client } = it.seedToken();
    for (const end of endings(it)) await expect(end()).rejects.toMatchObject(CONFLICT);
    await it.provider.deleteClient!(client, it.call);
    expect(await it.accepts(it.simulator.gateway.accessToken)).toBe(true);
  });
});

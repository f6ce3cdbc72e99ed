import { describe, expect, test } from 'vitest';
import { FIRST_PAGE } from '../../conformance/answers.ts';
import { openAveva } from './open-aveva.ts';

const ID = '0d3c6d0c-6a8e-4a0c-9f0e-0c3a51d0f6a2';

describe('identities', () => {
  test('are users and automation identities, and can only be read', async () => {
    const it = await openAveva();
    const ada = `user:${it.simulator.seedUser({ GivenName: 'Ada', Surname: 'Byron' })}`;
    const named = `user:${it.simulator.seedUser({ Name: 'grace' })}`;
    const edge = `auto:${it.simulator.seedAutomationIdentity({ Name: 'edge' })}`;
    const [page] = await it.provider.listIdentities([it.tenant], FIRST_PAGE, it.call);
    expect(page).toMatchObject({
      items: [
        { node: { id: { identity: ada }, name: 'Ada Byron', kind: 'USER' } },
        { node: { id: { identity: named }, name: 'grace', kind: 'USER' } },
        { node: { id: { identity: edge }, name: 'edge', kind: 'MACHINE' } },
      ],
    });
    expect(Object.keys(it.provider).filter((method) => method.endsWith('Identity'))).toEqual([]);
  });
});

describe('a tenant', () => {
  test('has the name of its company, and dates where they have a zone', async () => {
    const it = await openAveva();
    expect(await it.provider.getTenants([it.tenant], it.call)).toMatchObject([
      {
        id: it.tenant,
        name: 'Acme',
        createdAt: new Date('2026-05-01T09:30:00Z'),
        updatedAt: null,
        enabled: null,
      },
    ]);
  });

  test('goes by its id in v1-preview, which tells nothing of it but its clients', async () => {
    const it = await openAveva({ dialect: 'v1-preview' });
    expect(await it.provider.getTenants([it.tenant], it.call)).toMatchObject([{ name: it.tenant.tenant }]);
    it.simulator.inject({ match: ({ path }) => path.endsWith('Clients'), kind: { status: 403, body: {} } });
    expect(await it.provider.getTenants([it.tenant], it.call)).toMatchObject([{ code: 'forbidden' }]);
  });

  test('that is not there is null, and is not listed', async () => {
    const it = await openAveva();
    const kind = { status: 404, body: { OperationId: ID } };
    it.simulator.inject({ match: ({ path }) => path.startsWith('/api/'), times: 2, kind });
    expect(await it.provider.getTenants([it.tenant], it.call)).toEqual([null]);
    expect((await it.provider.listTenants(FIRST_PAGE, it.call)).items).toEqual([]);
  });
});

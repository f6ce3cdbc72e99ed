import { describe, expect, test } from 'vitest';
import { DAY, HOUR, SECOND } from '../../../src/domain/duration.ts';
import type { Fault } from '../../../src/provider-kit/simulator-fault.ts';
import { NEW_SECRET } from '../../conformance/answers.ts';
import { listed, openAveva } from './open-aveva.ts';

const NOW = new Date('2026-05-01T09:30:00.000Z');
const isAdd: Fault['match'] = ({ method, path }) => method === 'POST' && /\/Secrets?\/?$/.test(path);
const isList: Fault['match'] = ({ method, path }) => method === 'GET' && /\/Secrets?\/?$/.test(path);
const isDelete: Fault['match'] = ({ method }) => method === 'DELETE';

describe.each(['v1', 'v1-preview'] as const)('a secret in %s', (dialect) => {
  const open = () => openAveva({ dialect });
  const expiresAt = new Date(NOW.getTime() + 30 * DAY);

  test.each(['ClientCredentialClients', 'HybridClients'] as const)(
    'is made, changed and ended of %s',
    async (kind) => {
      const it = await open();
      const client = it.seedClient({ kind });
      const issued = await it.provider.createSecret(client, { ...NEW_SECRET, expiresAt }, it.call);
      const id = { ...client, secret: '1' };
      expect(issued.secret).toMatchObject({ id, expiresAt, status: 'ACTIVE', createdAt: null });
      expect(issued.clientId).toBe(client.client.slice(3));
      expect(it.simulator.letsIn(issued.clientId, issued.value.reveal())).toBe(true);
      const later = new Date(expiresAt.getTime() + DAY);
      expect(await it.provider.updateSecret(id, { expiresAt: later }, it.call)).toMatchObject({
        id,
        expiresAt: later,
        description: NEW_SECRET.description,
      });
      expect(await it.provider.revokeSecret(id, it.call)).toMatchObject({ id, status: 'REVOKED' });
      expect(await listed(it, client)).toEqual([]);
    },
  );

  test('is listed in the order of its number, which counts on past a deleted one', async () => {
    const it = await open();
    const client = it.seedClient();
    it.seedSecret(client);
    const second = it.seedSecret(client);
    await it.provider.revokeSecret(second, it.call);
    it.seedSecret(client);
    expect((await listed(it, client)).map(({ id }) => id.secret)).toEqual(['1', '3']);
  });

  test.each(['', 'ends with space ', ' [rotation 1a2b3c4d]', 'x'.repeat(300), '{"a":1} é 中 🗝'])(
    'keeps its description to the letter: %j',
    async (description) => {
      const it = await open();
      const client = it.seedClient();
      const { secret } = await it.provider.createSecret(
        client,
        { ...NEW_SECRET, description, expiresAt },
        it.call,
      );
      expect(secret.description).toBe(description || null);
      expect(await listed(it, client)).toMatchObject([{ description: description || null }]);
    },
  );

  test('loses its description where that is asked for, and keeps it where it is not named', async () => {
    const it = await open();
    const client = it.seedClient();
    const id = it.seedSecret(client, { description: 'ci', expiration: expiresAt });
    const later = new Date(expiresAt.getTime() + DAY);
    expect(await it.provider.updateSecret(id, { expiresAt: later }, it.call)).toMatchObject({
      description: 'ci',
    });
    expect(await it.provider.updateSecret(id, { description: null }, it.call)).toMatchObject({
      description: null,
      expiresAt: later,
    });
  });

  test('ends at its expiration, and works an hour longer at the most after it was revoked', async () => {
    const it = await open();
    const client = it.seedClient();
    const { value } = it.simulator.seedSecret(client.client.slice(3), { expiration: expiresAt });
    const works = () => it.simulator.letsIn(client.client.slice(3), value);
    await it.provider.revokeSecret({ ...client, secret: '1' }, it.call);
    it.clock.pass(HOUR - SECOND);
    expect(works()).toBe(true);
    it.clock.pass(SECOND);
    expect(works()).toBe(false);
    it.seedSecret(client, { expiration: expiresAt });
    it.clock.pass(30 * DAY);
    expect(await listed(it, client)).toMatchObject([{ status: 'EXPIRED' }]);
  });

  test('is the eleventh: refused, expired ones counted, and nothing is sent', async () => {
    const it = await open();
    const client = it.seedClient();
    for (let i = 0; i < 10; i += 1) it.seedSecret(client, { expiration: NOW });
    const eleventh = it.provider.createSecret(client, { ...NEW_SECRET, expiresAt }, it.call);
    await expect(eleventh).rejects.toMatchObject({ code: 'limit_reached', limit: 10, applied: 'no' });
    expect(it.simulator.requests.filter(isAdd)).toEqual([]);
  });

  test('is the eleventh, because somebody else was faster', async () => {
    const it = await open();
    const client = it.seedClient();
    for (let i = 0; i < 10; i += 1) it.seedSecret(client);
    it.simulator.inject({ match: isList, kind: { status: 200, headers: { 'total-count': '0' }, body: [] } });
    const eleventh = it.provider.createSecret(client, { ...NEW_SECRET, expiresAt }, it.call);
    await expect(eleventh).rejects.toMatchObject({ code: 'limit_reached', limit: 10, applied: 'no' });
    expect(it.simulator.requests.filter(isAdd)).toHaveLength(1);
  });

  test('that the vendor refuses for another reason is no matter of the limit', async () => {
    const it = await open();
    const client = it.seedClient();
    it.simulator.inject({ match: isAdd, kind: { status: 400, body: { OperationId: 'x' } } });
    const refused = it.provider.createSecret(client, { ...NEW_SECRET, expiresAt }, it.call);
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input', applied: 'no' });
  });

  test.each([
    ['value', { value: 'x' }],
    ['maxUses', { maxUses: 1 }],
    ['retrievable', { retrievable: true }],
    ['expiresAt', { expiresAt: NOW }],
    ['expiresAt', { expiresAt: new Date('+010000-01-01T00:00:00Z') }],
    ['expiresAt', { expiresAt: new Date(NaN) }],
    ['description', { description: '\0' }],
  ])('is refused by its %s before anything is sent', async (field, given) => {
    const it = await open();
    const client = it.seedClient();
    const asked = { ...NEW_SECRET, expiresAt, ...given } as typeof NEW_SECRET;
    const failed = it.provider.createSecret(client, asked, it.call);
    await expect(failed).rejects.toMatchObject({ code: 'invalid_input', fields: [{ path: [field] }] });
    expect(it.requests()).toEqual({});
  });

  test('that has an end cannot lose it', async () => {
    const it = await open();
    const id = it.seedSecret(it.seedClient(), { expiration: expiresAt });
    const failed = it.provider.updateSecret(id, { description: 'x', expiresAt: null }, it.call);
    const fields = [{ path: ['expiresAt'] }];
    await expect(failed).rejects.toMatchObject({ code: 'invalid_input', applied: 'no', fields });
    expect(it.requests()).not.toHaveProperty('PUT ClientCredentialClients/:id/Secrets/:n');
  });

  test('that has none may be given one', async () => {
    const it = await open();
    const id = it.seedSecret(it.seedClient());
    expect(await it.provider.updateSecret(id, { expiresAt: null }, it.call)).toMatchObject({
      expiresAt: null,
    });
    expect(await it.provider.updateSecret(id, { expiresAt }, it.call)).toMatchObject({ expiresAt });
  });

  test('whose deletion is confirmed by anything but a 204 may be there still', async () => {
    const it = await open();
    const id = it.seedSecret(it.seedClient());
    it.simulator.inject({ match: isDelete, kind: { status: 200, body: {} } });
    await expect(it.provider.revokeSecret(id, it.call)).rejects.toMatchObject({
      code: 'malformed',
      applied: 'maybe',
    });
    expect(await it.provider.getSecrets([id], it.call)).toMatchObject([{ status: 'ACTIVE' }]);
  });

  test('of a client that is not there is not found', async () => {
    const it = await open();
    const nowhere = { ...it.tenant, client: 'cc:0d3c6d0c-6a8e-4a0c-9f0e-0c3a51d0f6a2' };
    const other = it.seedSecret(it.seedClient({ kind: 'HybridClients' }));
    const asOtherKind = { ...other, client: other.client.replace('hy:', 'cc:') };
    expect(await it.provider.getSecrets([{ ...nowhere, secret: '1' }, asOtherKind], it.call)).toEqual([
      null,
      null,
    ]);
    for (const write of [
      it.provider.createSecret(nowhere, { ...NEW_SECRET, expiresAt }, it.call),
      it.provider.updateSecret({ ...nowhere, secret: '1' }, { description: 'x' }, it.call),
      it.provider.revokeSecret(asOtherKind, it.call),
      it.provider.revokeSecret({ ...other, secret: '2' }, it.call),
    ])
      await expect(write).rejects.toMatchObject({ code: 'not_found', applied: 'no' });
    expect(await it.provider.getSecrets([other], it.call)).toMatchObject([{ status: 'ACTIVE' }]);
  });

  test.each([
    ['nobody has signed', {}],
    ['is a part of more', { 'total-count': '2' }],
  ])('is not taken for gone because of an empty list that %s', async (_, headers) => {
    const it = await open();
    const id = it.seedSecret(it.seedClient());
    it.simulator.inject({ match: isList, kind: { status: 200, headers, body: [] } });
    expect(await it.provider.getSecrets([id], it.call)).toMatchObject([{ code: 'malformed' }]);
    expect(await it.provider.getSecrets([id], it.call)).toMatchObject([{ status: 'ACTIVE' }]);
  });
});

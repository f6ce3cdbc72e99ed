import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, SECOND } from '../../../src/domain/duration.ts';
import type { ClientSecretId } from '../../../src/domain/ids.ts';
import type { NewSecret } from '../../../src/provider-kit/provider.ts';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import { FIRST_PAGE, NEW_SECRET, openInfisical, type Opened } from './open-infisical.ts';

describe.each(['current', '2024-10'] as const)('client secrets of %s', (generation) => {
  let it: Opened;
  beforeEach(async () => {
    it = await openInfisical({ generation });
  });
  afterEach(() => it.simulator.close());

  const get = async (id: ClientSecretId) => (await it.provider.getSecrets([id], it.call))[0];
  const seed = (given: Parameters<Opened['simulator']['seedSecret']>[1] = {}): ClientSecretId => {
    const client = it.seedClient();
    return { ...client, secret: it.simulator.seedSecret(client.client, given).id };
  };
  const login = (clientId: string, clientSecret: string) =>
    fetch(`${it.simulator.origin}/api/v1/auth/universal-auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientId, clientSecret }),
    });

  test('the value comes once, with the client id, and lets in', async () => {
    const client = it.seedClient();
    const created = await it.provider.createSecret!(
      client,
      { ...NEW_SECRET, description: ' ci ', maxUses: 3 },
      it.call,
    );
    expect(created.value.reveal()).toMatch(/^[\da-f]{64}$/);
    expect((await login(created.clientId, created.value.reveal())).status).toBe(200);
    expect(await get(created.secret.id)).toEqual({
      id: { ...client, secret: created.secret.id.secret },
      description: 'ci',
      hint: created.value.reveal().slice(0, 4),
      status: 'ACTIVE',
      createdAt: it.clock.now(),
      updatedAt: it.clock.now(),
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
      useCount: 1,
      maxUses: 3,
      retrievable: false,
      attributes: {},
      freshness: { asOf: it.clock.now(), source: 'LIVE' },
    });
  });

  test.each([
    ['a part of a second is left off', 90_999, 90],
    ['a second', 1000, 1],
    ['ten years', 315_360_000_000, 315_360_000],
  ])('it expires when asked: %s', async (_, lifetimeMs, seconds) => {
    const client = it.seedClient();
    const expiresAt = new Date(it.clock.now().getTime() + lifetimeMs);
    const { secret } = await it.provider.createSecret!(client, { ...NEW_SECRET, expiresAt }, it.call);
    expect(secret.expiresAt).toEqual(new Date(secret.createdAt!.getTime() + seconds * SECOND));
  });

  test('that it is expired or used up is known before the vendor writes it down', async () => {
    const expiring = seed({ ttl: 60 });
    const client = it.seedClient();
    const { id, value } = it.simulator.seedSecret(client.client, { numUsesLimit: 1 });
    expect(await get(expiring)).toMatchObject({
      status: 'ACTIVE',
      expiresAt: new Date(it.clock.now().getTime() - 1 + 60 * SECOND),
    });
    it.clock.pass(60 * SECOND - 1);
    expect(await get(expiring)).toMatchObject({ status: 'ACTIVE', expiresAt: it.clock.now() });
    it.clock.pass(1);
    expect(await get(expiring)).toMatchObject({ status: 'EXPIRED' });
    const [found] = await it.provider.getClients([client], it.call);
    await login((found as { clientId: string }).clientId, value);
    expect(await get({ ...client, secret: id })).toMatchObject({
      status: 'EXHAUSTED',
      useCount: 1,
      maxUses: 1,
    });
    const [page] = await it.provider.listSecrets([client], { ...FIRST_PAGE, status: ['ACTIVE'] }, it.call);
    expect(page).toMatchObject({ items: [], totalCount: 0 });
  });

  test('a revoked one is not listed, but found by its id, until the purge at night', async () => {
    const id = seed();
    expect(await it.provider.revokeSecret!(id, it.call)).toMatchObject({ id, status: 'REVOKED' });
    expect(await it.provider.revokeSecret!(id, it.call)).toMatchObject({ id, status: 'REVOKED' });
    expect(await it.provider.listSecrets([id], FIRST_PAGE, it.call)).toMatchObject([{ items: [] }]);
    expect(await get(id)).toMatchObject({ id, status: 'REVOKED' });
    it.simulator.purge();
    expect(await get(id)).toBeNull();
    await expect(it.provider.revokeSecret!(id, it.call)).rejects.toMatchObject({
      code: 'not_found',
      applied: 'no',
    });
  });

  test("another identity's secret is neither found nor revoked", async () => {
    const theirs = seed();
    const mine = it.seedClient();
    const mixed = { ...theirs, ...mine };
    expect(await get(mixed)).toBeNull();
    await expect(it.provider.revokeSecret!(mixed, it.call)).rejects.toMatchObject({ code: 'not_found' });
    expect(await get(theirs)).toMatchObject({ status: 'ACTIVE' });
  });

  test('oldest first, whatever order the vendor has them in', async () => {
    const client = it.seedClient();
    const values = Array.from({ length: 3 }, () => {
      it.clock.pass(HOUR);
      return it.simulator.seedSecret(client.client);
    });
    const [found] = await it.provider.getClients([client], it.call);
    await login((found as { clientId: string }).clientId, values[0]!.value);
    const [page] = await it.provider.listSecrets([client], FIRST_PAGE, it.call);
    expect(page).toMatchObject({ items: values.map(({ id }) => ({ node: { id: { secret: id } } })) });
  });

  test('what the gateway itself logs in with is neither revoked nor deleted', async () => {
    const { gateway } = it.simulator;
    const client = { ...it.tenant, client: gateway.identityId };
    const [page] = await it.provider.listSecrets([client], FIRST_PAGE, it.call);
    if (page === undefined || page instanceof ProviderError) throw new Error('the list failed');
    const own = page.items[0]!.node.id;
    const identity = { ...it.tenant, identity: gateway.identityId };
    const refused = { code: 'conflict', message: 'The gateway itself logs in with this.', applied: 'no' };
    await expect(it.provider.revokeSecret!(own, it.call)).rejects.toMatchObject(refused);
    await expect(it.provider.deleteClient!(client, it.call)).rejects.toMatchObject(refused);
    await expect(it.provider.deleteIdentity!(identity, it.call)).rejects.toMatchObject(refused);
    const other = it.simulator.seedSecret(gateway.identityId, { value: `other${'0'.repeat(59)}` });
    expect(await it.provider.revokeSecret!({ ...own, secret: other.id }, it.call)).toMatchObject({
      status: 'REVOKED',
    });
  });

  test.each<[string, Partial<NewSecret>, string]>([
    ['a moment that is past', { expiresAt: new Date(0) }, 'expiresAt'],
    ['more than ten years', { expiresAt: new Date(Date.parse('2026-05-01') + 3660 * DAY) }, 'expiresAt'],
    ['no use at all, which would be any number', { maxUses: 0 }, 'maxUses'],
    ['half a use', { maxUses: 1.5 }, 'maxUses'],
    ['256 characters', { description: 'd'.repeat(256) }, 'description'],
    ['a NUL character', { description: 'a\0b' }, 'description'],
    ['to keep the value', { retrievable: true }, 'retrievable'],
  ])('refused without a request: %s', async (_, given, field) => {
    const client = it.seedClient();
    await expect(
      it.provider.createSecret!(client, { ...NEW_SECRET, ...given }, it.call),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: [field] }],
    });
    expect(it.requests()).toEqual({});
  });

  test('255 characters of four bytes fit', async () => {
    const description = '𝒟'.repeat(255);
    const { secret } = await it.provider.createSecret!(
      it.seedClient(),
      { ...NEW_SECRET, description },
      it.call,
    );
    expect(secret.description).toBe(description);
  });
});

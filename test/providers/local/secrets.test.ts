import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientSecretStatus } from '../../../src/domain/client-secret.ts';
import { HOUR, MINUTE } from '../../../src/domain/duration.ts';
import { SecretValue } from '../../../src/domain/secret-value.ts';
import { isKey } from '../../../src/store/key-format.ts';
import { TEST_DATABASES } from '../../database.ts';
import { CALL, NEW_SECRET, openLocal, type OpenLocal } from './open-local.ts';

describe.each(TEST_DATABASES)('a client secret of the local provider, on %s', (kind) => {
  let open: OpenLocal;
  beforeAll(async () => {
    open = await openLocal(kind);
  });
  afterAll(() => open.close());

  const issue = async (part: Partial<typeof NEW_SECRET> = {}) =>
    open.provider.createSecret((await open.newClient()).id, { ...NEW_SECRET, ...part }, CALL);

  test('is a key of the gateway, shown by its first characters', async () => {
    const { secret, value } = await issue();
    expect(isKey(value.reveal())).toBe(true);
    expect(secret.hint).toBe(`${value.reveal().slice(0, 11)}…`);
    expect(secret).toMatchObject({ status: 'ACTIVE', useCount: 0, retrievable: false });
  });

  test.each([
    ['value', { value: new SecretValue('a value of my own') }],
    ['maxUses', { maxUses: 0 }],
    ['expiresAt', { expiresAt: new Date('2026-11-21T12:00:00.000Z') }],
  ])('is refused for its %s', async (field, part) => {
    await expect(issue(part)).rejects.toMatchObject({
      code: 'invalid_input',
      applied: 'no',
      fields: [{ path: [field] }],
    });
  });

  test('that was not kept cannot be revealed, and says what to do', async () => {
    const { secret } = await issue();
    await expect(open.provider.revealSecret(secret.id, CALL)).rejects.toMatchObject({
      code: 'unsupported',
      hint: 'Create or rotate a secret with retrievable: true where it has to be revealed later.',
    });
  });

  test('is changed once by being disabled, enabled and revoked twice', async () => {
    const { secret } = await issue();
    const steps = ['disableSecret', 'enableSecret', 'revokeSecret'] as const;
    for (const step of steps) {
      open.clock.pass(MINUTE);
      const first = await open.provider[step](secret.id, CALL);
      expect(first.updatedAt).toEqual(open.clock.now());
      open.clock.pass(MINUTE);
      const { freshness, ...second } = await open.provider[step](secret.id, CALL);
      expect({ ...second, freshness: first.freshness }).toEqual(first);
      expect(freshness.asOf).toEqual(open.clock.now());
    }
  });

  test.each(['updateSecret', 'disableSecret', 'enableSecret'] as const)(
    'that is revoked stays so, against %s',
    async (method) => {
      const { secret } = await issue();
      await open.provider.revokeSecret(secret.id, CALL);
      const run =
        method === 'updateSecret'
          ? open.provider.updateSecret(secret.id, { description: 'x' }, CALL)
          : open.provider[method](secret.id, CALL);
      await expect(run).rejects.toMatchObject({ code: 'conflict', applied: 'no' });
    },
  );

  test('is listed by status, in each of which it is at its time', async () => {
    const { id } = await open.newClient();
    const make = async (part: Partial<typeof NEW_SECRET> = {}) =>
      open.provider.createSecret(id, { ...NEW_SECRET, ...part }, CALL);
    const active = await make();
    const expiring = await make({ expiresAt: new Date(open.clock.now().getTime() + HOUR) });
    const single = await make({ maxUses: 1 });
    const [disabled, revoked] = [await make(), await make()];
    await open.provider.verifySecret({ ...single, mayUse: () => true }, CALL);
    await open.provider.disableSecret(disabled.secret.id, CALL);
    await open.provider.disableSecret(revoked.secret.id, CALL);
    await open.provider.revokeSecret(revoked.secret.id, CALL);
    open.clock.pass(HOUR);
    const page = { limit: 10, direction: 'forward', cursor: null, withTotal: true } as const;
    const listed = async (...status: ClientSecretStatus[]) => {
      const [found] = await open.provider.listSecrets([id], { ...page, status }, CALL);
      if (found === undefined || !('items' in found)) throw new Error('no page');
      expect(found.totalCount).toBe(found.items.length);
      expect(found.items.every(({ node }) => status.includes(node.status))).toBe(true);
      return found.items.map(({ node }) => node.id.secret).toSorted();
    };
    const idsOf = (...issued: (typeof active)[]) => issued.map(({ secret }) => secret.id.secret).toSorted();
    expect(await listed('ACTIVE')).toEqual(idsOf(active));
    expect(await listed('EXPIRED')).toEqual(idsOf(expiring));
    expect(await listed('EXHAUSTED', 'DISABLED')).toEqual(idsOf(single, disabled));
    expect(await listed('REVOKED')).toEqual(idsOf(revoked));
    expect(await listed('UNKNOWN')).toEqual([]);
    expect(await listed()).toEqual([]);
  });
});

import { eq } from 'drizzle-orm';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR } from '../../../src/domain/duration.ts';
import type { IssuedSecret } from '../../../src/domain/client-secret.ts';
import { SecretValue } from '../../../src/domain/secret-value.ts';
import { isKey } from '../../../src/store/key-format.ts';
import { localClientSecrets } from '../../../src/store/tables/local.ts';
import { TEST_DATABASES } from '../../database.ts';
import { CALL, NEW_SECRET, openLocal, type OpenLocal } from './open-local.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Another value of the right form, checksum included, that is found by the same prefix. */
function sibling(value: SecretValue): SecretValue {
  const last = value.reveal().charAt(45) === '0' ? '1' : '0';
  const random = `${value.reveal().slice(3, 45)}${last}`;
  let checksum = '';
  for (let rest = crc32(random); checksum.length < 6; rest = Math.floor(rest / 62))
    checksum = DIGITS.charAt(rest % 62) + checksum;
  const other = `kf_${random}${checksum}`;
  expect(isKey(other)).toBe(true);
  return new SecretValue(other);
}

describe.each(TEST_DATABASES)('verification by the local provider, on %s', (kind) => {
  let open: OpenLocal;
  let provider: OpenLocal['provider'];
  let clock: OpenLocal['clock'];
  beforeAll(async () => {
    open = await openLocal(kind);
    ({ provider, clock } = open);
  });
  afterAll(() => open.close());

  const issue = async (part: Partial<typeof NEW_SECRET> = {}) =>
    provider.createSecret((await open.newClient()).id, { ...NEW_SECRET, ...part }, CALL);
  const verify = ({ clientId, value }: Pick<IssuedSecret, 'clientId' | 'value'>, mayUse = () => true) =>
    provider.verifySecret({ clientId, value, mayUse }, CALL);

  test('the right value is valid, and the use is counted', async () => {
    const issued = await issue();
    expect(await verify(issued)).toMatchObject({
      valid: true,
      secret: { useCount: 1, lastUsedAt: clock.now() },
    });
    expect(await verify(issued)).toMatchObject({ valid: true, secret: { useCount: 2 } });
  });

  test('it takes two statements', async () => {
    const issued = await issue();
    open.statements.length = 0;
    await verify(issued);
    expect(open.statements.length).toBe(2);
  });

  test.each([
    ['another secret of the same form', () => issue().then(({ value }) => value)],
    ['the same prefix and another rest', (own: IssuedSecret) => sibling(own.value)],
    ['nothing', () => new SecretValue('')],
    ['10 000 characters', () => new SecretValue('k'.repeat(10_000))],
  ])('%s is a mismatch, and tells nothing of the secret', async (_, other) => {
    const issued = await issue();
    const value = await other(issued);
    expect(await verify({ clientId: issued.clientId, value })).toEqual({
      valid: false,
      reason: 'MISMATCH',
      secret: null,
    });
    expect(await verify(issued)).toMatchObject({ secret: { useCount: 1 } });
  });

  test('the right value of another client is a mismatch', async () => {
    const issued = await issue();
    const { clientId } = await open.newClient();
    expect(await verify({ clientId, value: issued.value })).toMatchObject({ reason: 'MISMATCH' });
    expect(await verify({ clientId: 'nobody', value: issued.value })).toMatchObject({ reason: 'MISMATCH' });
  });

  test('a client of a tenant that may not be used is as if it were not there, and no use is counted', async () => {
    const issued = await issue();
    expect(await verify(issued, () => false)).toEqual({ valid: false, reason: 'MISMATCH', secret: null });
    expect(await verify(issued)).toMatchObject({ secret: { useCount: 1 } });
  });

  describe('says why the right value is not valid', () => {
    test('REVOKED, whatever else it is', async () => {
      const issued = await issue();
      await provider.disableSecret(issued.secret.id, CALL);
      await provider.revokeSecret(issued.secret.id, CALL);
      expect(await verify(issued)).toMatchObject({
        valid: false,
        reason: 'REVOKED',
        secret: { status: 'REVOKED' },
      });
    });

    test('DISABLED, until it is enabled again', async () => {
      const issued = await issue();
      await provider.disableSecret(issued.secret.id, CALL);
      expect(await verify(issued)).toMatchObject({ reason: 'DISABLED' });
      await provider.enableSecret(issued.secret.id, CALL);
      expect(await verify(issued)).toMatchObject({ valid: true });
    });

    test('EXPIRED, from that very moment', async () => {
      const issued = await issue({ expiresAt: new Date(clock.now().getTime() + HOUR) });
      clock.pass(HOUR - 1);
      expect(await verify(issued)).toMatchObject({ valid: true });
      clock.pass(1);
      expect(await verify(issued)).toMatchObject({ reason: 'EXPIRED' });
    });

    test('EXHAUSTED, after as many uses as it was given', async () => {
      const issued = await issue({ maxUses: 2 });
      expect([await verify(issued), await verify(issued)]).toMatchObject([{ valid: true }, { valid: true }]);
      expect(await verify(issued)).toMatchObject({ reason: 'EXHAUSTED', secret: { useCount: 2 } });
    });

    test('CLIENT_DISABLED, for its client and for its tenant', async () => {
      const issued = await issue();
      const { id } = issued.secret;
      await provider.updateClient(id, { enabled: false }, CALL);
      expect(await verify(issued)).toMatchObject({ reason: 'CLIENT_DISABLED' });
      await provider.updateClient(id, { enabled: true }, CALL);
      await provider.updateTenant(id, { enabled: false }, CALL);
      expect(await verify(issued)).toMatchObject({ reason: 'CLIENT_DISABLED' });
      await provider.updateTenant(id, { enabled: true }, CALL);
      expect(await verify(issued)).toMatchObject({ valid: true });
    });
  });

  test('of 1 000 verifications at once of a secret with one use, exactly one succeeds', async () => {
    const issued = await issue({ maxUses: 1 });
    const answers = await Promise.all(Array.from({ length: 1000 }, () => verify(issued)));
    expect(answers.filter(({ valid }) => valid).length).toBe(1);
    const others = answers.flatMap((answer) => (answer.valid ? [] : [answer.reason]));
    expect(new Set(others)).toEqual(new Set(['EXHAUSTED']));
    expect(others.length).toBe(999);
  }, 120_000);

  test('a client id or a value that was never issued is a mismatch, whatever is in it', async () => {
    const { clientId, value } = await issue();
    for (const odd of ['', '\0', "' or true --", clientId.toUpperCase(), '中'.repeat(1000)]) {
      expect(await verify({ clientId: odd, value })).toMatchObject({ reason: 'MISMATCH' });
      expect(await verify({ clientId, value: new SecretValue(odd) })).toMatchObject({ reason: 'MISMATCH' });
    }
  });

  test('a secret without a limit outlives what its count can hold', async () => {
    const issued = await issue();
    const { secret } = issued.secret.id;
    await open.store.db
      .update(localClientSecrets)
      .set({ useCount: 2 ** 31 - 1 })
      .where(eq(localClientSecrets.id, secret));
    expect(await verify(issued)).toMatchObject({ valid: true, secret: { useCount: 2 ** 31 - 1 } });
  });

  test('a kept value can be revealed until it is revoked; then it is gone from the database too', async () => {
    const kept = await provider.createSecret(
      (await open.newClient()).id,
      { ...NEW_SECRET, retrievable: true },
      CALL,
    );
    const revealed = await provider.revealSecret(kept.secret.id, CALL);
    expect(revealed.value.reveal()).toBe(kept.value.reveal());
    expect(revealed.clientId).toBe(kept.clientId);
    await provider.revokeSecret(kept.secret.id, CALL);
    await expect(provider.revealSecret(kept.secret.id, CALL)).rejects.toMatchObject({ code: 'conflict' });
    const rows = await open.store.db.select().from(localClientSecrets);
    expect(rows.find(({ id }) => id === kept.secret.id.secret)?.sealedValue).toBeNull();
  });

  test('a sealed value moved to another row does not open', async () => {
    const client = await open.newClient();
    const [one, two] = [
      await provider.createSecret(client.id, { ...NEW_SECRET, retrievable: true }, CALL),
      await provider.createSecret(client.id, { ...NEW_SECRET, retrievable: true }, CALL),
    ];
    const rows = await open.store.db.select().from(localClientSecrets);
    const sealed = rows.find(({ id }) => id === one.secret.id.secret)?.sealedValue ?? null;
    await open.store.db.update(localClientSecrets).set({ sealedValue: sealed });
    await expect(provider.revealSecret(two.secret.id, CALL)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('no row holds a value', async () => {
    const issued = [await issue(), await issue()];
    const text = JSON.stringify(await open.store.db.select().from(localClientSecrets));
    for (const { value } of issued) expect(text).not.toContain(value.reveal());
  });
});

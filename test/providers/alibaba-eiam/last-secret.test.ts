import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src/domain/duration.ts';
import { openAlibabaEiam, type Opened } from './open-alibaba-eiam.ts';

const after = ({ clock }: Opened, ms: number) => new Date(clock.now().getTime() + ms);

describe('no service is locked out', () => {
  const ENDS = ['disableSecret', 'revokeSecret'] as const;
  const LAST = { code: 'conflict', applied: 'no', hint: 'Rotate it, or disable or delete the application.' };

  describe.each(ENDS)('by %s', (end) => {
    test.each([
      ['alone', () => null],
      ['beside a disabled one', () => ({ status: 'disabled' as const })],
      ['beside one that has expired', (it: Opened) => ({ expiresAt: it.clock.now() })],
      [
        'beside one that is disabled and has not expired',
        (it: Opened) => ({ status: 'disabled' as const, expiresAt: after(it, DAY) }),
      ],
    ])('of one that works, %s', async (_, other) => {
      const it = await openAlibabaEiam();
      const of = it.seedClient();
      const { id, value } = it.seedSecret(of);
      const beside = other(it);
      if (beside !== null) it.seedSecret(of, beside);
      await expect(it.provider[end]!(id, it.call)).rejects.toMatchObject(LAST);
      expect(it.requests()).toEqual({ ListApplicationClientSecrets: 1 });
      expect(it.simulator.accepts(id, value)).toBe(true);
    });

    test('one that works ends while another one does', async () => {
      const it = await openAlibabaEiam();
      const of = it.seedClient();
      const { id, value } = it.seedSecret(of);
      const other = it.seedSecret(of, { expiresAt: after(it, MINUTE) });
      await it.provider[end]!(id, it.call);
      expect(it.simulator.accepts(id, value)).toBe(false);
      expect(it.simulator.accepts(other.id, other.value)).toBe(true);
    });

    test('one that has expired ends while the vendor has another to call enabled', async () => {
      const it = await openAlibabaEiam();
      const of = it.seedClient();
      const { id } = it.seedSecret(of, { expiresAt: it.clock.now() });
      const other = it.seedSecret(of, { expiresAt: it.clock.now() });
      await it.provider[end]!(id, it.call);
      await expect(it.provider[end]!(other.id, it.call)).rejects.toMatchObject(LAST);
    });

    test('of two at the same time the vendor refuses one', async () => {
      const it = await openAlibabaEiam();
      const of = it.seedClient();
      const ids = [it.seedSecret(of).id, it.seedSecret(of).id];
      const both = await Promise.allSettled(ids.map((id) => it.provider[end]!(id, it.call)));
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'rejected', applied: 'no' },
      });
    });
  });

  test('what is disabled may be revoked, and stays gone', async () => {
    const it = await openAlibabaEiam();
    const of = it.seedClient();
    it.seedSecret(of, { expiresAt: it.clock.now() });
    const { id } = it.seedSecret(of, { status: 'disabled' });
    expect(await it.provider.revokeSecret!(id, it.call)).toMatchObject({
      id,
      status: 'REVOKED',
      revokedAt: null,
    });
    await expect(it.provider.revokeSecret!(id, it.call)).rejects.toMatchObject({
      code: 'not_found',
      applied: 'no',
    });
  });

  test('what the vendor did not confirm is in doubt', async () => {
    const it = await openAlibabaEiam();
    const of = it.seedClient();
    const { id } = it.seedSecret(of);
    it.seedSecret(of);
    const body = { RequestId: 'x', Code: 'SomethingElse', Message: 'no' };
    const isDelete = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
      headers['x-acs-action'] === 'DeleteApplicationClientSecret';
    it.simulator.inject({ match: isDelete, kind: { status: 200, body } });
    await expect(it.provider.revokeSecret!(id, it.call)).rejects.toMatchObject({
      code: 'malformed',
      applied: 'maybe',
    });
    expect(await it.provider.getSecrets([id], it.call)).toMatchObject([{ status: 'ACTIVE' }]);
  });
});

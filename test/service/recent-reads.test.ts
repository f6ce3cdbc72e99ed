import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RoleGrant } from '../../src/domain/actor.ts';
import { DAY, MINUTE } from '../../src/domain/duration.ts';
import type { PageRequest } from '../../src/domain/page.ts';
import { disableClientSecret } from '../../src/service/disable-client-secret.ts';
import { revokeClientSecret } from '../../src/service/revoke-client-secret.ts';
import type { Session } from '../../src/service/session.ts';
import { TEST_DATABASES } from '../database.ts';
import { NO_KEY, rotating } from './rotating.ts';
import { ADMIN, CLIENT, issueSecret, openTestServices, type TestServices } from './test-services.ts';
import { createToy } from './toy-provider.ts';

const PAGE: PageRequest = { limit: 10, direction: 'forward', cursor: null, withTotal: false };
const SECRETS = { ...PAGE, status: null };
const QUIET = { signal: new AbortController().signal, requestId: 'test' };
const reader = (provider: string, tenant: string | null): readonly RoleGrant[] => [
  { role: 'READER', provider, tenant },
];

describe.each(TEST_DATABASES.slice(0, 1))('reads over what was read of late', (kind) => {
  let it: TestServices;
  beforeEach(async () => {
    it = await openTestServices(kind, { others: (clock) => [createToy('two', clock, {}, ['t1', 't2'])] });
  });
  afterEach(() => it.close());
  const { session, begin, statusOf, reread } = rotating(() => it);
  const sourceOf = async (as: Session, id: Parameters<Session['read']['secrets']>[0][number]) => {
    const [found] = await as.recent(null).secrets([id]);
    return found === null || found === undefined || found instanceof Error ? found : found.freshness.source;
  };

  test('are shared by all who may read the same', async () => {
    const { secret } = await issueSecret(session());
    expect(await sourceOf(it.as(ADMIN, 'one'), secret.id)).toBe('LIVE');
    expect(await sourceOf(it.as(reader('toy', 't'), 'two'), secret.id)).toBe('CACHE');
  });

  test('give nobody what he may not read, neither from memory nor of what is being asked', async () => {
    const { secret } = await issueSecret(session());
    const stranger = it.as(reader('two', 't1'), 'stranger');
    const asking = session().recent(null).secrets([secret.id]);
    expect(await sourceOf(stranger, secret.id)).toBeNull();
    await asking;
    expect(await sourceOf(stranger, secret.id)).toBeNull();
    const pages = (as: Session) => as.recent(null).listSecrets([CLIENT], SECRETS);
    expect(await pages(session())).toMatchObject([{ items: [{ node: { id: secret.id } }] }]);
    expect(await pages(stranger)).toMatchObject([{ items: [] }]);
  });

  test('show a viewer of one tenant no list that another was shown', async () => {
    const list = async (as: Session) =>
      (await as.recent(null).listTenants('two', PAGE)).items.map(({ node }) => node.id.tenant);
    const one = it.as(reader('two', 't1'), 'one');
    const other = it.as(reader('two', 't2'), 'other');
    const all = await Promise.all([list(session()), list(one), list(other)]);
    expect(all).toEqual([['t1', 't2'], ['t1'], ['t2']]);
    expect(await Promise.all([list(one), list(session()), list(other)])).toEqual([
      ['t1'],
      ['t1', 't2'],
      ['t2'],
    ]);
  });

  test('are live where nothing old is wanted, and always in `read`', async () => {
    const { secret } = await issueSecret(session());
    await session().recent(null).secrets([secret.id]);
    for (const reads of [session().read, session().recent(0)])
      expect(await reads.secrets([secret.id])).toMatchObject([{ freshness: { source: 'LIVE' } }]);
  });

  test('show what a write of ours has done at once, also one that failed in doubt', async () => {
    const { secret } = await issueSecret(session());
    const recent = () => session().recent(MINUTE).secrets([secret.id]);
    await recent();
    await disableClientSecret(session(), { id: secret.id, ...NO_KEY });
    expect(await recent()).toMatchObject([{ status: 'DISABLED', freshness: { source: 'LIVE' } }]);
    it.toy.fail('revokeSecret', 'lost');
    const revoking = revokeClientSecret(session(), { id: secret.id, reason: null, ...NO_KEY });
    await expect(revoking).rejects.toMatchObject({ applied: 'UNKNOWN' });
    expect(await recent()).toMatchObject([{ status: 'REVOKED', freshness: { source: 'LIVE' } }]);
  });

  test('show what the worker has done at once', async () => {
    const { old } = await begin();
    it.clock.pass(DAY);
    const recent = () => session().recent(MINUTE).secrets([old.id]);
    await recent();
    await it.work();
    expect(await recent()).toMatchObject([{ status: 'REVOKED', freshness: { source: 'LIVE' } }]);
  });

  test('are never what a rotation goes by: it ends nothing while the new secret does not work', async () => {
    const { old, rotation, issued } = await begin();
    it.clock.pass(DAY);
    await session().recent(null).secrets([old.id, issued.secret.id]);
    await it.toy.provider.disableSecret?.(issued.secret.id, QUIET);
    expect(await session().recent(null).secrets([issued.secret.id])).toMatchObject([{ status: 'ACTIVE' }]);
    await it.work();
    expect(statusOf(old.id)).toBe('ACTIVE');
    expect(await reread(rotation)).toMatchObject({ state: 'FAILED' });
  });

  test('are never what settles a write whose outcome is not known', async () => {
    const { secret } = await issueSecret(session());
    it.toy.fail('disableSecret', 'lost');
    const disabling = disableClientSecret(session(), { id: secret.id, ...NO_KEY });
    await expect(disabling).rejects.toMatchObject({ applied: 'UNKNOWN' });
    it.clock.pass(16 * MINUTE);
    await session().recent(null).secrets([secret.id]);
    await it.toy.provider.revokeSecret?.(secret.id, QUIET);
    expect(await session().recent(null).secrets([secret.id])).toMatchObject([{ status: 'DISABLED' }]);
    await it.work();
    const outcomes = (await it.trail()).filter(({ action }) => action === 'clientSecret.disable');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['STARTED', 'UNKNOWN', 'FAILED']);
  });
});

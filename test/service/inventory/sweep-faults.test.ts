import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/domain/duration.ts';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import { sweepDue } from '../../../src/service/inventory/sweep-due.ts';
import { sweepFailures } from '../../../src/service/inventory/sweep-failures.ts';
import type { Services } from '../../../src/service/services.ts';
import { findInventorySecrets } from '../../../src/store/inventory-find.ts';
import { noteSecrets } from '../../../src/store/inventory-note-secrets.ts';
import { noteTenantGone, noteTenants } from '../../../src/store/inventory-note-tenants.ts';
import { inventorySweeps } from '../../../src/store/tables/inventory.ts';
import { TEST_DATABASES } from '../../database.ts';
import { clientId, secretId, secretOf, TENANT, tenantOf } from '../../graphql/memory-session.ts';
import { openedToy, openTestServices, type TestServices } from '../test-services.ts';
import { sweptVendor, type SweptVendor } from './swept-vendor.ts';

describe.each(TEST_DATABASES)('what disturbs a sweep, on %s', (database) => {
  let it: TestServices;
  let at: SweptVendor;
  let services: Services;
  beforeEach(async () => {
    it = await openTestServices(database);
    at = sweptVendor();
    services = { ...it.services, providers: new Map([['local', openedToy(at.provider)]]) };
  });
  afterEach(() => it.close());

  const sweep = () => sweepDue(services, new AbortController().signal);
  const failures = () => sweepFailures(services, ['local'], { everything: true });

  test('what goes wrong in the gateway itself is told of, and tried again after a pause', async () => {
    at.meet = () => {
      throw new TypeError('what nobody thought of');
    };
    await sweep();
    expect(await failures()).toMatchObject([{ code: 'INTERNAL', retryable: false }]);
    expect(JSON.stringify(it.logged)).toContain('TypeError');
    at.asked.length = 0;
    await sweep();
    expect(at.asked).toEqual([]);
    at.meet = () => null;
    it.clock.pass(MINUTE);
    await sweep();
    expect(await failures()).toEqual([]);
  });

  test('many secrets that cannot be read do not hide that others are gone', async () => {
    const unread = Array.from({ length: 120 }, (_, n) => secretId(clientId(0), 200 + n));
    const gone = secretId(clientId(44), 999);
    // It comes behind the others, whatever they are ordered by.
    const now = it.clock.now();
    const early = { createdAt: now, expiresAt: new Date(now.getTime() + DAY) };
    const known = unread.map((id) => Object.assign(secretOf(id), early));
    await noteSecrets(it.store, [...known, { ...secretOf(gone), lastUsedAt: now }], now, 'look');
    it.clock.pass(HOUR);
    at.get = ({ client }) => (client === 'c000' ? new ProviderError('forbidden', 'Not these.') : null);
    await sweep();
    expect(await failures()).toMatchObject([{ code: 'PROVIDER_REJECTED', message: 'Not these.' }]);
    expect(await findInventorySecrets(it.store, [gone], it.clock.now())).toEqual([null]);
  });

  test('no job of a tenant that is gone is left when the list of them has been looked through', async () => {
    const id = { ...TENANT, tenant: 'gone' };
    await noteTenants(it.store, [tenantOf(id)], it.clock.now());
    await noteTenantGone(it.store, id, it.clock.now(), 'us');
    const dueAt = new Date(it.clock.now().getTime() + DAY);
    await it.store.db.insert(inventorySweeps).values({ ...id, dueAt });
    await sweep();
    const jobs = await it.store.db.select({ tenant: inventorySweeps.tenant }).from(inventorySweeps);
    expect(jobs.map(({ tenant }) => tenant).toSorted()).toEqual(['', 't']);
  });

  test('each step ends while its lease lasts, however long the vendor takes', async () => {
    const before = performance.now();
    await sweep();
    const ends = at.calls.map(({ endsAt = Infinity }) => endsAt);
    expect(ends.length).toBeGreaterThan(0);
    for (const end of ends) {
      expect(end).toBeGreaterThan(before);
      expect(end).toBeLessThan(performance.now() + 1.5 * MINUTE);
    }
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/duration.ts';
import { sweepDue } from '../../../src/service/inventory/sweep-due.ts';
import type { Services } from '../../../src/service/services.ts';
import { TEST_DATABASES } from '../../database.ts';
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

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/domain/duration.ts';
import { ProviderError, type ProviderErrorCode } from '../../../src/provider-kit/provider-error.ts';
import { sweepDue } from '../../../src/service/inventory/sweep-due.ts';
import { sweepFailures } from '../../../src/service/inventory/sweep-failures.ts';
import type { Services } from '../../../src/service/services.ts';
import { inventoryClients, inventorySecrets } from '../../../src/store/tables/inventory.ts';
import { TEST_DATABASES } from '../../database.ts';
import { openedToy, openTestServices, type TestServices } from '../test-services.ts';
import { sweptVendor, type SweptVendor } from './swept-vendor.ts';

describe.each(TEST_DATABASES)('sweeps, on %s', (database) => {
  let it: TestServices;
  let at: SweptVendor;
  let services: Services;
  beforeEach(async () => {
    it = await openTestServices(database);
    at = sweptVendor();
    services = { ...it.services, providers: new Map([['local', openedToy(at.provider)]]) };
  });
  afterEach(() => it.close());

  const sweep = (signal = new AbortController().signal) => sweepDue(services, signal);
  const counts = async () => [
    (await it.store.db.select().from(inventoryClients)).length,
    (await it.store.db.select().from(inventorySecrets)).length,
  ];
  const failures = () => sweepFailures(services, ['local'], { everything: true });
  const whole = ['tenants', 'clients', 'secrets c000+20', 'secrets c020+20', 'secrets c040+5'];

  test('45 clients cost one list of them, and one of secrets for each twenty; the next time is due later', async () => {
    await sweep();
    expect(at.asked).toEqual(whole);
    expect(await counts()).toEqual([45, 45]);
    expect(await failures()).toEqual([]);
    it.clock.pass(13 * MINUTE);
    await sweep();
    expect(at.asked).toEqual(whole);
    it.clock.pass(4 * MINUTE);
    await sweep();
    expect(at.asked.length).toBe(2 * whole.length);
  });

  test('one that is killed goes on where it was, in other hands, when its lease is over', async () => {
    at.meet = (client) => (client === 25 ? 'silence' : null);
    void sweep();
    await expect.poll(() => at.asked.at(-1)).toBe('secrets c020+20');
    at.asked.length = 0;
    at.meet = () => null;
    await sweep();
    expect(at.asked).toEqual([]);
    it.clock.pass(3 * MINUTE);
    await sweep();
    expect(at.asked).toEqual(['clients', 'secrets c020+20', 'secrets c040+5']);
    expect(await counts()).toEqual([45, 45]);
    expect(await failures()).toEqual([]);
  });

  test('one that is stopped is free for others at once', async () => {
    const stopping = new AbortController();
    at.meet = (client) => {
      if (client !== 25) return null;
      stopping.abort();
      return new ProviderError('aborted', 'The caller went away.');
    };
    await sweep(stopping.signal);
    at.meet = () => null;
    at.asked.length = 0;
    await sweep();
    expect(at.asked).toEqual(['clients', 'secrets c020+20', 'secrets c040+5']);
    expect(await failures()).toEqual([]);
  });

  test('a vendor that has had too many requests is left alone for as long as it says, then asked in small steps', async () => {
    at.meet = (client) =>
      client === 20 ? new ProviderError('rate_limited', 'Too many.', { retryAfterMs: MINUTE }) : null;
    const since = it.clock.now();
    await sweep();
    expect(await failures()).toEqual([
      { provider: 'local', code: 'RATE_LIMITED', message: 'Too many.', retryable: true, since },
    ]);
    at.meet = () => null;
    at.asked.length = 0;
    it.clock.pass(59 * SECOND);
    await sweep();
    expect(at.asked).toEqual([]);
    it.clock.pass(SECOND);
    await sweep();
    expect(at.asked).toEqual(['clients', 'secrets c020+1', 'secrets c021+20', 'secrets c041+4']);
    expect(await counts()).toEqual([45, 45]);
    expect(await failures()).toEqual([]);
  });

  test.each<[ProviderErrorCode, string]>([
    ['forbidden', 'PROVIDER_REJECTED'],
    ['malformed', 'PROVIDER_UNAVAILABLE'],
    ['invalid_input', 'PROVIDER_REJECTED'],
  ])(
    'a client whose secrets cannot be read, %s, keeps no other back, and is told of',
    async (thrown, code) => {
      at.meet = (client) => (client === 7 ? new ProviderError(thrown, 'Not this one.') : null);
      await sweep();
      expect(at.asked).toEqual(whole);
      expect(await counts()).toEqual([45, 44]);
      expect(await failures()).toMatchObject([{ code, message: 'Not this one.' }]);
    },
  );

  test('one at which the vendor fails again and again is passed over in the end', async () => {
    at.meet = (client) => (client === 7 ? new ProviderError('unavailable', 'It is down.') : null);
    for (let round = 0; round < 20; round += 1) {
      await sweep();
      it.clock.pass(10 * MINUTE);
    }
    expect(await counts()).toEqual([45, 44]);
    expect(await failures()).toMatchObject([{ code: 'PROVIDER_UNAVAILABLE', message: 'It is down.' }]);
  });

  test.each([1, 99])('a cursor that is refused, %i times, lets it begin anew once', async (times) => {
    let refusals = 0;
    at.secrets = (client) => (client === 25 ? 150 : 1);
    at.meet = (_, cursor) => {
      if (cursor === null || refusals === times) return null;
      refusals += 1;
      return new ProviderError('invalid_input', 'after: is no cursor of this list');
    };
    await sweep();
    expect(await failures()).toMatchObject([{ code: 'PROVIDER_REJECTED', message: NO_LONGER_KNOWN }]);
    it.clock.pass(MINUTE);
    at.asked.length = 0;
    await sweep();
    expect(at.asked.slice(0, 2)).toEqual(['clients', 'secrets c000+1']);
    it.clock.pass(MINUTE);
    await sweep();
    expect(await counts()).toEqual([45, 44 + (times === 1 ? 150 : 100)]);
    const left = times === 1 ? [] : [{ code: 'PROVIDER_REJECTED', message: NO_LONGER_KNOWN }];
    expect(await failures()).toMatchObject(left);
    at.asked.length = 0;
    it.clock.pass(MINUTE);
    await sweep();
    expect(at.asked).toEqual([]);
  });
});

const NO_LONGER_KNOWN = 'The provider no longer knows where the last look had come to.';

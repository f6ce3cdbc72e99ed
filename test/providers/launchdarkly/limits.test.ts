import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/domain/duration.ts';
import { pauseMs, quotaAfter, waitMs } from '../../../src/providers/launchdarkly/classify.ts';
import { FIRST_PAGE, openLaunchDarkly } from './open-launchdarkly.ts';

const NOW = new Date('2026-05-01T09:30:00.000Z');
const at = (ms: number) => String(NOW.getTime() + ms);
const limited = (headers: Record<string, string>, status = 429) => ({ status, headers, json: {} });
const WINDOW = 10 * SECOND;
const LEFT = { 'x-ratelimit-global-remaining': '7', 'x-ratelimit-route-remaining': '3' };
const GLOBAL = { ...LEFT, 'x-ratelimit-global-remaining': '0' };
const ROUTE = { ...LEFT, 'x-ratelimit-route-remaining': '0' };

describe('how long a 429 asks to wait', () => {
  test.each<[string, Record<string, string>, number]>([
    ['Retry-After, before all else', { 'retry-after': '90', 'x-ratelimit-reset': at(SECOND) }, 90 * SECOND],
    ['until the reset', { 'x-ratelimit-reset': at(4 * SECOND) }, 4 * SECOND],
    ['a little, where the reset is past', { 'x-ratelimit-reset': at(-MINUTE) }, SECOND],
    ['no longer than a window, whatever the clocks say', { 'x-ratelimit-reset': at(MINUTE) }, WINDOW],
    ['a window, where nothing is said', {}, WINDOW],
    ['a window, where it makes no sense', { 'x-ratelimit-reset': 'soon', 'retry-after': 'x' }, WINDOW],
  ])('%s', (_, headers, ms) => {
    expect(waitMs(limited(headers), NOW)).toBe(ms);
  });
});

describe('for how long the account takes nothing more', () => {
  test.each<[string, number, Record<string, string>, number | null]>([
    ['there is some left', 200, LEFT, null],
    ['nothing is said', 200, {}, null],
    ['this was the last', 200, { ...GLOBAL, 'x-ratelimit-reset': at(3 * SECOND) }, 3 * SECOND],
    ['this was the last, until nobody knows when', 200, GLOBAL, WINDOW],
    ['this was one too many', 429, { ...GLOBAL, 'x-ratelimit-reset': at(3 * SECOND) }, 3 * SECOND],
    ['the route takes no more', 429, { ...ROUTE, 'x-ratelimit-reset': at(3 * SECOND) }, null],
    ['this was the last of the route', 200, ROUTE, null],
    ['the address is limited', 429, { 'retry-after': '30' }, 30 * SECOND],
    ['the address is limited for long', 429, { 'retry-after': '3600' }, MINUTE],
    ['a 429 says nothing', 429, {}, WINDOW],
  ])('%s', (_, status, headers, ms) => {
    expect(pauseMs(limited(headers, status), NOW)).toBe(ms);
  });
});

test.each<[string, Record<string, string>, object | null]>([
  ['until the reset', { ...LEFT, 'x-ratelimit-reset': at(3 * SECOND) }, { left: 7, resetMs: 3 * SECOND }],
  ['for a window, where it does not say', LEFT, { left: 7, resetMs: WINDOW }],
  ['of which it tells nothing', {}, null],
])('how many requests the account has left, %s', (_, headers, quota) => {
  expect(quotaAfter(limited(headers, 200), NOW)).toEqual(quota);
});

describe('an account with limits', () => {
  test('is left alone once its window is used up, and asked again in the next', async () => {
    const it = await openLaunchDarkly({ limits: { global: 3, route: 100 } });
    const { client } = it.seedToken();
    const read = async () => (await it.provider.getClients([client], it.call))[0];
    expect([await read(), await read()]).toMatchObject([{ id: client }, { id: client }]);
    const before = it.simulator.requests.length;
    const refused = await read();
    expect(refused).toMatchObject({ code: 'rate_limited', applied: 'no' });
    expect(refused).toHaveProperty('retryAfterMs', 10_000 - (it.clock.now().getTime() % 10_000));
    expect(it.simulator.requests.length).toBe(before);
    it.clock.pass(WINDOW);
    expect(await read()).toMatchObject({ id: client });
  });

  test('a route that takes no more is no reason to leave the others', async () => {
    const it = await openLaunchDarkly({ limits: { global: 100, route: 2 } });
    const { client } = it.seedToken();
    const read = async () => (await it.provider.getClients([client], it.call))[0];
    await read();
    await read();
    expect(await read()).toMatchObject({ code: 'rate_limited' });
    const [members] = await it.provider.listIdentities([it.tenant], FIRST_PAGE, it.call);
    expect(members).toMatchObject({ totalCount: 2 });
  });

  test('an address that sends too much waits as long as it is told', async () => {
    const it = await openLaunchDarkly({ limits: { global: 100, route: 100, address: 2 } });
    const { client } = it.seedToken();
    const read = async () => (await it.provider.getClients([client], it.call))[0];
    await read();
    const left = Math.ceil((10_000 - (it.clock.now().getTime() % 10_000)) / SECOND) * SECOND;
    expect(await read()).toMatchObject({ code: 'rate_limited', retryAfterMs: left });
  });
});

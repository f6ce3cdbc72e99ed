import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/duration.ts';
import { SecretValue } from '../../../src/domain/secret-value.ts';
import { signedBy } from '../../../src/providers/zstack/connection.ts';
import { testClock } from '../../test-clock.ts';
import { FIRST_PAGE, JOB, LIST, openZstack, replacement, UPDATE } from './open-zstack.ts';

describe('an access key', () => {
  test('signs method, date and path after /zstack, and not the query', () => {
    const key = {
      id: 'mO6W9gzCQxsfK6OsE7dg',
      secret: new SecretValue('Z1B3KVQlGqeaxcpeP7rVTaPZIHUWSdN4vWnFhtgq'),
    };
    const sign = signedBy(key, testClock('2017-11-14T22:20:57.000Z'));
    const request = { method: 'GET', path: '/zstack/v1/accounts', query: { q: 'uuid?=a' } } as const;
    // printf 'GET\nTue, 14 Nov 2017 22:20:57 GMT\n/v1/accounts' | openssl dgst -sha1 -hmac <secret> -binary | base64
    expect(sign(request)).toEqual({
      authorization: 'ZStack mO6W9gzCQxsfK6OsE7dg:H3XX1WBhGKI08XJtBQouXzkm4EQ=',
      date: 'Tue, 14 Nov 2017 22:20:57 GMT',
    });
  });

  test('needs no login, for reads and writes and the polls of their jobs', async () => {
    const it = await openZstack({ form: 'access key' });
    const { id } = it.seedSecret();
    it.simulator.settings.pollsUntilDone = 2;
    await it.provider.replaceSecret?.(id, replacement('new'), it.call);
    expect(it.requests()).toEqual({ [LIST]: 1, [UPDATE]: 1, [JOB]: 3 });
    expect(it.simulator.client(id.client)?.secret).toBe('new');
  });

  test('signs each try anew, so that a pause between two does not outdate it', async () => {
    const it = await openZstack({ form: 'access key' });
    it.simulator.inject({ kind: 'reset' });
    it.simulator.inject({ kind: { status: 502 } });
    const asked = it.provider.listTenants(FIRST_PAGE, it.call);
    await expect.poll(() => it.simulator.requests.length, { interval: 1 }).toBeGreaterThan(0);
    it.clock.pass(20 * MINUTE);
    await asked;
    const dates = it.simulator.requests.map(({ headers }) => headers['date']);
    expect(dates.at(-1)).toBe(it.clock.now().toUTCString());
  });

  test('is taken while the clocks differ by a quarter of an hour at most; then the hint says why', async () => {
    const near = await openZstack({ form: 'access key', aheadMs: 15 * MINUTE });
    await near.provider.listTenants(FIRST_PAGE, near.call);
    const far = await openZstack({ form: 'access key', aheadMs: 16 * MINUTE });
    await expect(far.provider.listTenants(FIRST_PAGE, far.call)).rejects.toMatchObject({
      code: 'forbidden',
      hint: expect.stringContaining('15 minutes'),
    });
    expect(far.requests()).toEqual({ [LIST]: 1 });
  });

  test('that is wrong is refused, and stands in no error', async () => {
    const it = await openZstack({ form: 'access key', accessKeySecret: 'wrong-7be1' });
    const error: unknown = await it.provider
      .listTenants(FIRST_PAGE, it.call)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'forbidden' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('7be1');
  });
});

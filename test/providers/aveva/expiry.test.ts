import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/provider-kit/simulator-fault.ts';
import { NEW_SECRET } from '../../conformance/answers.ts';
import { listed, openAveva } from './open-aveva.ts';

const isList: Fault['match'] = ({ method, path }) => method === 'GET' && path.endsWith('/Secrets');

describe('a secret without an end', () => {
  test('says so in v1', async () => {
    const it = await openAveva();
    const client = it.seedClient();
    const { secret } = await it.provider.createSecret(client, NEW_SECRET, it.call);
    expect(secret).toMatchObject({ expiresAt: null, status: 'ACTIVE' });
    expect(it.simulator.letsIn(client.client.slice(3), 'x')).toBe(false);
  });

  test('is not to be had through v1-preview, and nothing is sent', async () => {
    const it = await openAveva({ dialect: 'v1-preview' });
    await expect(it.provider.createSecret(it.seedClient(), NEW_SECRET, it.call)).rejects.toMatchObject({
      code: 'unsupported',
      applied: 'no',
      hint: expect.stringContaining('expire'),
    });
    expect(it.requests()).toEqual({});
  });
});

describe('dates', () => {
  test.each([
    ['2026-06-06T11:39:54.7628819-08:00', '2026-06-06T19:39:54.762Z'],
    ['2026-06-06T11:39:54.458818-08:00', '2026-06-06T19:39:54.458Z'],
    ['2026-06-06T11:39:54.7+05:30', '2026-06-06T06:09:54.700Z'],
    ['2026-12-31T23:59:59Z', '2026-12-31T23:59:59.000Z'],
    ['2026-12-31T23:59:59.1234567Z', '2026-12-31T23:59:59.123Z'],
  ])('%s is %s', async (Expiration, expected) => {
    const it = await openAveva();
    const client = it.seedClient();
    it.simulator.inject({ match: isList, kind: { status: 200, body: [{ Id: 7, Expiration }] } });
    expect(await listed(it, client)).toMatchObject([{ id: { secret: '7' }, expiresAt: new Date(expected) }]);
  });

  test.each([
    [{ Id: 7 }, null],
    [{ Id: 7, Expiration: null, Expires: null }, null],
    [{ Id: 7, Expires: false }, null],
    [{ Id: 7, Expires: false, Expiration: '2026-12-31T23:59:59Z' }, null],
    [{ Id: 7, Expires: null, Expiration: '2026-12-31T23:59:59Z' }, new Date('2026-12-31T23:59:59Z')],
    [{ Id: 7, Expiration: '2026-12-31T23:59:59Z' }, new Date('2026-12-31T23:59:59Z')],
  ])('what is left out is null: %j', async (told, expiresAt) => {
    const it = await openAveva();
    const client = it.seedClient();
    it.simulator.inject({ match: isList, kind: { status: 200, body: [told] } });
    expect(await listed(it, client)).toMatchObject([{ expiresAt, description: null, status: 'ACTIVE' }]);
  });

  test('are sent in UTC, with the flag that goes with them', async () => {
    const it = await openAveva();
    const expiresAt = new Date('2026-06-01T02:00:00+02:00');
    const { secret } = await it.provider.createSecret(it.seedClient(), { ...NEW_SECRET, expiresAt }, it.call);
    expect(secret.expiresAt).toEqual(new Date('2026-06-01T00:00:00Z'));
  });
});

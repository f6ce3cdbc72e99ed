import { expect, it } from 'vitest';
import { DAY, SECOND } from '../../src/domain/duration.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { lifetimeMs, refuseOwnValue } from '../../src/provider-kit/new-secret-fields.ts';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const ahead = (ms: number) => new Date(NOW.getTime() + ms);
const refused = (field: string, message: string) =>
  expect.objectContaining({ code: 'invalid_input', fields: [{ path: [field], message }] });

it('a lifetime within the bounds, and none', () => {
  const bounds = { minMs: SECOND, maxMs: DAY };
  expect([SECOND, DAY].map((ms) => lifetimeMs(ahead(ms), bounds, NOW))).toEqual([SECOND, DAY]);
  expect(lifetimeMs(null, bounds, NOW)).toBeNull();
  expect(lifetimeMs(ahead(1), { minMs: null, maxMs: null }, NOW)).toBe(1);
});

it.each([
  [SECOND - 1, { minMs: SECOND, maxMs: DAY }, 'must lie PT1S to P1D ahead'],
  [DAY + 1, { minMs: SECOND, maxMs: DAY }, 'must lie PT1S to P1D ahead'],
  [0, { minMs: null, maxMs: null }, 'must lie PT0.001S or more ahead'],
  [NaN, { minMs: null, maxMs: null }, 'must lie PT0.001S or more ahead'],
])('%d ms of %j is refused', (ms, bounds, message) => {
  expect(() => lifetimeMs(ahead(ms), bounds, NOW)).toThrow(refused('expiresAt', message));
});

it('a value of the caller’s own, or one that is kept, is refused', () => {
  for (const retrievable of [null, false])
    expect(() => refuseOwnValue({ value: null, retrievable }, 'Acme')).not.toThrow();
  expect(() => refuseOwnValue({ value: new SecretValue('canary'), retrievable: null }, 'Acme')).toThrow(
    refused('value', 'Acme makes the value itself; leave it out'),
  );
  expect(() => refuseOwnValue({ value: null, retrievable: true }, 'Acme')).toThrow(
    refused('retrievable', 'Acme shows a value only once; leave it out'),
  );
});

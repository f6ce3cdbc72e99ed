import { describe, expect, test } from 'vitest';
import type { ClientSecret, ClientSecretStatus } from '../../src/domain/client-secret.ts';
import { DAY, HOUR, MINUTE } from '../../src/domain/duration.ts';
import {
  advance,
  planRotation,
  retirement,
  retryDelayMs,
  ROTATION_STATES,
  type Rotation,
  type RotationEvent,
} from '../../src/domain/rotation.ts';

const now = new Date('2026-11-21T12:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const id = { provider: 'p', tenant: 't', client: 'c', secret: 'old' };
const newId = { ...id, secret: 'new' };

const secret = (status: ClientSecretStatus, expiresAt: Date | null = null): ClientSecret => ({
  id,
  status,
  expiresAt,
  description: null,
  hint: null,
  createdAt: null,
  updatedAt: null,
  lastUsedAt: null,
  revokedAt: null,
  useCount: null,
  maxUses: null,
  retrievable: false,
  attributes: {},
  freshness: { asOf: now, source: 'LIVE' },
});

describe('the plan of a rotation', () => {
  const facts = { secrets: [secret('ACTIVE')], maxActiveSecrets: null, overlapMs: DAY, now };

  test('the old secret ends when the overlap does', () => {
    expect(planRotation({ ...facts, old: secret('ACTIVE') })).toEqual({
      possible: true,
      retireAt: after(DAY),
    });
  });

  test('and never after its own expiry', () => {
    const old = secret('ACTIVE', after(HOUR));
    expect(planRotation({ ...facts, old })).toEqual({ possible: true, retireAt: after(HOUR) });
  });

  test('an overlap of zero ends it now', () => {
    expect(planRotation({ ...facts, old: secret('ACTIVE'), overlapMs: 0 })).toEqual({
      possible: true,
      retireAt: now,
    });
  });

  test.each(['REVOKED', 'EXPIRED', 'EXHAUSTED'] as const)('a secret that is %s is not rotated', (status) => {
    expect(planRotation({ ...facts, old: secret(status) })).toEqual({
      possible: false,
      because: 'old-not-live',
    });
  });

  test('there has to be room for a second one', () => {
    const full = { ...facts, old: secret('ACTIVE'), maxActiveSecrets: 2 };
    expect(planRotation({ ...full, secrets: [secret('ACTIVE'), secret('DISABLED')] })).toEqual({
      possible: false,
      because: 'no-room',
      limit: 2,
    });
    expect(planRotation({ ...full, secrets: [secret('ACTIVE'), secret('REVOKED')] }).possible).toBe(true);
  });
});

const rotation = (part: Partial<Rotation>): Rotation => ({
  id: 'r',
  operationId: 'o',
  state: 'ISSUING',
  oldSecret: id,
  newSecret: null,
  startedAt: now,
  retireAt: null,
  completedAt: null,
  attempts: 0,
  lastError: null,
  keep: null,
  oldExpiresAt: null,
  ...part,
});

const events: readonly RotationEvent[] = [
  { type: 'made', newSecret: newId, retireAt: after(DAY) },
  { type: 'handedOver' },
  { type: 'issueFailed', error: 'no', at: now },
  { type: 'retire' },
  { type: 'cancel', keep: 'OLD' },
  { type: 'retired', at: now },
  { type: 'retireFailed', error: 'no' },
  { type: 'abandoned', error: 'no', at: now },
];

test('which event leads where; everything else cannot happen', () => {
  const table = Object.fromEntries(
    ROTATION_STATES.map((state) => [
      state,
      Object.fromEntries(
        events.flatMap((event) => {
          const next = advance(rotation({ state }), event);
          return next === null ? [] : [[event.type, next.state]];
        }),
      ),
    ]),
  );
  expect(table).toEqual({
    ISSUING: { made: 'ISSUING', issueFailed: 'FAILED' },
    OVERLAPPING: { retire: 'RETIRING', cancel: 'RETIRING' },
    RETIRING: { retired: 'COMPLETED', retireFailed: 'RETIRING', abandoned: 'FAILED' },
    COMPLETED: {},
    CANCELLED: {},
    FAILED: {},
  });
});

test('it overlaps only once there is a new secret and its value is handed over', () => {
  const made = advance(rotation({}), { type: 'made', newSecret: newId, retireAt: after(DAY) });
  expect(made).toMatchObject({ state: 'ISSUING', newSecret: newId, retireAt: after(DAY) });
  expect(made && advance(made, { type: 'handedOver' })).toMatchObject({ state: 'OVERLAPPING' });
  expect(made && advance(made, { type: 'issueFailed', error: 'no', at: now })).toMatchObject({
    state: 'FAILED',
  });
});

test('a cancelled rotation ends as cancelled, whatever it keeps', () => {
  for (const keep of ['OLD', 'NEW', 'BOTH'] as const) {
    const retiring = rotation({ state: 'RETIRING', newSecret: newId, keep });
    expect(advance(retiring, { type: 'retired', at: now })).toMatchObject({
      state: 'CANCELLED',
      completedAt: now,
    });
  }
});

test('failed tries are counted, and the last error is kept until it works', () => {
  const failed = advance(rotation({ state: 'RETIRING' }), { type: 'retireFailed', error: 'down' });
  expect(failed).toMatchObject({ state: 'RETIRING', attempts: 1, lastError: 'down' });
  expect(failed && advance(failed, { type: 'retired', at: now })).toMatchObject({
    attempts: 1,
    lastError: null,
  });
});

test('which secret ends, and which one has to work for that', () => {
  const open = { newSecret: newId };
  expect(retirement(rotation({}))).toBeNull();
  expect(retirement(rotation(open))).toEqual({ ends: id, stays: newId });
  expect(retirement(rotation({ ...open, keep: 'NEW' }))).toEqual({ ends: id, stays: newId });
  expect(retirement(rotation({ ...open, keep: 'OLD' }))).toEqual({ ends: newId, stays: id });
  expect(retirement(rotation({ ...open, keep: 'BOTH' }))).toBeNull();
});

test('tries come a minute apart, then two, and never more than an hour', () => {
  expect([1, 2, 3, 7, 50].map(retryDelayMs)).toEqual([MINUTE, 2 * MINUTE, 4 * MINUTE, HOUR, HOUR]);
});

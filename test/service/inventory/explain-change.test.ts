import { expect, test } from 'vitest';
import type { AuditEvent, AuditOutcome } from '../../../src/domain/audit-event.ts';
import { HOUR, MINUTE } from '../../../src/domain/duration.ts';
import { encodeGlobalId } from '../../../src/domain/ids.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Rotation } from '../../../src/domain/rotation.ts';
import { explains } from '../../../src/service/inventory/explain-change.ts';
import type { SeenChange } from '../../../src/service/inventory/seen-change.ts';
import { ROTATION } from '../../graphql/memory-session.ts';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');
const tenant = { provider: 'aveva', tenant: 't' };
const client = { ...tenant, client: 'c' };
const secret = { ...client, secret: 's' };
const [TENANT, CLIENT, SECRET] = [
  encodeGlobalId('Tenant', tenant),
  encodeGlobalId('Client', client),
  encodeGlobalId('ClientSecret', secret),
];
const OTHER = encodeGlobalId('ClientSecret', { ...client, secret: 'other' });
const ELSEWHERE = encodeGlobalId('Client', { ...tenant, client: 'elsewhere' });
const rotation: Rotation = {
  ...ROTATION,
  id: 'r',
  oldSecret: { ...client, secret: 'other' },
  newSecret: secret,
};

/** An operation that began so many milliseconds after noon. Null outcome: none is on record. */
function operation(
  action: string,
  on: string | null,
  outcome: Exclude<AuditOutcome, 'STARTED'> | null = 'SUCCEEDED',
  { made = on, ms = 0 }: { readonly made?: string | null; readonly ms?: number } = {},
): readonly AuditEvent[] {
  const event = {
    id: `${action}-${ms}`,
    sequence: 1,
    operationId: `${action}-${ms}`,
    at: new Date(NOON + ms),
    actorId: 'token:1',
    actor: 'test',
    action,
    subject: on,
    ...tenant,
    code: null,
    requestId: 'request',
    vendorRequestId: null,
    reason: null,
    hash: '',
  };
  const intent = { ...event, outcome: 'STARTED' } as const;
  return outcome === null ? [intent] : [intent, { ...event, outcome, subject: made }];
}

/** Looked at at noon, and again an hour later. */
const CHANGE: SeenChange = {
  kind: 'CHANGED',
  client,
  secret,
  identity: { ...tenant, identity: 'i' },
  before: { description: 'a' },
  lookedAt: new Date(NOON),
  seenAt: new Date(NOON + HOUR),
};
const ADDED: SeenChange = { ...CHANGE, kind: 'ADDED', before: null, lookedAt: null };
const ENDED: SeenChange = { ...CHANGE, before: { status: 'ACTIVE', revokedAt: null } };
const MOVED: SeenChange = { ...CHANGE, kind: 'EXPIRY_MOVED', before: { expiresAt: null } };
const OF_CLIENT: SeenChange = { ...CHANGE, secret: null };
/** It is gone, and was this. */
const removed = (before: JsonObject): SeenChange => ({ ...CHANGE, kind: 'REMOVED', before });
const lately = { ms: 50 * MINUTE };

test.each<[string, boolean, SeenChange, readonly AuditEvent[], Rotation?]>([
  ['nothing on record', false, CHANGE, []],
  ['that it had been active', false, removed({ status: 'ACTIVE' }), []],
  ['that it had been disabled', false, removed({ status: 'DISABLED' }), []],
  ['that it had been revoked', true, removed({ status: 'REVOKED' }), []],
  ['that it had expired', true, removed({ status: 'EXPIRED' }), []],
  [
    'that its end had passed',
    true,
    removed({ status: 'ACTIVE', expiresAt: new Date(NOON).toISOString() }),
    [],
  ],
  [
    'that it was to end later',
    false,
    removed({ status: 'ACTIVE', expiresAt: new Date(NOON + 2 * HOUR).toISOString() }),
    [],
  ],
  ['that, of a client', false, { ...removed({ status: 'REVOKED' }), secret: null }, []],
  ['that it had been revoked, and is active', false, { ...CHANGE, before: { status: 'REVOKED' } }, []],
  ['an update of the secret', true, CHANGE, operation('clientSecret.update', SECRET)],
  ['one of another secret', false, CHANGE, operation('clientSecret.update', OTHER)],
  ['one that had to do with its status', false, ENDED, operation('clientSecret.update', SECRET)],
  ['one that moved its end', true, MOVED, operation('clientSecret.update', SECRET)],
  ['its revocation', true, ENDED, operation('clientSecret.revoke', SECRET)],
  ['its revocation, and its end moved', false, MOVED, operation('clientSecret.revoke', SECRET)],
  [
    'its revocation, and it is described otherwise',
    false,
    { ...ENDED, before: { ...ENDED.before, description: 'a' } },
    operation('clientSecret.revoke', SECRET),
  ],
  [
    'its revocation and an update',
    true,
    { ...ENDED, before: { ...ENDED.before, description: 'a' } },
    [...operation('clientSecret.revoke', SECRET), ...operation('clientSecret.update', SECRET)],
  ],
  [
    'its revocation, which first showed it',
    false,
    ADDED,
    operation('clientSecret.revoke', SECRET, 'SUCCEEDED', lately),
  ],
  ['an update of the client that changed', true, OF_CLIENT, operation('client.update', CLIENT)],
  ['an update of its client', false, CHANGE, operation('client.update', CLIENT)],
  ['an update of another client', false, OF_CLIENT, operation('client.update', ELSEWHERE)],
  ['one that was denied', false, CHANGE, operation('clientSecret.update', SECRET, 'DENIED')],
  ['one that failed', false, CHANGE, operation('clientSecret.update', SECRET, 'FAILED')],
  ['one of which nobody knows', true, CHANGE, operation('clientSecret.update', SECRET, 'UNKNOWN')],
  ['one that never ended', true, CHANGE, operation('clientSecret.update', SECRET, null)],
  [
    'one just before the look before it',
    true,
    CHANGE,
    operation('clientSecret.update', SECRET, 'SUCCEEDED', { ms: -15 * MINUTE }),
  ],
  [
    'one long before it',
    false,
    CHANGE,
    operation('clientSecret.update', SECRET, 'SUCCEEDED', { ms: -16 * MINUTE }),
  ],
  [
    'one by a clock that is ahead',
    true,
    CHANGE,
    operation('clientSecret.update', SECRET, 'SUCCEEDED', { ms: 62 * MINUTE }),
  ],
  ['one after it', false, CHANGE, operation('clientSecret.update', SECRET, 'SUCCEEDED', { ms: 63 * MINUTE })],
  [
    'the creation of it',
    true,
    ADDED,
    operation('clientSecret.create', CLIENT, 'SUCCEEDED', { made: SECRET, ...lately }),
  ],
  [
    'the creation of another',
    false,
    ADDED,
    operation('clientSecret.create', CLIENT, 'SUCCEEDED', { made: OTHER, ...lately }),
  ],
  [
    'a creation of which nobody knows',
    true,
    ADDED,
    operation('clientSecret.create', CLIENT, 'UNKNOWN', lately),
  ],
  [
    'the creation of a secret of the client that changed',
    false,
    OF_CLIENT,
    operation('clientSecret.create', CLIENT, 'SUCCEEDED', { made: SECRET }),
  ],
  [
    'the creation of its client',
    true,
    ADDED,
    operation('client.create', TENANT, 'SUCCEEDED', { made: CLIENT, ms: 59 * MINUTE }),
  ],
  [
    'that, long before it was seen',
    false,
    ADDED,
    operation('client.create', TENANT, 'SUCCEEDED', { made: CLIENT, ...lately }),
  ],
  [
    'the creation of another client',
    false,
    ADDED,
    operation('client.create', TENANT, 'SUCCEEDED', { made: ELSEWHERE, ...lately }),
  ],
  [
    'the creation of a client of which nobody knows',
    true,
    { ...ADDED, secret: null },
    operation('client.create', TENANT, 'UNKNOWN', lately),
  ],
  [
    'that, of a client that had been there',
    false,
    OF_CLIENT,
    operation('client.create', TENANT, 'UNKNOWN', lately),
  ],
  ['the deletion of its client', true, removed({ status: 'ACTIVE' }), operation('client.delete', CLIENT)],
  ['the deletion of its tenant', true, removed({ status: 'ACTIVE' }), operation('tenant.delete', TENANT)],
  [
    'the end of a rotation that it is the new secret of',
    true,
    ENDED,
    operation('rotation.retire', id('r')),
    rotation,
  ],
  ['the end of another rotation', false, ENDED, operation('rotation.retire', id('r2')), rotation],
  [
    'a rotation that failed, and moved its end first',
    true,
    MOVED,
    operation('rotation.cancel', id('r'), 'FAILED'),
    rotation,
  ],
  [
    'the rotation that made it',
    true,
    ADDED,
    operation('clientSecret.rotate', OTHER, 'SUCCEEDED', lately),
    rotation,
  ],
  [
    'a rotation that made another',
    false,
    ADDED,
    operation('clientSecret.rotate', OTHER, 'SUCCEEDED', lately),
    { ...rotation, newSecret: { ...client, secret: 'third' } },
  ],
  [
    'a rotation of which nobody knows what it made',
    true,
    ADDED,
    operation('clientSecret.rotate', OTHER, 'UNKNOWN', lately),
    { ...rotation, newSecret: null },
  ],
  [
    'a rotation, of a change of the client',
    false,
    OF_CLIENT,
    operation('rotation.retire', id('r')),
    rotation,
  ],
])('%s explains a change: %s', (_, expected, change, events, rotation) => {
  const rotations = rotation === undefined ? [] : [rotation];
  expect(explains({ events, rotations, clientsGoWithSecrets: false }, change)).toBe(expected);
});

function id(of: string): string {
  return encodeGlobalId('Rotation', { id: of });
}

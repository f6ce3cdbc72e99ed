import { describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { ask } from './ask.ts';
import { clientId, memorySession, secretId, TENANT } from './memory-session.ts';

const tenant = encodeGlobalId('Tenant', TENANT);
const client = encodeGlobalId('Client', clientId(0));
const id = encodeGlobalId('ClientSecret', secretId(clientId(0), 0));
const long = (length: number) => 'x'.repeat(length);

/** What is wrong with an input, as `path: message`, in the order of the answer. */
async function faultsOf(verb: string, input: Record<string, unknown>) {
  const session = memorySession();
  const type = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}Input`;
  const { data, errors, text } = await ask<Record<string, { fields: { path: string[]; message: string }[] }>>(
    `mutation($input: ${type}!) { ${verb}(input: $input) {
      ... on InvalidInputError { code retryable fields { path message } } } }`,
    { input },
    session,
  );
  expect(errors).toEqual([]);
  expect(session.writes).toEqual([]);
  const { fields, ...rest } = data?.[verb] ?? { fields: [] };
  expect(rest).toEqual({ code: 'BAD_USER_INPUT', retryable: false });
  return { faults: fields.map(({ path, message }) => `${path.join('.')}: ${message}`), text };
}

const DURATION = 'must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as P30D';
const URI = 'must be an absolute URI without a fragment';
const NULL = 'cannot be cleared; leave it out to keep it as it is';
const JSON_SIZE = 'must have at most 16384 characters of JSON in 16 levels';

describe('an input that breaks a rule is refused, with the field named', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['createTenant', 'input.name: must not be empty', { provider: 'local', name: '' }],
    ['createTenant', 'input.name: must not be empty', { provider: 'local', name: ' \t ' }],
    [
      'createTenant',
      'input.name: must have at most 255 characters',
      { provider: 'local', name: long(10_000) },
    ],
    ['createTenant', 'input.provider: must not be empty', { provider: '', name: 'x' }],
    [
      'createTenant',
      'input.description: must have at most 1000 characters',
      { provider: 'local', name: 'x', description: long(1001) },
    ],
    [
      'createTenant',
      'input.idempotencyKey: must have at least 8 characters',
      { provider: 'local', name: 'x', idempotencyKey: 'short' },
    ],
    [
      'createTenant',
      'input.idempotencyKey: must have at most 255 characters',
      { provider: 'local', name: 'x', idempotencyKey: long(256) },
    ],
    ['updateTenant', `input.name: ${NULL}`, { id: tenant, name: null }],
    ['updateTenant', `input.enabled: ${NULL}`, { id: tenant, enabled: null }],
    ['updateClient', `input.redirectUris: ${NULL}`, { id: client, redirectUris: null }],
    ['updateClient', `input.attributes: ${NULL}`, { id: client, attributes: null }],
    ['createClient', `input.redirectUris.0: ${URI}`, { tenant, name: 'x', redirectUris: ['/callback'] }],
    [
      'createClient',
      `input.redirectUris.1: ${URI}`,
      { tenant, name: 'x', redirectUris: ['https://a.example/', 'https://a.example/#x'] },
    ],
    [
      'createClient',
      `input.redirectUris.0: ${URI}`,
      { tenant, name: 'x', redirectUris: [`https://a.example/${long(2048)}`] },
    ],
    [
      'createClient',
      'input.redirectUris: must have at most 50 items',
      { tenant, name: 'x', redirectUris: Array.from({ length: 51 }, () => 'https://a.example/') },
    ],
    [
      'createClient',
      `input.attributes: ${JSON_SIZE}`,
      { tenant, name: 'x', attributes: { a: long(20_000) } },
    ],
    ['createClient', `input.attributes: ${JSON_SIZE}`, { tenant, name: 'x', attributes: nested(17) }],
    [
      'createClient',
      'input.identity: is the id of a Tenant; an Identity is asked for',
      { tenant, identity: tenant, name: 'x' },
    ],
    ['createClientSecret', `input.expiresIn: ${DURATION}`, { client, expiresIn: 'P1Y' }],
    ['createClientSecret', `input.expiresIn: ${DURATION}`, { client, expiresIn: 'P1M' }],
    ['createClientSecret', `input.expiresIn: ${DURATION}`, { client, expiresIn: '-P1D' }],
    ['createClientSecret', 'input.expiresIn: must be longer than nothing', { client, expiresIn: 'PT0S' }],
    [
      'createClientSecret',
      'input.expiresIn: cannot be combined with expiresAt',
      { client, expiresIn: 'P1D', expiresAt: '2030-01-01T00:00:00Z' },
    ],
    ['createClientSecret', 'input.maxUses: must be at least 1', { client, maxUses: 0 }],
    ['createClientSecret', 'input.value: must not be empty', { client, value: '' }],
    ['createClientSecret', 'input.value: must have at most 4096 characters', { client, value: long(4097) }],
    ['rotateClientSecret', `input.overlap: ${DURATION}`, { id, overlap: 'P1M' }],
    ['rotateClientSecret', 'input.overlap: must be at most P36500D', { id, overlap: 'P36500DT1S' }],
    [
      'rotateClientSecret',
      'input.expiresIn: cannot be combined with expiresAt',
      { id, expiresIn: 'P1D', expiresAt: '2030-01-01T00:00:00Z' },
    ],
    ['revokeClientSecret', 'input.reason: must not be empty', { id, reason: '' }],
    ['revealClientSecret', 'input.reason: must have at most 500 characters', { id, reason: long(501) }],
    ['verifyClientSecret', 'input.clientId: must not be empty', { clientId: '', value: 'x' }],
    ['createAccessToken', 'input.roles: must not be empty', { name: 'x', roles: [] }],
    [
      'createAccessToken',
      'input.roles: must have at most 50 items',
      { name: 'x', roles: Array.from({ length: 51 }, () => ({ role: 'READER' })) },
    ],
    [
      'createAccessToken',
      'input.roles.0.provider: is needed with a tenant',
      { name: 'x', roles: [{ role: 'READER', tenant: 't' }] },
    ],
    ['cancelRotation', 'input.id: is the id of a ClientSecret; a Rotation is asked for', { id, keep: 'OLD' }],
  ])('%s: %s', async (verb, fault, input) => {
    expect((await faultsOf(verb, input)).faults).toEqual([fault]);
  });

  test('all faults come at once, those of several fields together too', async () => {
    const { faults } = await faultsOf('createClientSecret', {
      client: 'x',
      description: long(1001),
      expiresAt: '2030-01-01T00:00:00Z',
      expiresIn: 'PT0S',
      maxUses: -1,
      idempotencyKey: 'short',
    });
    expect(faults.toSorted()).toEqual([
      'input.client: is not an id of this gateway',
      'input.description: must have at most 1000 characters',
      'input.expiresIn: cannot be combined with expiresAt',
      'input.expiresIn: must be longer than nothing',
      'input.idempotencyKey: must have at least 8 characters',
      'input.maxUses: must be at least 1',
    ]);
  });

  test('attributes of a megabyte, however they are built, are refused and not tripped over', async () => {
    for (const a of [Array.from({ length: 400_000 }, () => 1), nested(5_000)]) {
      const { faults } = await faultsOf('createClient', { tenant, name: 'x', attributes: { a } });
      expect(faults).toEqual([`input.attributes: ${JSON_SIZE}`]);
    }
  });

  test('no fault quotes what was given', async () => {
    const { text } = await faultsOf('createClientSecret', {
      client: 'hunter2-id',
      value: `hunter2${long(4096)}`,
    });
    expect(text).not.toContain('hunter2');
  });
});

describe('what the rules let through', () => {
  test.each<[string, Record<string, unknown>]>([
    [
      'createClient',
      { tenant, name: long(255), redirectUris: ['com.example.app:/callback'], attributes: nested(16) },
    ],
    [
      'createClientSecret',
      { client, expiresIn: 'P1W', maxUses: 1, value: long(4096), idempotencyKey: long(8) },
    ],
    ['rotateClientSecret', { id, overlap: 'PT0S' }],
    ['rotateClientSecret', { id, overlap: 'P36500D' }],
    ['createAccessToken', { name: 'x', roles: [{ role: 'READER', provider: 'local', tenant: 't' }] }],
  ])('%s', async (verb, input) => {
    const session = memorySession();
    const type = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}Input`;
    await ask(`mutation($input: ${type}!) { ${verb}(input: $input) { __typename } }`, { input }, session);
    expect(session.writes).toHaveLength(1);
  });
});

function nested(levels: number): Record<string, unknown> {
  return levels === 1 ? {} : { a: nested(levels - 1) };
}

import { describe, expect, test } from 'vitest';
import {
  AuditUnavailableError,
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  LimitReachedError,
  NotFoundError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  UnauthenticatedError,
  UnsupportedError,
} from '../../src/domain/gateway-error.ts';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import {
  CreateAccessTokenDocument,
  CreateClientDocument,
  CreateClientSecretDocument,
  DeleteClientDocument,
  RevokeClientSecretDocument,
  RotateClientSecretDocument,
  UpdateClientDocument,
  UpdateClientSecretDocument,
  UpdateTenantDocument,
  VerifyClientSecretDocument,
} from '../generated/graphql.ts';
import { ask } from './ask.ts';
import {
  clientId,
  clientOf,
  memorySession,
  ROTATION,
  secretId,
  secretOf,
  TENANT,
  tenantOf,
} from './memory-session.ts';

const tenant = encodeGlobalId('Tenant', TENANT);
const client = encodeGlobalId('Client', clientId(0));
const id = encodeGlobalId('ClientSecret', secretId(clientId(0), 0));
const secret = secretOf(secretId(clientId(0), 0));
const issued = { secret, clientId: 'c000', value: new SecretValue('the-value') };

describe('what a verb is handed', () => {
  test('an update holds the given fields alone, and null where it clears', async () => {
    const session = memorySession({ results: { 'client.update': clientOf(clientId(0)) } });
    const input = { id: client, description: null, enabled: false, redirectUris: [] };
    const { data } = await ask(UpdateClientDocument, { input }, session);
    expect(data?.updateClient).toMatchObject({ __typename: 'UpdateClientSuccess' });
    expect(session.writes[0]?.input).toStrictEqual({
      id: clientId(0),
      changes: { description: null, enabled: false, redirectUris: [] },
    });
  });

  test('an update of a secret may clear its expiry, and leaves what it does not name', async () => {
    const session = memorySession({ results: { 'clientSecret.update': secret } });
    await ask(UpdateClientSecretDocument, { input: { id, expiresAt: null } }, session);
    await ask(UpdateClientSecretDocument, { input: { id } }, session);
    expect(session.writes.map(({ input }) => input)).toStrictEqual([
      { id: secret.id, changes: { expiresAt: null } },
      { id: secret.id, changes: {} },
    ]);
  });

  test('a name comes trimmed, and an idempotency key beside the input', async () => {
    const session = memorySession({ results: { 'tenant.update': tenantOf(TENANT) } });
    const input = { id: tenant, name: '  Acme ', idempotencyKey: 'once-and-no-more' };
    await ask(UpdateTenantDocument, { input }, session);
    expect(session.writes).toMatchObject([
      { idempotencyKey: 'once-and-no-more', input: { changes: { name: 'Acme' } } },
    ]);
  });

  test('a duration comes in milliseconds, a value as a secret', async () => {
    const session = memorySession({ results: { 'clientSecret.create': issued } });
    const input = { client, expiresIn: 'P1DT2H', value: 'hunter2' };
    await ask(CreateClientSecretDocument, { input }, session);
    const handed = session.writes[0]?.input;
    expect(handed).toMatchObject({ client: clientId(0), expiresInMs: 93_600_000, expiresAt: null });
    expect(handed).toHaveProperty('value', expect.any(SecretValue));
    expect(JSON.stringify(handed)).not.toContain('hunter2');
  });
});

test('attributes are the same plain JSON, written in the document or in its variables', async () => {
  const session = memorySession({ results: { 'client.update': clientOf(clientId(0)) } });
  const update = (attributes: string) =>
    `updateClient(input: { id: "${client}", attributes: ${attributes} }) { __typename }`;
  const document = `mutation($a: JSONObject, $n: JSONObject) { a: ${update('$a')} b: ${update('{ a: { b: [1] }, n: $n }')} }`;
  await ask(document, { a: { a: { b: [1] }, n: { c: null } }, n: { c: null } }, session);
  const [first, second] = session.writes;
  expect(first?.input).toStrictEqual({
    id: clientId(0),
    changes: { attributes: { a: { b: [1] }, n: { c: null } } },
  });
  expect(second?.input).toStrictEqual(first?.input);
});

describe('what a mutation succeeds with', () => {
  test('an issued secret, with its value', async () => {
    const session = memorySession({ results: { 'clientSecret.create': issued } });
    const { data } = await ask(CreateClientSecretDocument, { input: { client } }, session);
    expect(data?.createClientSecret).toEqual({
      __typename: 'CreateClientSecretSuccess',
      issued: {
        clientId: 'c000',
        value: 'the-value',
        clientSecret: { id, hint: 'kf_x', status: 'ACTIVE', expiresAt: null },
      },
    });
  });

  test('a rotation and the new secret', async () => {
    const session = memorySession({ results: { 'clientSecret.rotate': { rotation: ROTATION, issued } } });
    const { data } = await ask(RotateClientSecretDocument, { input: { id } }, session);
    expect(data?.rotateClientSecret).toMatchObject({
      rotation: {
        id: encodeGlobalId('Rotation', ROTATION),
        state: 'OVERLAPPING',
        retireAt: '2026-11-21T12:00:00.000Z',
      },
      issued: { value: 'the-value' },
    });
  });

  test('a client, without a secret where the vendor makes none', async () => {
    const session = memorySession({
      results: { 'client.create': { client: clientOf(clientId(0)), issued: null } },
    });
    const { data } = await ask(CreateClientDocument, { input: { tenant, name: 'x' } }, session);
    expect(data?.createClient).toMatchObject({ client: { id: client, clientId: 'c000' }, issued: null });
  });

  test('the id that is no more', async () => {
    const { data } = await ask(DeleteClientDocument, { input: { id: client } });
    expect(data?.deleteClient).toEqual({ __typename: 'DeleteClientSuccess', deletedId: client });
  });

  test('a revoked secret, and from when on it is dead', async () => {
    const effectiveBy = new Date('2026-11-21T13:00:00Z');
    const session = memorySession({ results: { 'clientSecret.revoke': { secret, effectiveBy } } });
    const { data } = await ask(RevokeClientSecretDocument, { input: { id } }, session);
    expect(data?.revokeClientSecret).toMatchObject({
      effectiveBy: '2026-11-21T13:00:00.000Z',
      clientSecret: { id },
    });
  });

  test('an access token, with its value', async () => {
    const accessToken = {
      id: 'a1',
      name: 'ci',
      hint: 'kf_12345',
      roles: [],
      createdAt: new Date(),
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    };
    const value = new SecretValue('token-value');
    const session = memorySession({ results: { 'accessToken.create': { accessToken, value } } });
    const input = { name: 'ci', roles: [{ role: 'READER' as const }] };
    const { data } = await ask(CreateAccessTokenDocument, { input }, session);
    expect(data?.createAccessToken).toMatchObject({
      value: 'token-value',
      accessToken: { hint: 'kf_12345' },
    });
    expect(session.writes).toMatchObject([
      { input: { roles: [{ role: 'READER', provider: null, tenant: null }], expiresInMs: null } },
    ]);
  });

  test('no, and why, where a value does not authenticate', async () => {
    const { data } = await ask(VerifyClientSecretDocument, { input: { clientId: 'c', value: 'v' } });
    expect(data?.verifyClientSecret).toEqual({
      __typename: 'VerifyClientSecretSuccess',
      valid: false,
      reason: 'MISMATCH',
      clientSecret: null,
    });
  });
});

describe('what a mutation fails with', () => {
  const fail = (error: Error) =>
    ask(
      `mutation($input: CreateClientSecretInput!) { createClientSecret(input: $input) {
        __typename
        ... on GatewayError { code message hint retryable }
        ... on InvalidInputError { fields { path message } }
        ... on LimitReachedError { limit }
        ... on UnsupportedError { operation }
        ... on ProviderUnavailableError { applied provider { name } unavailableFor: retryAfter }
        ... on ProviderRejectedError { provider { name } }
        ... on RateLimitedError { limitedFor: retryAfter }
      } }`,
      { input: { client } },
      memorySession({ results: { 'clientSecret.create': error } }),
    );
  const down = { provider: 'local', applied: 'UNKNOWN', retryAfterMs: 2000 } as const;

  test.each<[Error, Record<string, unknown>]>([
    [
      InvalidInputError.at('expiresAt', 'is past'),
      { code: 'BAD_USER_INPUT', fields: [{ path: ['input', 'expiresAt'], message: 'is past' }] },
    ],
    [new NotFoundError('Gone.'), { code: 'NOT_FOUND' }],
    [new ForbiddenError('No.', { hint: 'Ask.' }), { code: 'FORBIDDEN', hint: 'Ask.' }],
    [new ConflictError('Running.', { retryable: true }), { code: 'CONFLICT', retryable: true }],
    [new LimitReachedError('Full.', 2), { code: 'LIMIT_REACHED', limit: 2 }],
    [
      new UnsupportedError('Cannot.', 'CREATE_CLIENT_SECRET'),
      { code: 'UNSUPPORTED', operation: 'CREATE_CLIENT_SECRET' },
    ],
    [
      new ProviderUnavailableError('Down.', down),
      {
        code: 'PROVIDER_UNAVAILABLE',
        applied: 'UNKNOWN',
        provider: { name: 'local' },
        unavailableFor: 'PT2S',
      },
    ],
    [new ProviderRejectedError('No.', 'local'), { code: 'PROVIDER_REJECTED', provider: { name: 'local' } }],
    [
      new RateLimitedError('Slowly.', { provider: null, retryAfterMs: null }),
      { code: 'RATE_LIMITED', limitedFor: null, retryable: true },
    ],
  ])('%s is a member of the union', async (error, expected) => {
    const { data, errors } = await fail(error);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      createClientSecret: { __typename: error.constructor.name, message: error.message, ...expected },
    });
  });

  test.each([
    [new UnauthenticatedError('Who?'), 'UNAUTHENTICATED'],
    [new AuditUnavailableError('No audit.', { retryable: true }), 'AUDIT_UNAVAILABLE'],
    [new TypeError('hunter2'), 'INTERNAL'],
  ])('%s is a top-level error', async (error, code) => {
    const { data, errors, text } = await fail(error);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['createClientSecret'], extensions: { code } }]);
    expect(text).not.toContain('hunter2');
  });
});

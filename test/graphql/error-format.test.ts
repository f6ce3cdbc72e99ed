import { GraphQLError, Source } from 'graphql';
import { describe, expect, test } from 'vitest';
import {
  AuditUnavailableError,
  RateLimitedError,
  UnauthenticatedError,
} from '../../src/domain/gateway-error.ts';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { formatError } from '../../src/graphql/format-error.ts';
import { ask } from './ask.ts';
import { memorySession, TENANT } from './memory-session.ts';

const VERIFY =
  'mutation($input: VerifyClientSecretInput!) { verifyClientSecret(input: $input) { __typename } }';
const verify = (input: string) => `mutation { verifyClientSecret(input: ${input}) { __typename } }`;
const create = (input: string) => `mutation { createClientSecret(input: ${input}) { __typename } }`;
const WRITTEN: Readonly<Record<string, string>> = {
  Duration: 'Write days and shorter times as ISO 8601 has it: P30D, PT90M.',
  DateTime: 'Write it as RFC 3339 has it: 2026-01-31T12:00:00Z.',
};

describe('a request that graphql refuses', () => {
  test.each<[string, string, Record<string, unknown>]>([
    [
      'Variable "$input" at "input.value": Expected a value of type "String".',
      VERIFY,
      { input: { clientId: 'c', value: { hunter2: 'hunter2' } } },
    ],
    [
      'Variable "$input" at "input.value": Expected a value of type "String!".',
      VERIFY,
      { input: { clientId: 'hunter2', value: null } },
    ],
    [
      'Variable "$input": Field "value" of required type "String!" was not provided.',
      VERIFY,
      { input: { clientId: 'hunter2' } },
    ],
    [
      'Variable "$input": Field "secret" is not defined by type "VerifyClientSecretInput".',
      VERIFY,
      { input: { clientId: 'c', value: 'v', secret: 'hunter2' } },
    ],
    [
      'Variable "$input": This value is not of the expected type.',
      VERIFY,
      { input: { clientId: 'c', value: 'v', 'my hunter2': 1 } },
    ],
    [
      'Variable "$input": Expected a value of type "VerifyClientSecretInput".',
      VERIFY,
      { input: 'hunter2" at "input.x"; Expected type "hunter2' },
    ],
    [
      'Variable "$n": Expected a value of type "Int".',
      'query($n: Int) { tenants(first: $n) { totalCount } }',
      { n: 'hunter2' },
    ],
    [
      'Variable "$s" at "s[0]": Expected a value of type "RotationState".',
      'query($s: [RotationState!]) { rotations(filter: { state: $s }) { totalCount } }',
      { s: ['hunter2" does not exist in "hunter2" enum.'] },
    ],
    [
      'Variable "$d": Expected a value of type "Duration".',
      'mutation($d: Duration) { createClientSecret(input: { client: "c", expiresIn: $d }) { __typename } }',
      { d: 'hunter2' },
    ],
    [
      'Variable "$d": Expected a value of type "DateTime".',
      'query($d: DateTime) { auditEvents(filter: { since: $d }) { totalCount } }',
      { d: 'hunter2' },
    ],
    [
      'Variable "$d": Expected a value of type "JSONObject".',
      'mutation($d: JSONObject) { updateIdentity(input: { id: "i", attributes: $d }) { __typename } }',
      { d: 'hunter2' },
    ],
    ['"value": Expected a value of type "String".', verify('{ clientId: "c", value: hunter2 }'), {}],
    ['"value": Expected a value of type "String".', verify('{ clientId: "c", value: ["hunter2"] }'), {}],
    ['"input": Expected a value of type "VerifyClientSecretInput!".', verify('"hunter2"'), {}],
    ['"maxUses": Expected a value of type "Int".', create('{ client: "c", maxUses: "hunter2" }'), {}],
    [
      '"expiresIn": Expected a value of type "Duration".',
      create('{ client: "c", expiresIn: "hunter2" }'),
      {},
    ],
    [
      '"expiresAt": Expected a value of type "DateTime".',
      create('{ client: "c", expiresAt: "hunter2" }'),
      {},
    ],
    [
      '"keep": Expected a value of type "RotationKeep".',
      'mutation { cancelRotation(input: { id: "x", keep: "hunter2" }) { __typename } }',
      {},
    ],
    [
      '"keep": Expected a value of type "RotationKeep".',
      'mutation { cancelRotation(input: { id: "x", keep: hunter2 }) { __typename } }',
      {},
    ],
    [
      '"ids": Expected a value of type "ID".',
      '{ nodes(ids: ["a", "b:c]", ["d"], { hunter2: "e" }]) { id } }',
      {},
    ],
    ['Syntax error at line 2, column 12.', '{\n  viewer { "hunter2" } }', {}],
    ['Syntax error at line 1, column 24.', '{ providers { name } } } } "hunter2', {}],
  ])('%s', async (message, document, variables) => {
    const { errors, text } = await ask(document, variables);
    expect(errors.map((error) => error.message)).toContain(message);
    const { hint, ...extensions } = errors[0]?.extensions ?? {};
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT', retryable: false, requestId: 'request-1' });
    expect(hint).toEqual(WRITTEN[/type "(\w+)"\.$/.exec(message)?.[1] ?? '']);
    expect(text).not.toContain('hunter2');
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['Cannot query field "nam" on type "Viewer". Did you mean "name"?', '{ viewer { nam } }', {}],
    [
      'Variable "$id" of required type "ID!" was not provided.',
      'query($id: ID!) { node(id: $id) { id } }',
      {},
    ],
    [
      'Argument "id" of non-null type "ID!" must not be null.',
      'query($id: ID = "x") { node(id: $id) { id } }',
      { id: null },
    ],
    [
      'Must provide operation name if query contains multiple operations.',
      'query A { viewer { name } } query B { viewer { name } }',
      {},
    ],
  ])(
    'is told so in the words of graphql, where these are names alone: %s',
    async (message, document, variables) => {
      const { errors } = await ask(document, variables);
      expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
    },
  );

  test('is told when the document is too long', () => {
    const message = 'Syntax Error: Document contains more that 3 tokens. Parsing aborted.';
    const refused = new GraphQLError(message, { source: new Source('hunter2'), positions: [0] });
    expect(formatError(refused, 'r').error.message).toBe(message);
  });

  test('keeps where in the document it was', async () => {
    const { errors } = await ask('{\n  viewer { nam }\n}');
    expect(errors[0]?.locations).toEqual([{ line: 2, column: 12 }]);
  });
});

describe('an error of the gateway', () => {
  test.each([
    [new UnauthenticatedError('Who are you?'), { code: 'UNAUTHENTICATED', retryable: false }],
    [
      new RateLimitedError('Slowly.', { provider: 'eu', retryAfterMs: 1500 }),
      { code: 'RATE_LIMITED', retryable: true, retryAfter: 'PT1.5S', provider: 'eu' },
    ],
    [
      new AuditUnavailableError('No audit.', {
        retryable: true,
        hint: 'Later.',
        cause: new Error('hunter2'),
      }),
      { code: 'AUDIT_UNAVAILABLE', retryable: true, hint: 'Later.' },
    ],
  ])('%s has its code, and nothing of its cause', (gatewayError, extensions) => {
    const located = new GraphQLError(gatewayError.message, { path: ['a', 0], originalError: gatewayError });
    for (const error of [gatewayError, located]) {
      const formatted = formatError(error, 'request-7');
      expect(formatted.unforeseen).toBeNull();
      expect(formatted.error.message).toBe(gatewayError.message);
      expect(formatted.error.extensions).toEqual({ ...extensions, requestId: 'request-7' });
      expect(JSON.stringify(formatted)).not.toContain('hunter2');
    }
    expect(formatError(located, 'request-7').error.path).toEqual(['a', 0]);
  });
});

describe('an error below a mutation', () => {
  const failed = (
    path: (string | number)[],
    originalError: Error = new RateLimitedError('Slowly.', { provider: null, retryAfterMs: null }),
  ) => new GraphQLError('hunter2', { path, originalError });
  const below = ['createClientSecret', 'issued', 'clientSecret', 'client'];

  test.each([
    [new RateLimitedError('Slowly.', { provider: null, retryAfterMs: null }), 'RATE_LIMITED'],
    [new TypeError('hunter2'), 'INTERNAL'],
  ])('says that the write was over, and is not to be sent again: %s', (cause, code) => {
    const { error } = formatError(failed(below, cause), 'r', 'mutation');
    expect(error.path).toEqual(below);
    expect(error.extensions).toMatchObject({
      code,
      retryable: false,
      requestId: 'r',
      hint: expect.stringMatching(/was carried out .* idempotencyKey the same call gives its result again/),
    });
  });

  test.each([
    ['the mutation itself', ['createClientSecret'], 'mutation'],
    ['a query', ['tenants', 'nodes'], 'query'],
  ])('and that of %s does not', (_what, path, operationType) => {
    const { error } = formatError(failed(path), 'r', operationType);
    expect(error.extensions).toEqual({ code: 'RATE_LIMITED', retryable: true, requestId: 'r' });
  });
});

describe('what nobody has foreseen', () => {
  test('is masked, and handed over for the log', async () => {
    const cause = new TypeError('hunter2');
    const session = memorySession({ reads: { listRotations: () => Promise.reject(cause) } });
    const { errors, text } = await ask('{ rotations { totalCount } }', {}, session);
    expect(errors).toMatchObject([
      {
        message: 'Something went wrong here. The log of the gateway has it under this request id.',
        path: ['rotations'],
        extensions: { code: 'INTERNAL', requestId: 'request-1' },
      },
    ]);
    expect(text).not.toContain('hunter2');
    const located = new GraphQLError('hunter2', { path: ['rotations'], originalError: cause });
    expect(formatError(located, 'r').unforeseen).toEqual({ cause });
  });

  test('is masked where a provider answers what the schema has no form for', async () => {
    const session = memorySession({
      reads: { clientOperations: () => ['hunter2' as 'CREATE_CLIENT'] },
    });
    const document = '{ tenants { nodes { clients { nodes { availableOperations } } } } }';
    const { errors, text } = await ask(document, {}, session);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INTERNAL' });
    expect(text).not.toContain('hunter2');
  });

  test.each([['text'], [undefined], [new Error('hunter2')]])('is masked where it is %s', (thrown) => {
    const { error, unforeseen } = formatError(thrown, 'r');
    expect(error.extensions).toEqual({ code: 'INTERNAL', retryable: false, requestId: 'r' });
    expect(unforeseen).toEqual({ cause: thrown });
  });
});

test('a secret value in a refused input comes back in no answer', async () => {
  const tenant = encodeGlobalId('Tenant', TENANT);
  const { text } = await ask(VERIFY, { input: { clientId: tenant, value: ['hunter2'], provider: 7 } });
  expect(text).not.toContain('hunter2');
});

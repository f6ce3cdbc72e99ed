import { describe } from 'vitest';
import type { ClientId } from '../../src/domain/ids.ts';
import type { ReceivedRequest } from '../../src/provider-kit/received-request.ts';
import type { Writes } from '../../src/provider-kit/provider.ts';
import { launchdarkly } from '../../src/providers/launchdarkly/provider.ts';
import type { LaunchDarklySimulator } from '../../src/providers/launchdarkly/simulator.ts';
import { one } from './answers.ts';
import { describeConformance } from './conformance.ts';
import { CANARY, type Facts, type Stage, type VendorFacts } from './harness.ts';
import { startLaunchDarkly, type SeededKind } from './launchdarkly-setting.ts';

/** One of them, or the list that a batch is read from. */
const READ = { oauth: /^\/api\/v2\/oauth\/clients(\/[^/]+)?$/, token: /^\/api\/v2\/tokens(\/[^/]+)?$/ };
const ALWAYS_ABSENT = [
  ...(['createTenant', 'updateTenant', 'deleteTenant'] as const),
  ...(['createIdentity', 'updateIdentity', 'deleteIdentity'] as const),
  ...(['createSecret', 'updateSecret', 'disableSecret', 'enableSecret'] as const),
  ...(['revealSecret', 'verifySecret'] as const),
];
const OF_TOKENS: readonly (keyof Writes)[] = ['replaceSecret', 'revokeSecret'];

const WRONG = { kind: 'launchdarkly', url: `http://a:${CANARY}@b`, name: ' ' };
const WRONG_TYPES = { accessToken: `Bearer ${CANARY}`, accessTokens: CANARY };
const body = (code: string) => ({ code, message: CANARY, id: '0f6c2f1e-1111-4222-8333-444455556666' });
const json = { status: 429, body: body('rate_limited') };

const RENAMED = { name: 'renamed' };

/** A new name, or a new value. */
const WRITES: Readonly<Record<SeededKind, VendorFacts['write']>> = {
  oauth: {
    send: async ({ provider, call }, of) => provider.updateClient?.(of, RENAMED, call),
    isIt: ({ method, path }) => method === 'PATCH' && READ.oauth.test(path),
    effects: async ({ provider, call }, of) =>
      (await one(provider.getClients([of], call)))?.name === RENAMED.name ? 1 : 0,
    isFoundOut: false,
  },
  token: {
    send: async ({ provider, seeds, call }, of) =>
      provider.replaceSecret?.((await seeds.secret(of)).id, { value: null, oldEndsAt: null }, call),
    isIt: ({ method, path }) => method === 'POST' && path.endsWith('/reset'),
    effects: async ({ simulator }: Stage, { client }: ClientId) =>
      (simulator as LaunchDarklySimulator).resetsOf(client.slice('token:'.length)),
    isFoundOut: false,
  },
};

function vendorFacts(seeded: SeededKind): VendorFacts {
  return {
    isRead: ({ method, path }: ReceivedRequest) => method === 'GET' && READ[seeded].test(path),
    write: WRITES[seeded],
    isLogin: null,
    untold429Ms: 10_000,
    throttlings: [
      { ...json, headers: { 'x-ratelimit-reset': '1' }, retryAfterMs: 1000 },
      { ...json, headers: { 'x-ratelimit-reset': String(2 ** 52) }, retryAfterMs: 10_000 },
    ],
    refusals: [
      { status: 400, body: body('invalid_request'), read: 'rejected', write: 'invalid_input' },
      // The vendor says with this that a permission is missing, too, and tells who the caller is.
      { status: 401, body: body('unauthorized'), read: 'forbidden', write: 'forbidden' },
      { status: 403, body: body('forbidden'), read: 'forbidden', write: 'forbidden' },
      { status: 404, body: body('not_found'), read: null, write: 'not_found' },
      { status: 404, body: { message: CANARY }, read: 'malformed', write: 'malformed' },
      { status: 405, body: body('method_not_allowed'), read: 'unsupported', write: 'unsupported' },
      { status: 409, body: body('optimistic_locking_error'), read: 'conflict', write: 'conflict' },
      { status: 422, body: body('patch_failed'), read: 'rejected', write: 'invalid_input' },
    ],
  };
}

const TRAITS: Facts['traits'] = {
  maxActiveSecrets: 1,
  minActiveSecrets: 1,
  secretLifetime: null,
  retrieval: 'ONCE',
  revocationDelayMs: 0,
  replacement: null,
  describesSecrets: false,
};

describe.each<[string, SeededKind, boolean]>([
  ['OAuth clients alone', 'oauth', false],
  ['access tokens', 'token', true],
  ['OAuth clients beside access tokens', 'oauth', true],
])('%s', (_, seeded, accessTokens) => {
  const isOAuth = seeded === 'oauth';
  describeConformance({
    name: 'launchdarkly',
    definition: launchdarkly,
    traits: accessTokens ? { ...TRAITS, replacement: 'OVERLAP' } : TRAITS,
    absent: accessTokens ? ALWAYS_ABSENT : [...ALWAYS_ABSENT, ...OF_TOKENS],
    lackingHere: accessTokens && isOAuth ? OF_TOKENS : [],
    costs: { getClients: 2, listSecrets: 2 },
    misconfigured: [
      [{ kind: 'launchdarkly' }, ['url', 'name', 'accessToken']],
      [{ ...WRONG, ...WRONG_TYPES, more: CANARY }, ['url', 'name', 'accessToken', 'accessTokens', 'more']],
    ],
    changes: {
      client: {
        name: 'renamed',
        description: 'changed',
        ...(isOAuth && { redirectUris: ['https://other.example.com/callback'] }),
      },
    },
    clientsBelongTo: isOAuth ? 'tenant' : 'identity',
    replacementBy: isOAuth ? null : 'vendor',
    vendor: vendorFacts(seeded),
    start: (clock) => startLaunchDarkly(seeded, accessTokens, clock),
  });
});

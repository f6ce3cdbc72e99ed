import { describe } from 'vitest';
import { SECOND } from '../../src/domain/duration.ts';
import { infisical } from '../../src/providers/infisical/provider.ts';
import { describeConformance } from './conformance.ts';
import { createsSecret } from './creates-secret.ts';
import { CANARY, type VendorFacts } from './harness.ts';
import { startInfisical } from './infisical-setting.ts';

const SECRETS = /^\/api\/v1\/auth\/universal-auth\/identities\/[^/]+\/client-secrets$/;

const WRONG = {
  kind: 'infisical',
  url: `http://a:${CANARY}@b`,
  organizationId: CANARY,
  clientId: CANARY,
  clientSecret: '',
};
const body = (statusCode: number, error: string) => ({ reqId: 'req-1', statusCode, error, message: CANARY });
const vendor: VendorFacts = {
  isRead: ({ method, path }) => method === 'GET' && SECRETS.test(path),
  write: createsSecret(({ method, path }) => method === 'POST' && SECRETS.test(path)),
  throttlings: [
    // The build of 2024-10 (vendor facts, section 8).
    { status: 500, headers: { 'retry-after': '7' }, body: body(500, 'RateLimitError'), retryAfterMs: 7000 },
  ],
  isLogin: ({ path }) => path === '/api/v1/auth/universal-auth/login',
  refusals: [
    { status: 400, body: body(400, 'BadRequest'), read: null, write: 'not_found' },
    { status: 401, body: body(401, 'UnauthorizedError'), read: 'unauthenticated', write: 'unauthenticated' },
    { status: 403, body: body(403, 'TokenError'), read: 'unauthenticated', write: 'unauthenticated' },
    { status: 403, body: body(403, 'PermissionDenied'), read: 'forbidden', write: 'forbidden' },
    { status: 404, body: body(404, 'NotFound'), read: null, write: 'not_found' },
    { status: 404, body: body(404, 'Not Found'), read: 'unsupported', write: 'unsupported' },
    { status: 409, body: body(409, 'Conflict'), read: 'rejected', write: 'rejected' },
    { status: 422, body: body(422, 'ValidationFailure'), read: 'invalid_input', write: 'invalid_input' },
  ],
};

describe.each(['current', '2024-10'] as const)('generation %s', (generation) => {
  describeConformance({
    name: 'infisical',
    definition: infisical,
    traits: {
      maxActiveSecrets: null,
      minActiveSecrets: 0,
      secretLifetime: { minMs: SECOND, maxMs: 315_360_000 * SECOND, clearable: false },
      retrieval: 'ONCE',
      revocationDelayMs: 0,
      replacement: null,
      describesSecrets: true,
    },
    absent: [
      ...(['createTenant', 'updateTenant', 'deleteTenant'] as const),
      ...([
        'updateSecret',
        'disableSecret',
        'enableSecret',
        'replaceSecret',
        'revealSecret',
        'verifySecret',
      ] as const),
    ],
    // The list of identities, and the universal auth of each.
    costs: { getClients: 101, listSecrets: 50 },
    misconfigured: [
      [{ kind: 'infisical' }, ['url', 'organizationId', 'clientId', 'clientSecret']],
      [{ ...WRONG, more: CANARY }, ['url', 'organizationId', 'clientId', 'clientSecret', 'more']],
    ],
    changes: { identity: { name: 'renamed' }, client: { attributes: { accessTokenTTL: 60 } } },
    clientsBelongTo: 'identity',
    replacementBy: null,
    vendor,
    start: (clock) => startInfisical(generation, clock),
  });
});

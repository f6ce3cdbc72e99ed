import { describe } from 'vitest';
import { DAY, HOUR } from '../../src/domain/duration.ts';
import type { Definition } from '../../src/provider-kit/definition.ts';
import type { AvevaOptions, Dialect } from '../../src/providers/aveva/config.ts';
import { aveva } from '../../src/providers/aveva/provider.ts';
import { startAveva } from './aveva-setting.ts';
import { describeConformance } from './conformance.ts';
import { createsSecret } from './creates-secret.ts';
import { CANARY, type VendorFacts } from './harness.ts';

const SECRETS = /\/(?:Secrets|Secret\/)$/;
const OPERATION = '5b0e4d7c-6a8e-4a0c-9f0e-0c3a51d0f6a2';

const body = { OperationId: OPERATION, Error: CANARY, Reason: CANARY, Resolution: CANARY };
const vendor: VendorFacts = {
  isRead: ({ method, path }) => method === 'GET' && SECRETS.test(path),
  write: createsSecret(({ method, path }) => method === 'POST' && SECRETS.test(path)),
  throttlings: [],
  isLogin: ({ path }) => path === '/identity/connect/token',
  refusedLogin: { status: 400, body: { error: 'invalid_client', error_description: CANARY } },
  refusals: [
    { status: 400, body, read: 'rejected', write: 'invalid_input' },
    { status: 401, body, read: 'unauthenticated', write: 'unauthenticated' },
    { status: 403, body, read: 'forbidden', write: 'forbidden' },
    { status: 404, body, read: null, write: 'not_found' },
    { status: 405, body, read: 'malformed', write: 'unsupported' },
    { status: 409, body, read: 'conflict', write: 'conflict' },
    { status: 410, body, read: 'rejected', write: 'rejected' },
  ],
};

const TENANT = { id: '6a2b8c1e-3f0d-4a53-8f7e-2f9b3c1d7a10', clientId: 'a', clientSecret: 'b' };

const LATE_MS = 1000 * DAY;

/** The suite asks for secrets that never end, which v1-preview has no word for: there they end in a thousand days. */
const ending: Definition<AvevaOptions> = {
  ...aveva,
  open(options, world) {
    const provider = aveva.open(options, world);
    const late = () => new Date(world.clock.now().getTime() + LATE_MS);
    const { createSecret: create } = provider;
    if (create === undefined) throw new Error('it makes secrets');
    const createSecret: typeof create = (of, input, call) =>
      create(of, { ...input, expiresAt: input.expiresAt ?? late() }, call);
    return new Proxy(provider, {
      get: (target, name) => (name === 'createSecret' ? createSecret : Reflect.get(target, name)),
    });
  },
};

describe.each<[Dialect, Definition<AvevaOptions>]>([
  ['v1', aveva],
  ['v1-preview', ending],
])('dialect %s', (dialect, definition) => {
  describeConformance({
    name: 'aveva',
    definition,
    traits: {
      maxActiveSecrets: 10,
      minActiveSecrets: 0,
      secretLifetime: { minMs: null, maxMs: null, clearable: false },
      retrieval: 'ONCE',
      revocationDelayMs: HOUR,
      replacement: null,
      describesSecrets: true,
    },
    absent: [
      ...(['createTenant', 'updateTenant', 'deleteTenant'] as const),
      ...(['createIdentity', 'updateIdentity', 'deleteIdentity'] as const),
      ...(['disableSecret', 'enableSecret', 'replaceSecret', 'revealSecret', 'verifySecret'] as const),
    ],
    costs: { getClients: dialect === 'v1' ? 1 : 100, listSecrets: 50 },
    misconfigured: [
      [{ kind: 'aveva' }, ['url', 'tenants']],
      [
        { kind: 'aveva', url: `ftp://${CANARY}`, dialect: CANARY, tenants: [] },
        ['url', 'dialect', 'tenants'],
      ],
      [
        { kind: 'aveva', url: `http://a:${CANARY}@b`, tenants: [{ id: CANARY, clientId: '' }], more: CANARY },
        ['url', 'tenants.0.id', 'tenants.0.clientId', 'tenants.0.clientSecret', 'more'],
      ],
      [
        { kind: 'aveva', url: 'http://a', tenants: [TENANT, { ...TENANT, clientId: '', clientSecret: 1 }] },
        ['tenants.1.id', 'tenants.1.clientId', 'tenants.1.clientSecret'],
      ],
    ],
    changes: {
      client: { name: 'renamed', enabled: false, attributes: {} },
      secret: { description: 'renamed', expiresAt: new Date('2030-01-01T00:00:00.000Z') },
    },
    clientsBelongTo: 'tenant',
    replacementBy: null,
    vendor,
    start: (clock) => startAveva(dialect, clock),
  });
});

import { describe } from 'vitest';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { MINUTE } from '../../src/domain/duration.ts';
import { PRODUCTS } from '../../src/providers/zstack/config.ts';
import { zstack } from '../../src/providers/zstack/provider.ts';
import { describeConformance } from './conformance.ts';
import { CANARY, type Stage, type VendorFacts } from './harness.ts';
import { CREDENTIALS, type CredentialForm, secretOf, startZstack } from './zstack-setting.ts';
import type { ZstackSimulator } from '../../src/providers/zstack/simulator.ts';

const OK = { kind: 'zstack', url: 'http://zstack.example.com:8080', product: 'cloud' };
const failed = (code: string, cause?: string) => ({
  status: 503,
  body: {
    error: {
      code,
      description: CANARY,
      details: CANARY,
      cause: cause === undefined ? null : { code: cause, description: CANARY },
    },
  },
});
const refused = (code: string) => ({ ...failed(code), read: 'rejected', write: 'rejected' }) as const;

/** The slot has taken a value so often. */
const writesInto = ({ simulator }: Stage, client: string): number =>
  (simulator as ZstackSimulator | null)?.client(client)?.secretWrites ?? 0;

const vendor: VendorFacts = {
  isRead: ({ path }) => path === '/zstack/v1/get/sso/client',
  write: {
    send: async ({ provider, call }, of) =>
      provider.replaceSecret?.(
        secretOf(of),
        { value: new SecretValue('issued by the identity provider'), oldEndsAt: null },
        call,
      ),
    isIt: ({ path }) => path === '/zstack/v1/update/oauth2/client',
    effects: async (stage, { client }) => writesInto(stage, client),
    isFoundOut: true,
  },
  isLogin: ({ path }) => path === '/zstack/v1/accounts/login',
  throttlings: [{ ...failed('ID.1006'), retryAfterMs: MINUTE }],
  refusals: [
    { ...failed('ID.1001'), read: 'unauthenticated', write: 'unauthenticated' },
    { ...failed('SYS.1006', 'ID.1001'), read: 'unauthenticated', write: 'unauthenticated' },
    { ...failed('ID.1000'), read: 'forbidden', write: 'forbidden' },
    { ...failed('ID.1002'), read: 'forbidden', write: 'forbidden' },
    { ...failed('LOGIN_CONTROL.1002'), read: 'forbidden', write: 'forbidden' },
    { ...failed('SYS.1003'), read: 'not_found', write: 'not_found' },
    { ...failed('SYS.1000', 'SYS.1003'), read: 'not_found', write: 'not_found' },
    { ...failed('SYS.1007'), read: 'invalid_input', write: 'invalid_input' },
    refused('SYS.1006'),
    refused('SSO.1000'),
    { status: 200, body: failed('ID.1002').body, read: 'forbidden', write: 'forbidden' },
    { status: 403, body: {}, read: 'forbidden', write: 'forbidden' },
    { status: 404, body: {}, read: 'unsupported', write: 'unsupported' },
  ],
};

/** How it is let in differs little between the products. */
const FORMS = { zsphere: CREDENTIALS, cloud: ['login'] } as const;

describe.each(PRODUCTS)('product %s', (product) => {
  describe.each<CredentialForm>(FORMS[product])('with %s', (form) => {
    describeConformance({
      name: 'zstack',
      definition: zstack,
      traits: {
        maxActiveSecrets: 1,
        minActiveSecrets: 1,
        secretLifetime: null,
        retrieval: product === 'zsphere' ? 'ANY_TIME' : 'ONCE',
        revocationDelayMs: 0,
        replacement: 'AT_ONCE',
        describesSecrets: false,
      },
      absent: [
        ...(['createTenant', 'updateTenant', 'deleteTenant'] as const),
        ...(['createIdentity', 'updateIdentity', 'deleteIdentity'] as const),
        ...(['createSecret', 'updateSecret', 'disableSecret', 'enableSecret', 'revokeSecret'] as const),
        'verifySecret',
        ...(product === 'cloud' ? (['revealSecret'] as const) : []),
      ],
      costs: { getClients: 1, listSecrets: 1 },
      misconfigured: [
        [{ kind: 'zstack' }, ['url', 'product', 'account', 'password']],
        [{ ...OK, account: 'admin' }, ['password']],
        [{ ...OK, accessKeySecret: CANARY }, ['accessKeyId']],
        [{ ...OK, account: 'admin', password: CANARY, accessKeyId: 'k' }, ['accessKeyId']],
        [
          { ...OK, url: `http://a:${CANARY}@b`, product: CANARY, account: '', password: '', more: CANARY },
          ['url', 'product', 'account', 'password', 'more'],
        ],
        [{ ...OK, accessKeyId: `${CANARY}: x`, accessKeySecret: '' }, ['accessKeyId', 'accessKeySecret']],
      ],
      changes: {
        client: {
          name: 'renamed',
          description: 'changed',
          redirectUris: ['https://zstack.example/elsewhere'],
        },
      },
      clientsBelongTo: 'tenant',
      replacementBy: 'caller',
      vendor: form === 'login' ? vendor : { ...vendor, isLogin: null },
      start: (clock) => startZstack(product, form, clock),
    });
  });
});

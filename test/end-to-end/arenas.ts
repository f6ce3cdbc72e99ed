import type { Operation } from '../../src/domain/operation.ts';
import type { Definition } from '../../src/provider-kit/definition.ts';
import { alibabaEiam } from '../../src/providers/alibaba-eiam/provider.ts';
import { aveva } from '../../src/providers/aveva/provider.ts';
import { infisical } from '../../src/providers/infisical/provider.ts';
import { launchdarkly } from '../../src/providers/launchdarkly/provider.ts';
import { zstack } from '../../src/providers/zstack/provider.ts';
import { startAlibabaEiam } from '../conformance/alibaba-eiam-setting.ts';
import { startAveva } from '../conformance/aveva-setting.ts';
import type { Setting } from '../conformance/harness.ts';
import { startInfisical } from '../conformance/infisical-setting.ts';
import { startLaunchDarkly } from '../conformance/launchdarkly-setting.ts';
import { startZstack } from '../conformance/zstack-setting.ts';
import type { TestClock } from '../test-clock.ts';

/** A provider as it is configured here, and what its page says that it can. */
export interface Arena {
  readonly name: string;
  readonly definition: Definition;
  start(clock: TestClock): Promise<Setting<undefined>>;
  readonly clientKind: string;
  readonly capabilities: Capabilities;
  /** What the seeded client and its secret lack, though another client of this provider may have it. */
  readonly lacking: readonly Operation[];
  /** What this vendor takes. */
  readonly inputs: { readonly client: object; readonly secret?: object; readonly rotation?: object };
}

interface Capabilities {
  readonly operations: readonly Operation[];
  readonly secretRetrieval: 'ONCE' | 'ANY_TIME';
  readonly rotation: 'OVERLAP' | 'REPLACE' | 'NONE';
  readonly maxActiveSecretsPerClient: number | null;
  readonly minSecretLifetime: string | null;
  readonly maxSecretLifetime: string | null;
  readonly supportsSecretExpiry: boolean;
  readonly revocationDelay: string;
}

const CLIENTS = ['CREATE_CLIENT', 'UPDATE_CLIENT', 'DELETE_CLIENT'] as const;
const IDENTITIES = ['CREATE_IDENTITY', 'UPDATE_IDENTITY', 'DELETE_IDENTITY'] as const;

const NO_EXPIRY = { minSecretLifetime: null, maxSecretLifetime: null, supportsSecretExpiry: false } as const;
const ANY_EXPIRY = { ...NO_EXPIRY, supportsSecretExpiry: true } as const;
const AT_ONCE = { revocationDelay: 'PT0S' } as const;
const RENAMED = { client: { name: 'renamed' } };
const IN_A_YEAR = { secret: { expiresAt: new Date(Date.UTC(2027, 10, 21)).toISOString() } };

const zstackArena = (product: 'zsphere' | 'cloud'): Arena => ({
  name: `zstack, ${product}`,
  definition: zstack,
  start: (clock) => startZstack(product, 'login', clock),
  clientKind: 'AUTHORIZATION_CODE',
  capabilities: {
    operations: [
      ...CLIENTS,
      'ROTATE_CLIENT_SECRET',
      ...(product === 'zsphere' ? (['REVEAL_CLIENT_SECRET'] as const) : []),
    ],
    secretRetrieval: product === 'zsphere' ? 'ANY_TIME' : 'ONCE',
    rotation: 'REPLACE',
    maxActiveSecretsPerClient: 1,
    ...NO_EXPIRY,
    ...AT_ONCE,
  },
  lacking: [],
  inputs: { ...RENAMED, rotation: { overlap: 'PT0S', value: 'a value of the caller’s own' } },
});

const launchDarklyArena = (seeded: 'oauth' | 'token', accessTokens: boolean): Arena => ({
  name: `launchdarkly, ${seeded}${accessTokens ? '' : ' alone'}`,
  definition: launchdarkly,
  start: (clock) => startLaunchDarkly(seeded, accessTokens, clock),
  clientKind: seeded === 'oauth' ? 'AUTHORIZATION_CODE' : 'ACCESS_TOKEN',
  capabilities: {
    operations: [
      ...CLIENTS,
      ...(accessTokens ? (['ROTATE_CLIENT_SECRET', 'REVOKE_CLIENT_SECRET'] as const) : []),
    ],
    secretRetrieval: 'ONCE',
    rotation: accessTokens ? 'OVERLAP' : 'NONE',
    maxActiveSecretsPerClient: 1,
    ...NO_EXPIRY,
    ...AT_ONCE,
  },
  lacking: seeded === 'oauth' ? ['ROTATE_CLIENT_SECRET', 'REVOKE_CLIENT_SECRET'] : [],
  inputs: RENAMED,
});

export const ARENAS: readonly Arena[] = [
  {
    name: 'infisical',
    definition: infisical,
    start: (clock) => startInfisical('current', clock),
    clientKind: 'UNIVERSAL_AUTH',
    capabilities: {
      operations: [
        ...IDENTITIES,
        ...CLIENTS,
        'CREATE_CLIENT_SECRET',
        'ROTATE_CLIENT_SECRET',
        'REVOKE_CLIENT_SECRET',
      ],
      secretRetrieval: 'ONCE',
      rotation: 'OVERLAP',
      maxActiveSecretsPerClient: null,
      minSecretLifetime: 'PT1S',
      maxSecretLifetime: 'P3650D',
      supportsSecretExpiry: true,
      ...AT_ONCE,
    },
    lacking: [],
    inputs: { client: { attributes: { accessTokenTTL: 60 } } },
  },
  {
    name: 'aveva',
    definition: aveva,
    start: (clock) => startAveva('v1', clock),
    clientKind: 'CLIENT_CREDENTIALS',
    capabilities: {
      operations: [
        ...CLIENTS,
        'CREATE_CLIENT_SECRET',
        'UPDATE_CLIENT_SECRET',
        'ROTATE_CLIENT_SECRET',
        'REVOKE_CLIENT_SECRET',
      ],
      secretRetrieval: 'ONCE',
      rotation: 'OVERLAP',
      maxActiveSecretsPerClient: 10,
      ...ANY_EXPIRY,
      revocationDelay: 'PT1H',
    },
    lacking: [],
    inputs: { ...RENAMED, ...IN_A_YEAR, rotation: { expiresIn: 'P30D' } },
  },
  zstackArena('zsphere'),
  zstackArena('cloud'),
  {
    name: 'alibaba-eiam',
    definition: alibabaEiam,
    start: startAlibabaEiam,
    clientKind: 'AUTHORIZATION_CODE',
    capabilities: {
      operations: [
        ...CLIENTS,
        'CREATE_CLIENT_SECRET',
        'UPDATE_CLIENT_SECRET',
        'DISABLE_CLIENT_SECRET',
        'ENABLE_CLIENT_SECRET',
        'ROTATE_CLIENT_SECRET',
        'REVOKE_CLIENT_SECRET',
        'REVEAL_CLIENT_SECRET',
      ],
      secretRetrieval: 'ANY_TIME',
      rotation: 'OVERLAP',
      maxActiveSecretsPerClient: 2,
      minSecretLifetime: 'P1D',
      maxSecretLifetime: 'P1095D',
      supportsSecretExpiry: true,
      ...AT_ONCE,
    },
    lacking: [],
    inputs: { ...RENAMED, ...IN_A_YEAR },
  },
  launchDarklyArena('oauth', false),
  launchDarklyArena('oauth', true),
  launchDarklyArena('token', true),
];

import type { Operation } from '../../src/domain/operation.ts';
import type { Definition } from '../../src/provider-kit/definition.ts';
import { infisical } from '../../src/providers/infisical/provider.ts';
import type { Setting } from '../conformance/harness.ts';
import { startInfisical } from '../conformance/infisical-setting.ts';
import type { TestClock } from '../test-clock.ts';

/** A provider as it is configured here, and what it is said to be able to: a column of the table in the README. */
export interface Arena {
  readonly name: string;
  readonly definition: Definition;
  start(clock: TestClock): Promise<Setting<undefined>>;
  readonly clientKind: string;
  readonly capabilities: {
    readonly secretRetrieval: 'ONCE' | 'ANY_TIME';
    readonly rotation: 'OVERLAP' | 'REPLACE' | 'NONE';
    readonly maxActiveSecretsPerClient: number | null;
    readonly minSecretLifetime: string | null;
    readonly maxSecretLifetime: string | null;
    readonly supportsSecretExpiry: boolean;
    readonly revocationDelay: string;
    readonly operations: readonly Operation[];
  };
  /** What of it the seeded client and its secret lack. */
  readonly lacking?: readonly Operation[];
  /** What this vendor takes. */
  readonly changes: { readonly client?: object; readonly secret?: object };
  /** Of `rotateClientSecret`, beside the id. */
  readonly rotation?: object;
}

export const ARENAS: readonly Arena[] = [
  {
    name: 'infisical',
    definition: infisical,
    start: (clock) => startInfisical('current', clock),
    clientKind: 'UNIVERSAL_AUTH',
    capabilities: {
      secretRetrieval: 'ONCE',
      rotation: 'OVERLAP',
      maxActiveSecretsPerClient: null,
      minSecretLifetime: 'PT1S',
      maxSecretLifetime: 'P3650D',
      supportsSecretExpiry: true,
      revocationDelay: 'PT0S',
      operations: [
        'CREATE_IDENTITY',
        'UPDATE_IDENTITY',
        'DELETE_IDENTITY',
        'CREATE_CLIENT',
        'UPDATE_CLIENT',
        'DELETE_CLIENT',
        'CREATE_CLIENT_SECRET',
        'ROTATE_CLIENT_SECRET',
        'REVOKE_CLIENT_SECRET',
      ],
    },
    changes: { client: { attributes: { accessTokenTTL: 60 } } },
  },
];

import { afterAll, beforeAll, describe } from 'vitest';
import { local } from '../../src/providers/local/provider.ts';
import { openTestStore, TEST_DATABASES, type TestStore } from '../database.ts';
import { describeConformance } from './conformance.ts';
import { CANARY } from './harness.ts';
import { startLocal } from './local-setting.ts';

describe.each(TEST_DATABASES)('%s', (kind) => {
  let database: TestStore;
  beforeAll(async () => {
    database = await openTestStore(kind);
  });
  afterAll(() => database.close());

  describeConformance({
    name: 'local',
    definition: local,
    traits: {
      maxActiveSecrets: null,
      minActiveSecrets: 0,
      secretLifetime: { minMs: null, maxMs: null, clearable: true },
      retrieval: 'ANY_TIME',
      revocationDelayMs: 0,
      replacement: null,
      describesSecrets: true,
    },
    absent: ['replaceSecret'],
    costs: { getClients: 1, listSecrets: 1 },
    misconfigured: [[{ kind: 'local', more: CANARY }, ['more']]],
    changes: {
      tenant: { name: 'renamed' },
      identity: { name: 'renamed' },
      client: { description: null, enabled: false },
      secret: { description: null },
    },
    clientsBelongTo: 'identity',
    replacementBy: null,
    vendor: null,
    start: () => startLocal(database),
  });
});

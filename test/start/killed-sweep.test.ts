import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { MINUTE } from '../../src/domain/duration.ts';
import { openGateway } from '../../src/gateway.ts';
import {
  createInfisicalSimulator,
  type InfisicalSimulator,
} from '../../src/providers/infisical/simulator.ts';
import { serve } from '../../src/server/serve.ts';
import { createPostgresqlDatabase, TEST_DATABASES } from '../database.ts';
import { configOf, infisicalEntry, MASTER_KEY, recordingLog } from '../gateway.ts';
import { ask, shownToken, startProcess, workingFolder } from './keyfold-process.ts';

/** More than twice as many as a sweep asks for in one step. */
const CLIENTS = 45;
const IN_A_STEP = 20;
const FOUND = `{ clients { totalCount failures { message } } clientSecrets { totalCount failures { message } } }`;
const ends: (() => Promise<unknown>)[] = [];

vi.setConfig({ testTimeout: 60_000 });
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** With a secret for each client. The list of the secrets of the one that is given last is never answered, once. */
async function vendorWithSilence(): Promise<{
  readonly vendor: InfisicalSimulator;
  readonly silent: string;
}> {
  const vendor = await createInfisicalSimulator({ generation: 'current', clock: { now: () => new Date() } });
  ends.unshift(() => vendor.close());
  const identities = Array.from({ length: CLIENTS }, (_, n) => {
    const identity = vendor.seedIdentity({ name: `machine ${n}` });
    vendor.seedUniversalAuth(identity);
    vendor.seedSecret(identity);
    return identity;
  });
  const silent = `/identities/${identities.at(-1)}/client-secrets`;
  vendor.inject({ match: ({ path }) => path.endsWith(silent), kind: 'silence' });
  return { vendor, silent };
}

describe.runIf(TEST_DATABASES.includes('postgresql'))('a process that is killed while it sweeps', () => {
  test('leaves its sweep to another, which goes on where it was', async () => {
    const { vendor, silent } = await vendorWithSilence();
    const providers = { infisical: { ...infisicalEntry(vendor), readDeadline: 'PT1M' } };
    const { url, drop } = await createPostgresqlDatabase();
    ends.push(drop);
    const cwd = workingFolder();
    writeFileSync(join(cwd, 'keyfold.yaml'), stringify({ providers }));
    const killed = startProcess('main.ts', {
      cwd,
      env: { DATABASE_URL: url, KEYFOLD_MASTER_KEY: MASTER_KEY },
    });
    await killed.ready;
    await expect.poll(() => vendor.requests.some(({ path }) => path.endsWith(silent))).toBe(true);
    killed.signal('SIGKILL');
    expect(await killed.exited).toBeNull();
    const before = secretLists(vendor.requests);
    const asked = vendor.requests.length;

    const log = recordingLog([]);
    const soon = () => new Date(Date.now() + 3 * MINUTE);
    const gateway = await openGateway(configOf(providers, url), { log, clock: { now: soon } });
    ends.unshift(() => gateway.close());
    const serving = await serve(gateway, { host: '127.0.0.1', port: 0, log });
    ends.unshift(() => serving.close());
    await gateway.doBackgroundWork(new AbortController().signal);
    const token = shownToken(killed.stdout()) ?? '';
    expect(await ask(serving.origin, token, FOUND)).toEqual({
      // That of the gateway itself is one of them.
      clients: { totalCount: CLIENTS + 1, failures: [] },
      clientSecrets: { totalCount: CLIENTS + 1, failures: [] },
    });
    const after = secretLists(vendor.requests.slice(asked));
    const twice = after.filter((client) => before.includes(client));
    expect(before.length).toBeGreaterThan(IN_A_STEP);
    expect(twice.length).toBeLessThanOrEqual(IN_A_STEP);
    expect(before.length + after.length - twice.length).toBe(CLIENTS + 1);
  });
});

/** Whose secrets it was asked for. */
function secretLists(requests: InfisicalSimulator['requests']): readonly string[] {
  return requests
    .filter(({ method }) => method === 'GET')
    .flatMap(({ path }) => SECRETS.exec(path)?.[1] ?? []);
}
const SECRETS = /\/identities\/([^/]+)\/client-secrets$/;

import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import type { ClientSecretId } from '../../src/domain/ids.ts';
import { openGateway, type Gateway } from '../../src/gateway.ts';
import { TEST_DATABASES } from '../database.ts';
import { configOf, infisicalEntry, recordingLog, startTestGateway, type TestGateway } from '../gateway.ts';
import { RevokeClientSecretDocument } from '../generated/graphql.ts';
import { testClock } from '../test-clock.ts';
import { expectType } from './world.ts';

const READER = {
  id: 'token:reader',
  name: 'reader',
  grants: [{ role: 'READER', provider: null, tenant: null }],
} as const;
/** Far below what the memory keeps, which here is for ever: the clock stands still. */
const SOON = { timeout: 1000, interval: 5 };

describe.runIf(TEST_DATABASES.includes('postgresql'))('two replicas over one database', () => {
  let one: TestGateway;
  let other: Gateway;
  let id: ClientSecretId;
  beforeEach(async () => {
    const clock = testClock();
    one = await startTestGateway({ database: 'postgresql', clock });
    const config = configOf({ infisical: infisicalEntry(one.infisical) }, one.databaseUrl);
    other = await openGateway(config, { log: recordingLog([]), clock });
    const identity = one.infisical.seedIdentity({ name: 'machine' });
    one.infisical.seedUniversalAuth(identity);
    const secret = one.infisical.seedSecret(identity);
    const tenant = one.infisical.organizationId;
    id = { provider: 'infisical', tenant, client: identity, secret: secret.id };
  });
  afterEach(async () => {
    await other.close();
    await one.close();
  });

  const readAtOther = async () => {
    const signal = new AbortController().signal;
    const session = other.as({ actor: READER, requestId: randomUUID(), signal });
    const [found] = await session.recent(null).secrets([id]);
    if (found === null || found === undefined || found instanceof Error) throw new Error('not found');
    return [found.status, found.freshness.source];
  };
  const revokeAtOne = async () => {
    const globalId = Buffer.from(
      JSON.stringify(['ClientSecret', 'infisical', id.tenant, id.client, id.secret]),
    ).toString('base64url');
    const { revokeClientSecret } = await one.query(RevokeClientSecretDocument, { input: { id: globalId } });
    expectType(revokeClientSecret, 'RevokeClientSecretSuccess');
  };

  test('what one writes the other shows at once, though it remembers what was before', async () => {
    expect(await readAtOther()).toEqual(['ACTIVE', 'LIVE']);
    expect(await readAtOther()).toEqual(['ACTIVE', 'CACHE']);
    const heard = other.writesHeard();
    await revokeAtOne();
    await vi.waitFor(async () => expect((await readAtOther())[0]).toBe('REVOKED'), SOON);
    expect(await readAtOther()).toEqual(['REVOKED', 'CACHE']);
    expect(other.writesHeard()).toBe((heard ?? 0) + 1);
  });

  test('one that does not hear of the other’s writes remembers nothing until it hears again', async () => {
    expect(await readAtOther()).toEqual(['ACTIVE', 'LIVE']);
    expect(await readAtOther()).toEqual(['ACTIVE', 'CACHE']);
    // Both have all the connections that they will need.
    await revokeAtOne();
    const database = new URL(one.databaseUrl ?? '').pathname.slice(1);
    const admin = postgres(`${inject('postgresqlUrl')}/postgres`, { max: 1 });
    try {
      await admin.unsafe(`alter database ${database} with allow_connections false`);
      const ended = await admin`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = ${database} and query like 'listen%'`;
      expect(ended.length).toBe(2);
      await vi.waitFor(() => expect(other.writesHeard()).toBeNull(), SOON);
      for (let i = 0; i < 2; i += 1) expect(await readAtOther()).toEqual(['REVOKED', 'LIVE']);
    } finally {
      await admin.unsafe(`alter database ${database} with allow_connections true`);
      await admin.end();
    }
    await vi.waitFor(() => expect(other.writesHeard()).not.toBeNull(), { timeout: 20_000, interval: 20 });
    expect(await readAtOther()).toEqual(['REVOKED', 'LIVE']);
    expect(await readAtOther()).toEqual(['REVOKED', 'CACHE']);
  });
});

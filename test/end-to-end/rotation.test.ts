import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { DAY, HOUR } from '../../src/domain/duration.ts';
import { openGateway, type Gateway } from '../../src/gateway.ts';
import { createInfisicalSimulator } from '../../src/providers/infisical/simulator.ts';
import { createPostgresqlDatabase, TEST_DATABASES } from '../database.ts';
import {
  CancelRotationDocument,
  CompleteRotationDocument,
  RotateClientSecretDocument,
  RotationsDocument,
  VerifyClientSecretDocument,
} from '../generated/graphql.ts';
import { infisicalEntry, recordingLog, startTestGateway, type TestGateway } from '../gateway.ts';
import { rotateClientSecret } from '../../src/service/rotate-client-secret.ts';
import { createTenant } from '../../src/service/create-tenant.ts';
import { createClient } from '../../src/service/create-client.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { testClock } from '../test-clock.ts';
import { expectType, newClient, newInfisicalClient, newSecret, newTenant } from './world.ts';

const signal = new AbortController().signal;

describe.each(TEST_DATABASES)('rotating over HTTP, on %s', (database) => {
  const clock = testClock();
  let it: TestGateway;
  beforeAll(async () => void (it = await startTestGateway({ database, clock })));
  afterAll(() => it.close());

  const valid = async ({ clientId, value }: { clientId: string; value: string }) => {
    const { verifyClientSecret } = await it.query(VerifyClientSecretDocument, { input: { clientId, value } });
    return expectType(verifyClientSecret, 'VerifyClientSecretSuccess').valid;
  };
  /** Can this value log in at the vendor? */
  const logsIn = async ({ clientId, value }: { clientId: string; value: string }) => {
    const response = await fetch(`${it.infisical.origin}/api/v1/auth/universal-auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ clientId, clientSecret: value }),
    });
    return response.ok;
  };
  const rotate = async (id: string, overlap?: string) => {
    const input = { id, ...(overlap && { overlap }) };
    const { rotateClientSecret: result } = await it.query(RotateClientSecretDocument, { input });
    return expectType(result, 'RotateClientSecretSuccess');
  };

  test('local: both work for the overlap, then the new one alone', async () => {
    const old = await newSecret(it, (await newClient(it, await newTenant(it))).id);
    const { rotation, issued } = await rotate(old.clientSecret.id, 'PT1H');
    expect(rotation.state).toBe('OVERLAPPING');
    expect([await valid(old), await valid(issued)]).toEqual([true, true]);
    clock.pass(HOUR);
    expect([await valid(old), await valid(issued)]).toEqual([false, true]);
    await it.gateway.doBackgroundWork(signal);
    const { rotations } = await it.query(RotationsDocument, { first: 1 });
    expect(rotations.nodes).toMatchObject([
      { state: 'COMPLETED', oldSecret: { status: 'REVOKED' }, newSecret: { status: 'ACTIVE' } },
    ]);
  });

  test('infisical: both log in for the overlap, then the new one alone', async () => {
    const old = await newSecret(it, (await newInfisicalClient(it)).id, { description: 'ci' });
    const { issued } = await rotate(old.clientSecret.id);
    expect([await logsIn(old), await logsIn(issued)]).toEqual([true, true]);
    clock.pass(DAY);
    await it.gateway.doBackgroundWork(signal);
    expect([await logsIn(old), await logsIn(issued)]).toEqual([false, true]);
  });

  test('infisical: an answer lost after the vendor made the secret leaves one that works, and no orphan', async () => {
    const old = await newSecret(it, (await newInfisicalClient(it)).id);
    it.infisical.inject({
      match: ({ method, path }) => method === 'POST' && path.endsWith('/client-secrets'),
      kind: 'lost-reply',
    });
    const { rotateClientSecret: lost } = await it.query(RotateClientSecretDocument, {
      input: { id: old.clientSecret.id },
    });
    expect(lost).toMatchObject({
      __typename: 'ProviderUnavailableError',
      applied: 'UNKNOWN',
      retryable: false,
    });
    clock.pass(HOUR);
    await it.gateway.doBackgroundWork(signal);
    const { data } = await it.ask(
      `{ node(id: "${old.clientSecret.id}") { ... on ClientSecret { client { secrets { nodes { id status } } } } } }`,
    );
    expect(data).toEqual({
      node: { client: { secrets: { nodes: [{ id: old.clientSecret.id, status: 'ACTIVE' }] } } },
    });
    expect(await logsIn(old)).toBe(true);
  });

  test('completing and cancelling', async () => {
    const client = (await newClient(it, await newTenant(it))).id;
    const [first, second] = [await newSecret(it, client), await newSecret(it, client)];
    const one = await rotate(first.clientSecret.id);
    const completed = await it.query(CompleteRotationDocument, { input: { id: one.rotation.id } });
    expect(completed.completeRotation).toMatchObject({ rotation: { state: 'COMPLETED' } });
    expect([await valid(first), await valid(one.issued)]).toEqual([false, true]);
    const two = await rotate(second.clientSecret.id);
    const cancelled = await it.query(CancelRotationDocument, { input: { id: two.rotation.id, keep: 'OLD' } });
    expect(cancelled.cancelRotation).toMatchObject({ rotation: { state: 'CANCELLED' } });
    expect([await valid(second), await valid(two.issued)]).toEqual([true, false]);
    clock.pass(2 * DAY);
    expect(await valid(second)).toBe(true);
  });

  test('an idempotency key gives the same new secret again, after the answer was lost on the way', async () => {
    const old = await newSecret(it, (await newInfisicalClient(it)).id);
    const input = { id: old.clientSecret.id, idempotencyKey: 'rotate-once' };
    const results = [
      await it.query(RotateClientSecretDocument, { input }),
      await it.query(RotateClientSecretDocument, { input }),
    ].map(({ rotateClientSecret: result }) => expectType(result, 'RotateClientSecretSuccess').issued.value);
    expect(results[0]).toBe(results[1]);
  });
});

describe.each(TEST_DATABASES)('a rotation outlives the gateway, on %s', (kind) => {
  test('begun by one process, ended by the next', async () => {
    const clock = testClock();
    const folder = mkdtempSync(join(tmpdir(), 'keyfold-rotation-'));
    const infisical = await createInfisicalSimulator({ generation: '2024-10', clock });
    const database = kind === 'postgresql' ? await createPostgresqlDatabase() : null;
    writeFileSync(
      join(folder, 'keyfold.yaml'),
      stringify({ providers: { infisical: infisicalEntry(infisical) } }),
    );
    const env = { KEYFOLD_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'), DATABASE_URL: database?.url };
    const open = () => openGateway(loadConfig({ env, cwd: folder }), { log: recordingLog([]), clock });
    const as = (gateway: Gateway) =>
      gateway.as({
        actor: { id: 'token:1', name: 'test', grants: [{ role: 'ADMIN', provider: null, tenant: null }] },
        requestId: 'r',
        signal,
      });
    const none = { idempotencyKey: null };
    const secret = { description: null, expiresAt: null, expiresInMs: null, value: null };

    const first = await open();
    const tenant = await createTenant(as(first), {
      provider: 'local',
      name: 'T',
      description: null,
      ...none,
    });
    const about = {
      identity: null,
      name: 'C',
      description: null,
      kind: null,
      redirectUris: null,
      attributes: null,
    };
    const { client } = await createClient(as(first), { tenant: tenant.id, ...about, ...none });
    const issued = await createClientSecret(as(first), {
      client: client.id,
      maxUses: null,
      retrievable: null,
      ...secret,
      ...none,
    });
    const { rotation } = await rotateClientSecret(as(first), {
      id: issued.secret.id,
      overlapMs: HOUR,
      ...secret,
      ...none,
    });
    await first.close();

    clock.pass(HOUR);
    const second = await open();
    await second.doBackgroundWork(signal);
    expect(await as(second).records.rotations([rotation.id])).toMatchObject([{ state: 'COMPLETED' }]);
    expect(await as(second).read.secrets([issued.secret.id])).toMatchObject([{ status: 'REVOKED' }]);
    expect(await second.verifyAuditTrail(null)).toMatchObject({ faults: [] });
    await second.close();
    await infisical.close();
    await database?.drop();
    rmSync(folder, { recursive: true });
  });
});

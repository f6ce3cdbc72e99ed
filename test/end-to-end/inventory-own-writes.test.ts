import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/domain/duration.ts';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { NAME } from '../conformance/harness.ts';
import { startLaunchDarkly, type LaunchDarklySetting } from '../conformance/launchdarkly-setting.ts';
import {
  AllClientsDocument,
  CreateClientDocument,
  CreateClientSecretDocument,
  DriftDocument,
  RevokeClientSecretDocument,
  UpdateIdentityDocument,
} from '../generated/graphql.ts';
import { testClock } from '../test-clock.ts';
import { expectType, newInfisicalClient, partOf } from './world.ts';

describe('what is done through the gateway is no drift', () => {
  const clock = testClock();
  let it: TestGateway;
  let launchdarkly: LaunchDarklySetting;
  beforeAll(async () => {
    launchdarkly = await startLaunchDarkly('token', true, clock);
    const providers = { [NAME]: Object.assign({}, launchdarkly.options) };
    it = await startTestGateway({ database: 'pglite', clock, providers });
    await work();
  });
  afterAll(async () => {
    await it.close();
    await launchdarkly.close();
  });

  const work = () => it.gateway.doBackgroundWork(new AbortController().signal);
  const sweepAndJudge = async () => {
    clock.pass(20 * MINUTE);
    await work();
    clock.pass(3 * MINUTE);
    await work();
  };
  const drift = async () => (await it.query(DriftDocument, {})).driftEvents.nodes;

  test('a secret whose making was never answered', async () => {
    const { id: client } = await newInfisicalClient(it);
    it.infisical.inject({
      match: ({ method, path }) => method === 'POST' && path.endsWith('/client-secrets'),
      kind: 'lost-reply',
    });
    const { createClientSecret } = await it.query(CreateClientSecretDocument, { input: { client } });
    expect(createClientSecret).toMatchObject({ __typename: 'ProviderUnavailableError' });
    await sweepAndJudge();
    await sweepAndJudge();
    expect(await drift()).toEqual([]);
  });

  test('an identity by whose name its client goes is renamed', async () => {
    const { id: client } = await newInfisicalClient(it);
    const id = encodeGlobalId('Identity', {
      provider: 'infisical',
      tenant: partOf(client, 2),
      identity: partOf(client, 3),
    });
    await sweepAndJudge();
    await it.query(UpdateIdentityDocument, { input: { id, name: 'renamed' } });
    await sweepAndJudge();
    expect(await drift()).toEqual([]);
  });

  test('a revoked token takes its client along, which is gone at once', async () => {
    const tenant = encodeGlobalId('Tenant', { provider: NAME, tenant: launchdarkly.simulator.accountId });
    const made = await it.query(CreateClientDocument, {
      input: { tenant, name: 'token', kind: 'ACCESS_TOKEN', attributes: { role: 'reader' } },
    });
    const { client, issued } = expectType(made.createClient, 'CreateClientSuccess');
    const clients = async () =>
      (await it.query(AllClientsDocument, { filter: { providers: [NAME] } })).clients.nodes;
    const isThere = async () => (await clients()).some(({ id }) => id === client.id);
    await sweepAndJudge();
    expect(await isThere()).toBe(true);
    const id = issued?.clientSecret.id ?? '';
    const { revokeClientSecret } = await it.query(RevokeClientSecretDocument, { input: { id } });
    expectType(revokeClientSecret, 'RevokeClientSecretSuccess');
    expect(await isThere()).toBe(false);
    await sweepAndJudge();
    expect(await drift()).toEqual([]);
  });
});

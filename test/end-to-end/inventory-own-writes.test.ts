import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/domain/duration.ts';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { CreateClientSecretDocument, DriftDocument, UpdateIdentityDocument } from '../generated/graphql.ts';
import { testClock } from '../test-clock.ts';
import { newInfisicalClient, partOf } from './world.ts';

describe('what is done through the gateway is no drift', () => {
  const clock = testClock();
  let it: TestGateway;
  beforeAll(async () => {
    it = await startTestGateway({ database: 'pglite', clock });
    await work();
  });
  afterAll(() => it.close());

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
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { infisicalTenant, newClient, newInfisicalClient, newSecret, newTenant, partOf } from './world.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await startTestGateway({ database: 'pglite', requestDeadline: 'PT1S' });
});
afterAll(() => it.close());

/** An alias is to be written before it. */
const issuing = (client: string, of = 'client { name clientId freshness { source } }') =>
  `createClientSecret(input: { client: "${client}" }) { ... on CreateClientSecretSuccess {
    issued { value clientId clientSecret { ${of} } } } }`;
/** From now on the vendor is ill when it is asked for this client. */
const spoil = (client: string) => {
  const path = `/api/v1/identities/${partOf(client, 3)}`;
  it.infisical.inject({ match: (request) => request.path === path, times: 99, kind: { status: 500 } });
};
/** A client that the inventory has never seen. */
const unseenClient = (): string => {
  const client = it.infisical.seedIdentity({ name: 'unseen' });
  it.infisical.seedUniversalAuth(client);
  const tenant = it.infisical.organizationId;
  return encodeGlobalId('Client', { provider: 'infisical', tenant, client });
};

describe('a value that is shown once is shown', () => {
  test('whatever becomes of the reads behind it, and what is asked for behind these is done', async () => {
    const [fine, ill] = [await newInfisicalClient(it, 'fine'), await newInfisicalClient(it, 'ill')];
    spoil(ill.id);
    const { data, errors } = await it.ask(
      `mutation { a: ${issuing(fine.id)} b: ${issuing(ill.id)} c: ${issuing(fine.id)} }`,
    );
    expect(errors).toEqual([]);
    const shown = (name: string, source: string) => {
      const client = { name, clientId: expect.stringMatching(/.{9}/), freshness: { source } };
      return { issued: { value: expect.any(String), clientSecret: { client } } };
    };
    expect(data).toMatchObject({
      a: shown('fine', 'LIVE'),
      b: shown('ill', 'INVENTORY'),
      c: shown('fine', 'LIVE'),
    });
  });

  test('though nobody can tell of its client: that goes by its id, and no client_id is made up', async () => {
    const client = unseenClient();
    spoil(client);
    const { data, errors } = await it.ask(`mutation { a: ${issuing(client)} }`);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      a: {
        issued: {
          value: expect.any(String),
          clientId: expect.stringMatching(/.{9}/),
          clientSecret: {
            client: { name: partOf(client, 3), clientId: '', freshness: { source: 'INVENTORY' } },
          },
        },
      },
    });
  });

  test('however long the writes of its mutation take', async () => {
    const client = await newInfisicalClient(it, 'slow');
    it.infisical.inject({ match: ({ method }) => method === 'POST', times: 4, kind: { delayMs: 400 } });
    const { data, errors } = await it.ask(
      `mutation { ${['a', 'b', 'c', 'd'].map((alias) => `${alias}: ${issuing(client.id)}`).join(' ')} }`,
    );
    expect(errors).toEqual([]);
    expect(Object.values(data ?? {})).toMatchObject(
      Array.from({ length: 4 }, () => ({
        issued: { clientSecret: { client: { freshness: { source: 'LIVE' } } } },
      })),
    );
  });
});

test('a list over all providers is whole, though one that is dead has something that was never seen', async () => {
  await newSecret(it, (await newClient(it, await newTenant(it), 'local')).id);
  const client = unseenClient();
  await newSecret(it, client);
  const seen = await newInfisicalClient(it, 'seen');
  await newSecret(it, seen.id);
  it.infisical.inject({ times: Infinity, kind: { status: 500 } });
  const { data, errors } = await it.ask<{ clientSecrets: { nodes: object[] } }>(
    '{ clientSecrets(first: 100) { nodes { client { name } tenant { id name } } } }',
  );
  expect(errors).toEqual([]);
  const tenant = { id: infisicalTenant(it), name: it.infisical.organizationId };
  for (const name of ['seen', partOf(client, 3)])
    expect(data?.clientSecrets.nodes).toContainEqual({ client: { name }, tenant });
  expect(data?.clientSecrets.nodes).toContainEqual(
    expect.objectContaining({ client: { name: 'local' }, tenant: expect.objectContaining({ name: 'Acme' }) }),
  );
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_DATABASES } from '../database.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { infisicalTenant, newClient, newSecret, newTenant } from './world.ts';

const NESTED = `query Nested($tenant: ID!) {
  node(id: $tenant) {
    ... on Tenant {
      name
      clients(first: 50) {
        nodes {
          name
          tenant { name provider { name } }
          secrets(first: 5) { nodes { hint status client { name } tenant { name } } }
        }
      }
    }
  }
}`;

interface Nested {
  readonly node: {
    readonly clients: { readonly nodes: readonly { secrets: { nodes: readonly object[] } }[] };
  };
}

describe.each(TEST_DATABASES)('what a question costs, on %s', (database) => {
  let it: TestGateway;
  beforeAll(async () => void (it = await startTestGateway({ database })));
  afterAll(() => it.close());

  test('50 clients with their secrets on the local provider: four statements', async () => {
    const tenant = await newTenant(it);
    for (let i = 0; i < 50; i += 1) {
      const client = await newClient(it, tenant, `client ${i}`);
      await newSecret(it, client.id);
      await newSecret(it, client.id);
    }
    it.statements.length = 0;
    const { data, errors } = await it.ask<Nested>(NESTED, { tenant });
    expect(errors).toEqual([]);
    expect(data?.node.clients.nodes.map(({ secrets }) => secrets.nodes.length)).toEqual(Array(50).fill(2));
    // The access token, the tenant, its clients, all their secrets.
    expect(it.statements.length).toBe(4);
  });

  test('50 clients with their secrets on Infisical: one list for each parent, none twice', async () => {
    for (let i = 0; i < 50; i += 1) {
      const identity = it.infisical.seedIdentity({ name: `machine ${i}` });
      it.infisical.seedUniversalAuth(identity);
      it.infisical.seedSecret(identity);
    }
    const before = it.infisical.requests.length;
    const { data, errors } = await it.ask<Nested>(NESTED, { tenant: infisicalTenant(it) });
    expect(errors).toEqual([]);
    expect(data?.node.clients.nodes.length).toBe(50);
    const asked = it.infisical.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
    expect(new Set(asked).size).toBe(asked.length);
    const lists = asked.filter((request) => /^GET .*\/client-secrets$/.test(request));
    expect(lists.length).toBe(50);
    // Besides: the login, the organisation, its identities, and the client id of each of the 50.
    expect(asked.length).toBe(3 + 50 + 50);
  });

  test('a write costs the token, two audit records of three statements, what the provider needs, and two of the inventory', async () => {
    const client = await newClient(it, await newTenant(it));
    it.statements.length = 0;
    await newSecret(it, client.id);
    const real = it.statements.filter((sql) => !/^(begin|commit)/i.test(sql));
    // And on PostgreSQL the word of it to the other replicas.
    expect(real.length).toBe(1 + 3 + 2 + 3 + 2 + (database === 'postgresql' ? 1 : 0));
  });
});

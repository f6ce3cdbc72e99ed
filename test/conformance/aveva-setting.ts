import { randomUUID } from 'node:crypto';
import { HOUR } from '../../src/domain/duration.ts';
import type { Dialect } from '../../src/providers/aveva/config.ts';
import { createAvevaSimulator } from '../../src/providers/aveva/simulator.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { NAME, type Setting } from './harness.ts';

/** Two tenants, and in each an administrator that the gateway works as. */
export async function startAveva(dialect: Dialect, clock: Clock): Promise<Setting<undefined>> {
  const simulator = await createAvevaSimulator({ dialect, clock, tenants: ['Acme', 'Umbra'] });
  const { origin: url, tenants } = simulator;
  let seeded = 0;
  return {
    options: {
      kind: 'aveva',
      url,
      dialect,
      tenants: tenants.map(({ id, gateway }) => ({ id, ...gateway })),
    },
    database: undefined,
    simulator,
    traffic: () => simulator.requests.length,
    credentials: tenants.map(({ gateway }) => gateway.clientSecret),
    missing: `cc:${randomUUID()}`,
    /** Of a hybrid client only a user gets tokens. */
    async accepts(_, { client }, value) {
      const id = client.slice(3);
      if (client.startsWith('hy:')) return simulator.letsIn(id, value);
      const form = { grant_type: 'client_credentials', client_id: id, client_secret: value };
      const body = new URLSearchParams(form);
      return (await fetch(`${url}/identity/connect/token`, { method: 'POST', body })).ok;
    },
    seeds: () => ({
      async tenant() {
        const { id } = tenants[seeded++ % tenants.length] ?? tenants[0];
        return { provider: NAME, tenant: id };
      },
      async identity({ provider, tenant }) {
        return { provider, tenant, identity: `user:${simulator.seedUser({ tenant })}` };
      },
      async client({ provider, tenant }) {
        return { provider, tenant, client: `cc:${simulator.seedClient({ tenant })}` };
      },
      async secret(of) {
        const expiration = new Date(clock.now().getTime() + 1000 * HOUR);
        const { id, value } = simulator.seedSecret(of.client.slice(3), { expiration });
        return { id: { ...of, secret: id }, value };
      },
      async newClient() {
        const given = {
          name: 'new',
          kind: 'HYBRID',
          redirectUris: ['https://acme.example/signed-in'],
        } as const;
        return { identity: null, description: null, attributes: null, ...given };
      },
    }),
    close: () => simulator.close(),
  };
}

import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/domain/clock.ts';
import {
  createInfisicalSimulator,
  type InfisicalSimulatorOptions,
} from '../../src/providers/infisical/simulator.ts';
import { one, QUIET } from './answers.ts';
import { NAME, type Setting } from './harness.ts';

/** An organisation, and in it an admin that the gateway works as. */
export async function startInfisical(
  generation: InfisicalSimulatorOptions['generation'],
  clock: Clock,
): Promise<Setting<undefined>> {
  const simulator = await createInfisicalSimulator({ generation, clock });
  const { origin: url, organizationId, gateway } = simulator;
  const tenant = { provider: NAME, tenant: organizationId };
  const attached = (identityId: string) => {
    simulator.seedUniversalAuth(identityId);
    return identityId;
  };
  return {
    options: {
      kind: 'infisical',
      url,
      organizationId,
      clientId: gateway.clientId,
      clientSecret: gateway.clientSecret,
    },
    database: undefined,
    simulator,
    traffic: () => simulator.requests.length,
    credentials: [gateway.clientSecret],
    missing: randomUUID(),
    async accepts(provider, { tenant, client, ...id }, value) {
      const found = await one(provider.getClients([{ ...id, tenant, client }], QUIET));
      const body = JSON.stringify({ clientId: found?.clientId, clientSecret: value });
      const headers = { 'content-type': 'application/json' };
      const login = `${url}/api/v1/auth/universal-auth/login`;
      return (await fetch(login, { method: 'POST', headers, body })).ok;
    },
    seeds: () => ({
      tenant: async () => tenant,
      identity: async () => ({ ...tenant, identity: simulator.seedIdentity({}) }),
      client: async () => ({ ...tenant, client: attached(simulator.seedIdentity({})) }),
      async secret(of) {
        const { id, value } = simulator.seedSecret(of.client);
        return { id: { ...of, secret: id }, value };
      },
      async newClient() {
        const identity = { ...tenant, identity: simulator.seedIdentity({ name: 'new' }) };
        const rest = { description: null, kind: null, redirectUris: null, attributes: null };
        return { identity, name: 'new', ...rest };
      },
    }),
    close: () => simulator.close(),
  };
}

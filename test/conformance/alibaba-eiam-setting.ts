import type { Clock } from '../../src/domain/clock.ts';
import { createAlibabaEiamSimulator } from '../../src/providers/alibaba-eiam/simulator.ts';
import { NAME, type Setting } from './harness.ts';

/** A region of EIAM with one access key; an empty one. */
export async function startAlibabaEiam(clock: Clock): Promise<Setting<undefined>> {
  const simulator = await createAlibabaEiamSimulator({ clock });
  const { origin: url, accessKey } = simulator;
  const { id: accessKeyId, secret: accessKeySecret } = accessKey;
  return {
    options: { kind: 'alibaba-eiam', url, accessKeyId, accessKeySecret },
    database: undefined,
    simulator,
    traffic: () => simulator.requests.length,
    credentials: [accessKeySecret],
    missing: 'app_mkv7rgt4d7i4u7zqtzev2mxxxx',
    accepts: async (_, id, value) => simulator.accepts(id, value),
    seeds: () => ({
      tenant: async () => ({ provider: NAME, tenant: simulator.seedInstance() }),
      identity: async (of) => ({ ...of, identity: simulator.seedUser(of.tenant) }),
      client: async (of) => ({ ...of, client: simulator.seedApplication(of.tenant) }),
      async secret(of) {
        const { id: secret, value } = simulator.seedSecret(of);
        return { id: { ...of, secret }, value };
      },
      newClient: async () => ({
        identity: null,
        name: 'new',
        description: null,
        kind: null,
        redirectUris: null,
        attributes: null,
      }),
    }),
    close: () => simulator.close(),
  };
}

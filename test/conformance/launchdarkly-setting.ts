import type { Clock } from '../../src/domain/clock.ts';
import type { ClientId } from '../../src/domain/ids.ts';
import type { NewClient } from '../../src/provider-kit/provider.ts';
import {
  createLaunchDarklySimulator,
  type LaunchDarklySimulator,
} from '../../src/providers/launchdarkly/simulator.ts';
import { NAME, type Setting } from './harness.ts';

/** What its seeds make: OAuth clients or access tokens. */
export type SeededKind = 'oauth' | 'token';

export interface LaunchDarklySetting extends Setting<undefined> {
  readonly simulator: LaunchDarklySimulator;
}

const NEW_CLIENT = { identity: null, name: 'new', description: 'a client', attributes: null };
const NEW: Readonly<Record<SeededKind, NewClient>> = {
  oauth: { ...NEW_CLIENT, kind: null, redirectUris: ['https://new.example.com/callback'] },
  token: { ...NEW_CLIENT, kind: 'ACCESS_TOKEN', redirectUris: null, attributes: { role: 'reader' } },
};

/** An account, and in it an admin's token that the gateway works with. */
export async function startLaunchDarkly(
  seeded: SeededKind,
  accessTokens: boolean,
  clock: Clock,
): Promise<LaunchDarklySetting> {
  const simulator = await createLaunchDarklySimulator({ clock });
  const { origin: url, accountId, gateway } = simulator;
  const { accessToken } = gateway;
  const tenant = { provider: NAME, tenant: accountId };
  const secrets = new Map<string, string>();
  const seedClient = (): ClientId => {
    const { id, secret } =
      seeded === 'oauth' ? simulator.seedOAuthClient() : withSecret(simulator.seedToken());
    secrets.set(id, secret);
    return { ...tenant, client: `${seeded}:${id}` };
  };
  return {
    options: { kind: 'launchdarkly', url, name: 'Example Inc.', accessToken, accessTokens },
    database: undefined,
    simulator,
    traffic: () => simulator.requests.length,
    credentials: [accessToken],
    missing: '7d3f0c52-0000-4000-8000-00000000a001',
    async accepts(_, { secret: id }, value) {
      if (seeded === 'oauth') return simulator.isSecretOf(id, value);
      const headers = { authorization: value };
      const reply = await fetch(`${url}/api/v2/caller-identity`, { headers });
      return reply.ok && ((await reply.json()) as { tokenId: string }).tokenId === id;
    },
    seeds: () => ({
      tenant: async () => tenant,
      identity: async () => ({ ...tenant, identity: simulator.seedMember() }),
      client: async () => seedClient(),
      async secret(of) {
        const secret = of.client.slice(seeded.length + 1);
        return { id: { ...of, secret }, value: secrets.get(secret) ?? '' };
      },
      newClient: async () => NEW[seeded],
    }),
    close: () => simulator.close(),
  };
}

function withSecret({ id, value }: { readonly id: string; readonly value: string }) {
  return { id, secret: value };
}

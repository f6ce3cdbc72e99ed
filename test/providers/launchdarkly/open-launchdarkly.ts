import { onTestFinished } from 'vitest';
import type { ClientId, ClientSecretId, TenantId } from '../../../src/domain/ids.ts';
import type { World } from '../../../src/provider-kit/definition.ts';
import { createConnect } from '../../../src/provider-kit/http-upstream.ts';
import { pause } from '../../../src/provider-kit/pause.ts';
import type { Call, Provider, SecretPageRequest } from '../../../src/provider-kit/provider.ts';
import { launchdarkly } from '../../../src/providers/launchdarkly/provider.ts';
import {
  createLaunchDarklySimulator,
  type LaunchDarklySimulator,
  type LaunchDarklySimulatorOptions,
} from '../../../src/providers/launchdarkly/simulator.ts';
import { testClock, type TestClock } from '../../test-clock.ts';

export const FIRST_PAGE: SecretPageRequest = {
  limit: 100,
  direction: 'forward',
  cursor: null,
  withTotal: true,
  status: null,
};

/** What may be broken on purpose: how the adapter reaches the vendor, and what it is asked. */
export interface Break {
  readonly connect?: (connect: World['connect']) => World['connect'];
  readonly provider?: (provider: Provider, tenant: TenantId) => Provider;
}

export interface Opened {
  readonly simulator: LaunchDarklySimulator;
  readonly provider: Provider;
  readonly call: Call;
  readonly clock: TestClock;
  readonly tenant: TenantId;
  seedOAuthClient(given?: Parameters<LaunchDarklySimulator['seedOAuthClient']>[0]): ClientId;
  seedToken(given?: Parameters<LaunchDarklySimulator['seedToken']>[0]): Seeded;
  /** Does the vendor take this value now? By real HTTP. */
  accepts(value: string): Promise<boolean>;
  /** How many requests came since it was last asked, by what they were. */
  requests(): Readonly<Record<string, number>>;
}

export interface Seeded {
  readonly client: ClientId;
  readonly secret: ClientSecretId;
  readonly value: string;
}

/** The adapter alone, before a simulator, until the test ends; both go by one clock. */
export async function openLaunchDarkly(
  given: Partial<LaunchDarklySimulatorOptions> & {
    readonly accessTokens?: boolean;
    readonly accessToken?: string;
    readonly broken?: Break;
  } = {},
): Promise<Opened> {
  const { accessTokens = true, broken = {}, ...options } = given;
  const clock = testClock('2026-05-01T09:30:00.000Z');
  const simulator = await createLaunchDarklySimulator({ clock, ...options });
  onTestFinished(() => simulator.close());
  const { origin: url, accountId, gateway } = simulator;
  const parsed = launchdarkly.options.parse({
    kind: 'launchdarkly',
    url,
    name: 'Example Inc.',
    accessToken: given.accessToken ?? gateway.accessToken,
    accessTokens,
  });
  const { connect: breakConnect = (it) => it, provider: breakProvider = (it) => it } = broken;
  const connect = breakConnect(createConnect({ clock, limits: { backoffMs: 1 } }));
  const tenant = { provider: 'acme', tenant: accountId };
  const world = { name: 'acme', connect, database: undefined, clock, pause };
  const provider = breakProvider(launchdarkly.open(parsed, world), tenant);
  let seen = 0;
  return {
    simulator,
    provider,
    clock,
    tenant,
    call: { signal: new AbortController().signal, requestId: 'test' },
    seedOAuthClient(fields = {}) {
      clock.pass(1);
      return { ...tenant, client: `oauth:${simulator.seedOAuthClient(fields).id}` };
    },
    seedToken(token = {}) {
      clock.pass(1);
      const { id, value } = simulator.seedToken(token);
      const client = { ...tenant, client: `token:${id}` };
      return { client, secret: { ...client, secret: id }, value };
    },
    async accepts(value) {
      const path = `${url}/api/v2/caller-identity`;
      return (await fetch(path, { headers: { authorization: value } })).ok;
    },
    requests() {
      const counts: Record<string, number> = {};
      for (const { method, path } of simulator.requests.slice(seen)) {
        const short = path.replace('/api/v2/', '').replace(/[\da-f]{24}|[\da-f-]{36}/, ':id');
        counts[`${method} ${short}`] = (counts[`${method} ${short}`] ?? 0) + 1;
      }
      seen = simulator.requests.length;
      return counts;
    },
  };
}

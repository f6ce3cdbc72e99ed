import { onTestFinished } from 'vitest';
import type { ClientSecret } from '../../../src/domain/client-secret.ts';
import type { ClientId, ClientSecretId, IdentityId, TenantId } from '../../../src/domain/ids.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { World } from '../../../src/provider-kit/definition.ts';
import { createConnect } from '../../../src/provider-kit/http-upstream.ts';
import { pause } from '../../../src/provider-kit/pause.ts';
import type { Call, Provider } from '../../../src/provider-kit/provider.ts';
import type { Simulator } from '../../../src/provider-kit/simulator.ts';
import { aveva } from '../../../src/providers/aveva/provider.ts';
import {
  createAvevaSimulator,
  type AvevaSimulator,
  type AvevaSimulatorOptions,
} from '../../../src/providers/aveva/simulator.ts';
import { FIRST_PAGE, one } from '../../conformance/answers.ts';
import { testClock, type TestClock } from '../../test-clock.ts';

export const NEW_CLIENT = {
  identity: null,
  name: 'collector',
  description: null,
  kind: null,
  redirectUris: null,
  attributes: null,
};
export const SIGNED_IN = 'https://acme.example/signed-in';

export interface Opened {
  readonly simulator: AvevaSimulator;
  readonly provider: Required<Omit<Provider, 'lacking'>>;
  readonly call: Call;
  readonly clock: TestClock;
  /** The first. */
  readonly tenant: TenantId;
  readonly identity: (id: string) => IdentityId;
  seedClient(given?: Parameters<AvevaSimulator['seedClient']>[0]): ClientId;
  seedSecret(of: ClientId, given?: Parameters<AvevaSimulator['seedSecret']>[1]): ClientSecretId;
  /** How many requests came since it was last asked, by what they were; of the region that takes changes. */
  requests(of?: Simulator): Readonly<Record<string, number>>;
}

/** What is wrong with the adapter: what it gets of the world, or what it gives of itself, is not as it should be. */
export interface Break {
  readonly connect?: (connect: World['connect']) => World['connect'];
  readonly clock?: (clock: Clock) => Clock;
  /** `tenant`: the first. */
  readonly provider?: (provider: Provider, tenant: TenantId) => Partial<Provider>;
}

export interface Opening extends Partial<AvevaSimulatorOptions> {
  /** Where they differ. */
  readonly configured?: (simulator: AvevaSimulator) => object;
  readonly broken?: Break;
}

/** The adapter alone, before a simulator that closes itself when the test ends; both go by one clock. */
export async function openAveva({ configured, broken = {}, ...given }: Opening = {}): Promise<Opened> {
  const clock = testClock('2026-05-01T09:30:00.000Z');
  const simulator = await createAvevaSimulator({ dialect: 'v1', clock, ...given });
  onTestFinished(() => simulator.close());
  const options = aveva.options.parse({
    kind: 'aveva',
    url: simulator.origin,
    dialect: given.dialect ?? 'v1',
    tenants: simulator.tenants.map(({ id, gateway }) => ({ id, ...gateway })),
    ...configured?.(simulator),
  });
  const tenant = { provider: 'acme', tenant: simulator.tenants[0].id };
  const connect = createConnect({ clock, limits: { backoffMs: 1 } });
  const opened = aveva.open(options, {
    name: 'acme',
    connect: broken.connect?.(connect) ?? connect,
    database: undefined,
    clock: broken.clock?.(clock) ?? clock,
    pause,
  });
  const instead: Partial<Provider> = broken.provider?.(opened, tenant) ?? {};
  const provider = new Proxy(opened, {
    get: (target, name): unknown => Reflect.get(Reflect.has(instead, name) ? instead : target, name),
  });
  const seen = new Map<Simulator, number>();
  return {
    simulator,
    provider: provider as Required<Provider>,
    clock,
    tenant,
    identity: (identity) => ({ ...tenant, identity }),
    call: { signal: new AbortController().signal, requestId: 'test' },
    seedClient(given = {}) {
      const kind = given.kind === 'HybridClients' ? 'hy' : 'cc';
      return { ...tenant, client: `${kind}:${simulator.seedClient(given)}` };
    },
    seedSecret: (of, given = {}) => ({ ...of, secret: simulator.seedSecret(of.client.slice(3), given).id }),
    requests(of = simulator) {
      const counts: Record<string, number> = {};
      for (const request of of.requests.slice(seen.get(of))) {
        const name = nameOf(request);
        counts[name] = (counts[name] ?? 0) + 1;
      }
      seen.set(of, of.requests.length);
      return counts;
    },
  };
}

/** The secrets of the client. */
export async function listed({ provider, call }: Opened, client: ClientId): Promise<readonly ClientSecret[]> {
  const { items } = await one(provider.listSecrets([client], FIRST_PAGE, call));
  return items.map(({ node }) => node);
}

/** `GET ClientCredentialClients/:id/Secrets`, with `?id` where it is asked for by many ids. */
function nameOf({ method, path, query }: Simulator['requests'][number]): string {
  const short = path.replace(/^\/api\/v1(?:-preview)?\/Tenants\/[^/]+\/?/, '').replace(/^\/identity\//, '');
  const ids = query.startsWith('id=') ? '?id' : '';
  return `${method} ${short.replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, ':id').replace(/\/\d+$/, '/:n')}${ids}`;
}

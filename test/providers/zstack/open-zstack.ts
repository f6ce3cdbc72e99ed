import { onTestFinished } from 'vitest';
import type { ClientId, ClientSecretId, TenantId } from '../../../src/domain/ids.ts';
import { SecretValue } from '../../../src/domain/secret-value.ts';
import { createConnect } from '../../../src/provider-kit/http-upstream.ts';
import { pause } from '../../../src/provider-kit/pause.ts';
import type { Call, Provider, Replacement } from '../../../src/provider-kit/provider.ts';
import type { UpstreamLimits } from '../../../src/provider-kit/upstream-limits.ts';
import type { Upstream, UpstreamOptions } from '../../../src/provider-kit/upstream.ts';
import type { Product } from '../../../src/providers/zstack/config.ts';
import { zstack } from '../../../src/providers/zstack/provider.ts';
import { createZstackSimulator, type ZstackSimulator } from '../../../src/providers/zstack/simulator.ts';
import { testClock, type TestClock } from '../../test-clock.ts';

export const FIRST_PAGE = {
  limit: 100,
  direction: 'forward',
  cursor: null,
  withTotal: false,
  status: null,
} as const;

/** Puts this between the adapter and each request. */
export const sending =
  (send: (upstream: Upstream) => Upstream['send']): NonNullable<OpenOptions['connect']> =>
  (connect) =>
  (options) => ({ send: send(connect(options)) });

export const LOGIN = 'PUT accounts/login';
export const LIST = 'GET get/sso/client';
export const UPDATE = 'POST update/oauth2/client';
export const JOB = 'GET api-jobs/:uuid';

export interface Opened {
  readonly simulator: ZstackSimulator;
  readonly provider: Provider;
  readonly call: Call;
  readonly clock: TestClock;
  readonly tenant: TenantId;
  seedClient(fields?: Readonly<Record<string, string>>): ClientId;
  /** The slot of a new client, and the value that is in it. */
  seedSecret(): { readonly id: ClientSecretId; readonly value: string };
  /** How many requests came since it was last asked, by what they were. */
  requests(): Readonly<Record<string, number>>;
}

type Connect = (options: UpstreamOptions) => Upstream;

export interface OpenOptions {
  readonly product?: Product;
  readonly form?: 'login' | 'access key';
  /** In the place of what the simulator's account has. */
  readonly password?: string;
  readonly accessKeySecret?: string;
  /** How far the gateway's clock is ahead of the simulator's. */
  readonly aheadMs?: number;
  /** Does the clock go on while the adapter pauses? Default: it does. */
  readonly isClockRunning?: boolean;
  readonly limits?: Partial<UpstreamLimits>;
  /** In the place of the HTTP client. */
  readonly connect?: (connect: Connect) => Connect;
  /** In the place of the adapter. */
  readonly wrap?: (provider: Provider) => Provider;
}

/** The adapter alone, before a simulator of its own; both go by one clock. Closed when the test ends. */
export async function openZstack({
  product = 'zsphere',
  form = 'login',
  isClockRunning = true,
  aheadMs = 0,
  limits,
  connect = (it) => it,
  wrap = (it) => it,
  ...given
}: OpenOptions = {}): Promise<Opened> {
  const clock = testClock();
  const simulator = await createZstackSimulator({ product, clock });
  onTestFinished(() => simulator.close());
  const { origin: url, account, accessKeyId } = simulator;
  const { password, accessKeySecret } = { ...simulator, ...given };
  const credential = form === 'login' ? { account, password } : { accessKeyId, accessKeySecret };
  const own = { now: () => new Date(clock.now().getTime() + aheadMs) };
  const client = createConnect({ clock: own, limits: { backoffMs: 1, ...limits } });
  const opened = zstack.open(zstack.options.parse({ kind: 'zstack', url, product, ...credential }), {
    name: 'acme',
    connect: connect(client),
    database: undefined,
    clock: own,
    async pause(ms, signal) {
      await pause(0, signal);
      if (isClockRunning) clock.pass(ms);
    },
  });
  const tenant = { provider: 'acme', tenant: 'installation' };
  const seedClient: Opened['seedClient'] = (fields) => ({ ...tenant, client: simulator.seedClient(fields) });
  let seen = 0;
  return {
    simulator,
    provider: wrap(opened),
    clock,
    tenant,
    call: { signal: new AbortController().signal, requestId: 'test' },
    seedClient,
    seedSecret() {
      const client = seedClient();
      return { id: slotOf(client), value: simulator.seedSecret(client.client) };
    },
    requests() {
      const counts: Record<string, number> = {};
      for (const { method, path } of simulator.requests.slice(seen)) {
        const name = `${method} ${path.replace('/zstack/v1/', '').replaceAll(/[\da-f]{32}/g, ':uuid')}`;
        counts[name] = (counts[name] ?? 0) + 1;
      }
      seen = simulator.requests.length;
      return counts;
    },
  };
}

export function slotOf(client: ClientId): ClientSecretId {
  return { ...client, secret: `current:${client.client}` };
}

export function replacement(value: string): Replacement {
  return { value: new SecretValue(value), oldEndsAt: null };
}

/** What the vendor says with a 503, in the form of its errors. */
export function failed(code: string): { readonly status: number; readonly body: object } {
  return { status: 503, body: { error: { code, description: 'of the vendor', details: 'of the vendor' } } };
}

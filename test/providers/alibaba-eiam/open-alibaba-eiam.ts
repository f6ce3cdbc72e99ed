import { createHash, createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { ClientId, ClientSecretId, TenantId } from '../../../src/domain/ids.ts';
import { createConnect } from '../../../src/provider-kit/http-upstream.ts';
import { pause } from '../../../src/provider-kit/pause.ts';
import type { Call, Provider } from '../../../src/provider-kit/provider.ts';
import type { Upstream, UpstreamOptions } from '../../../src/provider-kit/upstream.ts';
import { alibabaEiam } from '../../../src/providers/alibaba-eiam/provider.ts';
import {
  createAlibabaEiamSimulator,
  type AlibabaEiamSimulator,
} from '../../../src/providers/alibaba-eiam/simulator.ts';
import type { NewApplication } from '../../../src/providers/alibaba-eiam/simulator/applications.ts';
import type { NewClientSecret } from '../../../src/providers/alibaba-eiam/simulator/client-secrets.ts';
import { testClock, type TestClock } from '../../test-clock.ts';

export const NOW = new Date('2026-05-01T09:30:00.000Z');
export const NEW_SECRET = {
  description: null,
  expiresAt: null,
  maxUses: null,
  value: null,
  retrievable: null,
};
export const NEW_CLIENT = {
  identity: null,
  name: 'billing',
  description: null,
  kind: null,
  redirectUris: null,
  attributes: null,
};

export type Connect = (options: UpstreamOptions) => Upstream;
/** Puts something between the adapter and the vendor. */
export type Broken = (connect: Connect, simulator: AlibabaEiamSimulator) => Connect;

export interface Opened {
  readonly simulator: AlibabaEiamSimulator;
  readonly provider: Provider;
  readonly call: Call;
  readonly clock: TestClock;
  readonly tenant: TenantId;
  seedClient(given?: NewApplication): ClientId;
  seedSecret(of: ClientId, given?: NewClientSecret): { readonly id: ClientSecretId; readonly value: string };
  /** The same with another key. */
  openWith(key: object): Provider;
  /** How many requests of each operation came since it was last asked. */
  requests(): Readonly<Record<string, number>>;
}

/** The adapter alone, before a simulator with one instance; both go by one clock. `broken`: what is wrong in between. */
export async function openAlibabaEiam({
  perMinute,
  broken = (connect) => connect,
}: { readonly perMinute?: number; readonly broken?: Broken } = {}): Promise<Opened> {
  const clock = testClock(NOW.toISOString());
  const simulator = await createAlibabaEiamSimulator({ clock, ...(perMinute && { perMinute }) });
  onTestFinished(() => simulator.close());
  const { id: accessKeyId, secret: accessKeySecret } = simulator.accessKey;
  const options = { kind: 'alibaba-eiam', url: simulator.origin, accessKeyId, accessKeySecret };
  const connect = broken(createConnect({ clock, limits: { backoffMs: 1 } }), simulator);
  const world = { name: 'acme', connect, database: undefined, clock, pause };
  const tenant = { provider: 'acme', tenant: simulator.seedInstance() };
  const openWith = (key: object) =>
    alibabaEiam.open(alibabaEiam.options.parse({ ...options, ...key }), world);
  let seen = 0;
  return {
    simulator,
    provider: openWith({}),
    openWith,
    call: { signal: new AbortController().signal, requestId: 'test' },
    clock,
    tenant,
    seedClient: (given = {}) => ({ ...tenant, client: simulator.seedApplication(tenant.tenant, given) }),
    seedSecret(of, given) {
      const { id: secret, value } = simulator.seedSecret(of, given);
      return { id: { ...of, secret }, value };
    },
    requests() {
      const counts: Record<string, number> = {};
      for (const { headers } of simulator.requests.slice(seen)) {
        const action = headers['x-acs-action'] ?? '';
        counts[action] = (counts[action] ?? 0) + 1;
      }
      seen = simulator.requests.length;
      return counts;
    },
  };
}

/** The headers of a request as the simulator wants them, signed by other code than the adapter's. */
export function signedHeaders(
  { simulator, clock }: Pick<Opened, 'simulator' | 'clock'>,
  action: string,
  query: string,
  { body = '', method = 'POST', ...more }: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const headers: Record<string, string> = {
    host: new URL(simulator.origin).host,
    'x-acs-action': action,
    'x-acs-version': '2021-12-01',
    'x-acs-date': clock.now().toISOString().replace(/\.\d+/, ''),
    'x-acs-signature-nonce': createHash('md5').update(`${Math.random()}`).digest('hex'),
    'x-acs-content-sha256': sha256(body),
    ...more,
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = [method, '/', query, lines, names.join(';'), headers['x-acs-content-sha256']].join('\n');
  const { id, secret } = simulator.accessKey;
  const signature = createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  headers['authorization'] =
    `ACS3-HMAC-SHA256 Credential=${id},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return headers;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

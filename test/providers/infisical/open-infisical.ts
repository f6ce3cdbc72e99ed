import { pause } from '../../../src/provider-kit/pause.ts';
import type { ClientId, ClientSecretId, TenantId } from '../../../src/domain/ids.ts';
import type { PageRequest } from '../../../src/domain/page.ts';
import { createConnect } from '../../../src/provider-kit/http-upstream.ts';
import type { Call, Provider } from '../../../src/provider-kit/provider.ts';
import { infisical } from '../../../src/providers/infisical/provider.ts';
import {
  createInfisicalSimulator,
  type InfisicalSimulator,
  type InfisicalSimulatorOptions,
} from '../../../src/providers/infisical/simulator.ts';
import { testClock, type TestClock } from '../../test-clock.ts';

export const FIRST_PAGE: PageRequest & { status: null } = {
  limit: 100,
  direction: 'forward',
  cursor: null,
  withTotal: true,
  status: null,
};
export const NEW_SECRET = {
  description: null,
  expiresAt: null,
  maxUses: null,
  value: null,
  retrievable: null,
};

export interface Opened {
  readonly simulator: InfisicalSimulator;
  readonly provider: Provider;
  readonly call: Call;
  readonly clock: TestClock;
  readonly tenant: TenantId;
  /** An identity with universal auth, as a client. */
  seedClient(name?: string): ClientId;
  seedSecrets(client: ClientId, count: number): readonly ClientSecretId[];
  /** How many requests came since it was last asked, by what they were. */
  requests(): Readonly<Record<string, number>>;
}

/** The adapter alone, before a simulator; both go by one clock. */
export async function openInfisical(
  options: Partial<InfisicalSimulatorOptions> & { readonly configuredOrganizationId?: string } = {},
): Promise<Opened> {
  const clock = testClock('2026-05-01T09:30:00.000Z');
  const simulator = await createInfisicalSimulator({ generation: 'current', clock, ...options });
  const { gateway } = simulator;
  const organizationId = options.configuredOrganizationId ?? simulator.organizationId;
  const parsed = infisical.options.parse({
    kind: 'infisical',
    url: simulator.origin,
    organizationId,
    clientId: gateway.clientId,
    clientSecret: gateway.clientSecret,
  });
  const connect = createConnect({ clock, limits: { backoffMs: 1 } });
  const provider = infisical.open(parsed, { name: 'acme', connect, database: undefined, clock, pause });
  const tenant = { provider: 'acme', tenant: organizationId };
  let seen = 0;
  return {
    simulator,
    provider,
    clock,
    tenant,
    call: { signal: new AbortController().signal, requestId: 'test' },
    seedClient(name = 'worker') {
      clock.pass(1);
      const client = simulator.seedIdentity({ name });
      simulator.seedUniversalAuth(client);
      return { ...tenant, client };
    },
    seedSecrets: (client, count) =>
      Array.from({ length: count }, () => ({ ...client, secret: simulator.seedSecret(client.client).id })),
    requests() {
      const counts: Record<string, number> = {};
      for (const request of simulator.requests.slice(seen)) {
        const name = nameOf(request);
        counts[name] = (counts[name] ?? 0) + 1;
      }
      seen = simulator.requests.length;
      return counts;
    },
  };
}

/** `GET identities/:id/client-secrets` */
function nameOf({ method, path }: { readonly method: string; readonly path: string }): string {
  const short = path.replace(/^\/api\/v1\/(auth\/universal-auth\/identities)?/, (_, auth) =>
    auth ? 'auth' : '',
  );
  return `${method} ${short.replaceAll(/[\da-f-]{36}/g, ':id')}`;
}

import type { Clock } from '../../src/domain/clock.ts';
import type { ClientId, ClientSecretId, TenantId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/providers/zstack/config.ts';
import { createZstackSimulator, type ZstackSimulator } from '../../src/providers/zstack/simulator.ts';
import type { Setting } from './harness.ts';
import { NAME } from './harness.ts';

export const CREDENTIALS = ['login', 'access key'] as const;
export type CredentialForm = (typeof CREDENTIALS)[number];

/** What a client of this product cannot be made without. */
export const NEEDED: Readonly<Record<Product, Readonly<Record<string, string>>>> = {
  zsphere: {
    clientId: 'zs-portal',
    tokenUrl: 'https://idp.example/token',
    grantType: 'authorization_code',
    urlTemplate: 'https://zstack.example/?s=${sessionId}',
  },
  get cloud() {
    return { ...this.zsphere, loginType: 'oauth2-iam1', clientType: 'OIDC' };
  },
};

/** An installation, which has a CAS client beside the OAuth2 clients. */
export async function startZstack(
  product: Product,
  form: CredentialForm,
  clock: Clock,
): Promise<Setting<undefined> & { readonly simulator: ZstackSimulator }> {
  const simulator = await createZstackSimulator({ product, clock });
  const { origin: url, account, password, accessKeyId, accessKeySecret } = simulator;
  const credential = form === 'login' ? { account, password } : { accessKeyId, accessKeySecret };
  const tenant: TenantId = { provider: NAME, tenant: 'installation' };
  simulator.seedCasClient();
  return {
    options: { kind: 'zstack', url, product, ...credential },
    database: undefined,
    simulator,
    traffic: () => simulator.requests.length,
    credentials: [password, accessKeySecret],
    missing: '0'.repeat(32),
    accepts: async (_provider, { client }, value) => simulator.client(client)?.secret === value,
    seeds: () => ({
      tenant: async () => tenant,
      identity: async () => ({ ...tenant, identity: `account:${simulator.seedAccount()}` }),
      client: async () => ({ ...tenant, client: simulator.seedClient() }),
      secret: async (of) => ({ id: secretOf(of), value: simulator.seedSecret(of.client) }),
      newClient: async () => ({
        identity: null,
        name: 'new',
        description: 'signs in',
        kind: 'AUTHORIZATION_CODE',
        redirectUris: ['https://zstack.example/callback'],
        attributes: NEEDED[product],
      }),
    }),
    close: () => simulator.close(),
  };
}

export function secretOf({ provider, tenant, client }: ClientId): ClientSecretId {
  return { provider, tenant, client, secret: `current:${client}` };
}

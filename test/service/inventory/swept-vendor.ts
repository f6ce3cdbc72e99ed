import type { ClientSecretId } from '../../../src/domain/ids.ts';
import { pageOf } from '../../../src/domain/page.ts';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import type { Call, Provider } from '../../../src/provider-kit/provider.ts';
import { clientId, clientOf, secretId, secretOf, TENANT, tenantOf } from '../../graphql/memory-session.ts';
import { memoryProvider } from '../../provider-kit/memory-provider.ts';

/** 45 clients with a secret each. What `meet` answers for a client stands in the place of a page of its secrets. */
export interface SweptVendor {
  readonly provider: Provider;
  /** What was listed, and each call. */
  readonly asked: string[];
  readonly calls: Call[];
  /** How many secrets a client has. */
  secrets: (client: number) => number;
  meet: (client: number, cursor: string | null) => ProviderError | null | 'silence';
  /** Of secrets that were not listed. */
  get: (id: ClientSecretId) => ProviderError | null;
}

export function sweptVendor(): SweptVendor {
  const asked: string[] = [];
  const clients = Array.from({ length: 45 }, (_, n) => clientOf(clientId(n)));
  const it: SweptVendor = {
    asked,
    calls: [],
    secrets: () => 1,
    meet: () => null,
    get: () => null,
    provider: memoryProvider({
      name: 'local',
      getSecrets: async (ids) => ids.map((id) => it.get(id)),
      getTenants: async (ids) => ids.map(() => null),
      listTenants: async (page) => {
        asked.push('tenants');
        return pageOf([tenantOf(TENANT)], ({ id }) => id.tenant, page);
      },
      listClients: async (_, page) => {
        asked.push('clients');
        return [pageOf(clients, ({ id }) => id.client, page)];
      },
      listSecrets: async (of, page, call) => {
        it.calls.push(call);
        asked.push(`secrets ${of[0]?.client}+${of.length}`);
        const met = of.map(({ client }) => it.meet(Number(client.slice(1)), page.cursor));
        if (met.includes('silence')) await new Promise(() => {});
        return of.map((id, i) => {
          const answer = met[i];
          if (answer instanceof ProviderError) return answer;
          const length = it.secrets(Number(id.client.slice(1)));
          const secrets = Array.from({ length }, (_, n) => secretOf(secretId(id, n)));
          return pageOf(secrets, (secret) => secret.id.secret, page);
        });
      },
    }),
  };
  return it;
}

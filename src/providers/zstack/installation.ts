import type { Clock } from '../../domain/clock.ts';
import type { TenantId } from '../../domain/ids.ts';
import { joinId } from '../../provider-kit/compound-id.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import type { Api, SsoClient } from './api.ts';
import type { Product } from './config.ts';

/** The one tenant: ZStack has no id for the whole of itself. */
export const INSTALLATION = 'installation';

export interface Installation {
  readonly api: Api;
  readonly clock: Clock;
  readonly product: Product;
  readonly id: TenantId;
}

/** In the one form of the vendor's ids. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{32}$/.test(text);
}

/** ZStack has no id for the secret of a client, so it is made of the client's. */
export function secretIdOf(client: string): string {
  return joinId('current', client);
}

const OAUTH = /^(?:oauth2|oidc)/i;

/** By what their items tell; all else in the list are CAS clients (vendor facts, section 6). */
export async function listOauthClients({ api }: Installation, call: Call): Promise<readonly SsoClient[]> {
  return (await api.listClients(call)).filter(
    ({ clientId, tokenUrl, clientType, type, loginType }) =>
      Boolean(clientId || tokenUrl) || [clientType, type, loginType].some((it) => OAUTH.test(it ?? '')),
  );
}

/** How to find each of these OAuth2 clients: however many are looked for, in one list. */
export function clientFinder(installation: Installation, call: Call) {
  const all = remember(() => listOauthClients(installation, call));
  return async (client: string) => (await all('')).find(({ uuid }) => uuid === client) ?? null;
}

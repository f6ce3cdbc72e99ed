import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { changed } from './lagging.ts';
import { manyAnswer } from './many.ts';
import { badRequest, taken } from './refusal.ts';
import { clientOrRefuse, mayOrRefuse, pageFrom, read, type Answer, type Asked, type Route } from './route.ts';
import { addClient, addSecret, clientsOf, type Client, type Settings } from './state.ts';

const KIND = '(?<kind>ClientCredentialClients|HybridClients)';
const all = new RegExp(`^/${KIND}$`);
const one = new RegExp(`^/${KIND}/(?<client>[^/]+)$`);

const uris = z.array(z.string()).max(10).nullish();
const flag = z.boolean().nullish();
const settings = z.object({
  Name: z.string().min(1).nullish(),
  Enabled: flag,
  AccessTokenLifetime: z.int().min(60).max(3600).nullish(),
  RoleIds: z.array(z.string()).nullish(),
  RedirectUris: uris,
  PostLogoutRedirectUris: uris,
  ClientUri: z.string().nullish(),
  LogoUri: z.string().nullish(),
  AllowOfflineAccess: flag,
  AllowAccessTokensViaBrowser: flag,
});
const newClient = settings.extend({
  Id: z.string().nullish(),
  ClientId: z.string().nullish(),
  Name: z.string().min(1),
  SecretDescription: z.string().nullish(),
  SecretExpirationDate: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullish(),
});

/** vendor facts, section 4 */
export const clientRoutes: readonly Route[] = [
  { method: 'GET', path: all, answer: list },
  { method: 'POST', path: all, answer: create },
  { method: 'GET', path: one, answer: get },
  { method: 'PUT', path: one, answer: update },
  { method: 'DELETE', path: one, answer: remove },
];

/** Only that of client-credential clients says which ids it does not have. */
function list(asked: Asked): Answer {
  mayOrRefuse(asked, ['member']);
  const { state, tenant, query, params } = asked;
  const clients = clientsOf(tenant).filter(({ kind }) => kind === params['kind']);
  const wanted = query.getAll('id').filter((id) => id.trim() !== '');
  if (state.dialect === 'v1' && wanted.length > 0) {
    const found = clients.map((client) => ({ id: client.id, body: told(asked, client) }));
    return manyAnswer(state, found, wanted, params['kind'] === 'ClientCredentialClients');
  }
  const { body, total } = pageFrom(clients, query);
  const page = { status: 200, body: body.map((client) => told(asked, client)) };
  // The pages of v1-preview do not speak of a total.
  return state.dialect === 'v1' ? { ...page, total } : page;
}

/** There is always a first secret; without a date it never expires. */
function create(asked: Asked): Answer {
  mayOrRefuse(asked, ['administrator']);
  const { state, tenant, params } = asked;
  const { Id, ClientId, SecretDescription, SecretExpirationDate, ...given } = read(newClient, asked);
  const kind = params['kind'] === 'HybridClients' ? 'HybridClients' : 'ClientCredentialClients';
  if (kind === 'HybridClients' && !given.RedirectUris?.length) throw badRequest('RedirectUris is required.');
  checkRoles(asked, given);
  const id = (state.dialect === 'v1' ? Id : ClientId) ?? randomUUID();
  if (clientsOf(tenant).some((client) => client.id === id)) throw taken();
  if (clientsOf(tenant).length >= state.maxClients) throw badRequest('The client limit is exceeded.');
  const client = addClient(tenant, kind, id, namedIn(given));
  const [description, expiration] = [SecretDescription ?? null, SecretExpirationDate ?? null];
  const secret = addSecret(client, { description, expiration });
  const body =
    state.dialect === 'v1'
      ? {
          Secret: secret.value,
          Id: secret.id,
          Description: description,
          ExpirationDate: expiration,
          Client: told(asked, client),
        }
      : {
          ClientSecret: secret.value,
          SecretId: String(secret.id),
          SecretDescription: description,
          SecretExpirationDate: expiration,
          ...told(asked, client),
        };
  return { status: 201, body };
}

function get(asked: Asked): Answer {
  mayOrRefuse(asked, ['self', 'member']);
  return { status: 200, body: told(asked, clientOrRefuse(asked)) };
}

function update(asked: Asked): Answer {
  mayOrRefuse(asked, ['administrator']);
  const client = clientOrRefuse(asked);
  const given = namedIn(read(settings, asked));
  checkRoles(asked, given);
  client.settings = { ...client.settings, ...given };
  if (given.Enabled !== undefined) client.isLetIn = changed(client.isLetIn, given.Enabled, asked.state);
  return { status: 200, body: told(asked, client) };
}

function remove(asked: Asked): Answer {
  mayOrRefuse(asked, ['administrator']);
  const client = clientOrRefuse(asked);
  client.isDeleted = true;
  client.isLetIn = changed(client.isLetIn, false, asked.state);
  return { status: 204 };
}

function checkRoles(
  { tenant }: Asked,
  { RoleIds }: { readonly RoleIds?: readonly string[] | null | undefined },
): void {
  if (RoleIds && !RoleIds.includes(tenant.roles.member)) throw badRequest('The member role is required.');
}

/** Those that are neither null nor absent. */
function namedIn(given: z.output<typeof settings>): Partial<Settings> {
  const named = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(named);
}

function told({ state }: Asked, { kind, id, settings: it }: Client): object {
  const { Name, Enabled, AccessTokenLifetime, Tags, RoleIds, ...hybrid } = it;
  return {
    ...(state.dialect === 'v1' ? { Id: id, AccessTokenLifetime } : { ClientId: id }),
    Name,
    Enabled,
    Tags,
    ...(kind === 'HybridClients' ? hybrid : { RoleIds }),
  };
}

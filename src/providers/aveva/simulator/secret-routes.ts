import { z } from 'zod';
import type { Dialect } from '../config.ts';
import { changed } from './lagging.ts';
import { badRequest, notFound } from './refusal.ts';
import { clientOrRefuse, mayOrRefuse, pageFrom, read, type Answer, type Asked, type Route } from './route.ts';
import { addSecret, secretsOf, type Client, type Secret } from './state.ts';

const MAX_SECRETS = 10;

const date = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const given = z.object({
  Description: z.string().nullish(),
  Expiration: date.nullish(),
  Expires: z.boolean().nullish(),
});
type Given = z.output<typeof given>;

/** vendor facts, section 3; of v1-preview, and of its obsolete two, section 2 */
export function secretRoutes(dialect: Dialect): readonly Route[] {
  const kind = '(?<kind>ClientCredentialClients|HybridClients)';
  const [all, one] = dialect === 'v1' ? ['/Secrets', '/Secrets'] : ['/Secret/?', '/Secret'];
  const paths = (kinds: string) => ({
    list: new RegExp(`^/${kinds}/(?<client>[^/]+)${all}$`),
    item: new RegExp(`^/${kinds}/(?<client>[^/]+)${one}/(?<secret>[^/]+)$`),
  });
  const { list: path, item } = paths(kind);
  const routes: readonly Route[] = [
    { method: 'GET', path, answer: list },
    { method: 'POST', path, answer: add },
    { method: 'GET', path: item, answer: get },
    { method: 'PUT', path: item, answer: update },
    { method: 'DELETE', path: item, answer: remove },
  ];
  if (dialect === 'v1') return routes;
  const obsolete = paths('(?<kind>Clients)');
  return [
    ...routes,
    { method: 'GET', path: obsolete.list, answer: list },
    { method: 'PUT', path: obsolete.item, answer: update },
  ];
}

function list(asked: Asked): Answer {
  const client = authorised(asked);
  const { body, total } = pageFrom(secretsOf(client), asked.query);
  return { status: 200, body: body.map((secret) => told(asked, secret)), total };
}

function get(asked: Asked): Answer {
  return { status: 200, body: told(asked, secretOrRefuse(authorised(asked), asked)) };
}

function add(asked: Asked): Answer {
  const client = authorised(asked);
  const { Description = null, ...expiry } = read(given, asked);
  const expiration = newEnd(asked, expiry);
  if (secretsOf(client).length >= MAX_SECRETS) throw badRequest('A client has at most 10 secrets.');
  const secret = addSecret(client, { description: Description, expiration });
  return { status: 201, body: withValue(asked, secret) };
}

/** Null and absent properties stay as they are. Only an administrator may, not the client itself. */
function update(asked: Asked): Answer {
  const { state } = asked;
  mayOrRefuse(asked, ['administrator']);
  const secret = secretOrRefuse(clientOrRefuse(asked), asked);
  const { Description, Expiration, Expires } = read(given, asked);
  if (state.dialect === 'v1') {
    const expires = Expires ?? (secret.expiration !== null || Expiration != null);
    const expiration = Expiration ?? secret.expiration;
    if (expires !== (expiration !== null)) throw badRequest('Expires and Expiration do not go together.');
    // What is to become of the flag of one that never expires, where only the date is given, is not said.
    if (Expiration != null && Expires == null && secret.expiration === null)
      throw badRequest('Expires is false.');
  }
  secret.description = Description ?? secret.description;
  if (Expiration != null) {
    secret.expiration = Expiration;
    secret.end = changed(secret.end, Expiration, state);
  }
  return { status: 200, body: told(asked, secret) };
}

function remove(asked: Asked): Answer {
  const secret = secretOrRefuse(authorised(asked), asked);
  secret.isDeleted = true;
  secret.end = changed(secret.end, asked.state.clock.now(), asked.state);
  return { status: 204 };
}

function newEnd({ state }: Asked, { Expiration, Expires }: Given): Date | null {
  const isFlagged = state.dialect === 'v1' && Expires === false;
  if (isFlagged && Expiration != null) throw badRequest('A secret that does not expire has no date.');
  if (!isFlagged && Expiration == null) throw badRequest('A secret that expires has a date.');
  return Expiration ?? null;
}

function authorised(asked: Asked): Client {
  const { kind } = asked.params;
  mayOrRefuse(asked, kind === 'ClientCredentialClients' ? ['self', 'administrator'] : ['administrator']);
  return clientOrRefuse(asked);
}

/** In v1 a number, in the form that all are written in. */
function secretOrRefuse(client: Client, { params: { secret } }: Asked): Secret {
  const found = secretsOf(client).find(({ id }) => String(id) === secret);
  if (found === undefined) throw notFound('Secret');
  return found;
}

function told({ state }: Asked, { id, description, expiration }: Secret): object {
  const common = { Description: description, Expiration: expiration };
  if (state.dialect === 'v1-preview') return { SecretId: String(id), ...common };
  return { Id: id, ...common, Expires: expiration !== null };
}

function withValue(asked: Asked, secret: Secret): object {
  const name = asked.state.dialect === 'v1' ? 'Secret' : 'ClientSecret';
  return { [name]: secret.value, ...told(asked, secret) };
}

import { z } from 'zod';
import { badArgument, failed, notFound } from './refusal.ts';
import { dateText, newUuid, type SsoClient, type State } from './state.ts';

const MASK = '*****';
const LONGEST = 255;
const LONG: Readonly<Record<string, number>> = { description: 2048, urlTemplate: Infinity };
const BASE = ['name', 'description', 'type', 'clientType', 'loginType', 'redirectUrl'];
const UNTOLD = new Set(['urlTemplate', 'uuid']);
const NEEDED = ['name', 'clientId', 'tokenUrl', 'grantType', 'urlTemplate'];

const wrapped = z.object({ params: z.record(z.string(), z.unknown()) });
type Params = Readonly<Record<string, unknown>>;

/** vendor facts, section 3 */
export function listClients(state: State): object {
  const { settings, clients } = state;
  const listed = [...clients.values()].map((client) => inventoryOf(state, client));
  const isBase = ([field]: [string, unknown]) =>
    [...BASE, 'uuid', 'loginMNUrl', 'createDate', 'lastOpDate'].includes(field);
  const shortened = (inventory: object) => Object.fromEntries(Object.entries(inventory).filter(isBase));
  return { inventories: settings.listsBaseFieldsOnly ? listed.map(shortened) : listed };
}

export function createClient(state: State, body: unknown): object {
  const { resourceUuid, ...params } = paramsOf(body);
  const needed = state.product === 'cloud' ? [...NEEDED, 'loginType', 'clientType'] : NEEDED;
  const missing = needed.filter((field) => typeof params[field] !== 'string');
  if (missing.length > 0) throw badArgument(`field[${missing.join()}] is mandatory`);
  const uuid = typeof resourceUuid === 'string' ? resourceUuid : newUuid();
  return { inventory: inventoryOf(state, addClient(state, uuid, 'OAuth2', params)) };
}

/** Left out is left as it is. A uuid that is a CAS client's is none of an OAuth2 client. */
export function updateClient(state: State, body: unknown): object {
  const { uuid, ...params } = paramsOf(body);
  const client = oauthClient(state, uuid);
  write(state, client, params);
  return { inventory: inventoryOf(state, client) };
}

/** Of whatever kind it is; one that is not there is as good as deleted. */
export function deleteClient({ clients }: State, body: unknown): object {
  const { uuid } = paramsOf(body);
  if (typeof uuid !== 'string') throw badArgument('field[uuid] is mandatory');
  clients.delete(uuid);
  return {};
}

export function clientSecret(state: State, uuid: string): object {
  const { secret } = oauthClient(state, uuid);
  return secret === null ? {} : { clientSecret: state.settings.masksSecrets ? MASK : secret };
}

export function addClient(state: State, uuid: string, kind: SsoClient['kind'], params: Params): SsoClient {
  const now = state.clock.now();
  const client = { uuid, kind, fields: {}, secret: null, createdAt: now, changedAt: now, secretWrites: 0 };
  write(state, client, params);
  state.clients.set(uuid, client);
  return client;
}

/** Members that are unknown here are passed over. */
function write(
  { clock, settings }: State,
  client: SsoClient,
  { clientSecret: secret, ...params }: Params,
): void {
  const given = Object.entries(params).filter(
    ([field, value]) => value !== null && (field !== 'redirectUrl' || settings.knowsRedirectUrl),
  );
  const isTooLong = ([field, value]: [string, unknown]) =>
    typeof value === 'string' && Array.from(value).length > (LONG[field] ?? LONGEST);
  if ([...given, ['clientSecret', secret] as [string, unknown]].some(isTooLong))
    throw failed('SYS.1000', 'An internal error happened', 'Data too long for column');
  client.fields = { ...client.fields, ...Object.fromEntries(given) };
  client.changedAt = clock.now();
  if (typeof secret !== 'string') return;
  client.secret = secret;
  client.secretWrites += 1;
}

function oauthClient({ clients }: State, uuid: unknown): SsoClient {
  const client = typeof uuid === 'string' ? clients.get(uuid) : undefined;
  if (client?.kind !== 'OAuth2') throw notFound('no such OAuth2 client');
  return client;
}

/** With the plain secret, unless the site masks it. */
function inventoryOf({ product, settings }: State, client: SsoClient): object {
  const { uuid, kind, fields, secret, createdAt, changedAt } = client;
  const told = Object.entries(fields).filter(([field]) => !UNTOLD.has(field));
  return {
    uuid,
    ...Object.fromEntries(told),
    ...(product === 'zsphere' && { type: kind }),
    ...(secret !== null && { clientSecret: settings.masksSecrets ? MASK : secret }),
    loginMNUrl: `http://10.0.0.2:8080/zstack/sso/${kind.toLowerCase()}?clientUuid=${uuid}`,
    createDate: dateText(createdAt),
    lastOpDate: dateText(changedAt),
  };
}

function paramsOf(body: unknown): Params {
  return wrapped.safeParse(body).data?.params ?? {};
}

import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { pino } from 'pino';
import { openVendor, NotFound } from './vendor.ts';
import { clientOf, secretOf } from './answers.ts';

/**
 * The limit: what is left of the gateway when somebody writes two of its questions by hand, without GraphQL, database,
 * audit or any other vendor. It authenticates, asks the vendor just as often, gives the same answer and logs a line.
 */
const {
  TOKEN = '',
  PROVIDER = '',
  VENDOR = '',
  TENANT = '',
  CLIENT_ID = '',
  CLIENT_SECRET = '',
} = process.env;
const CONNECTIONS = Number(process.env['CONNECTIONS']);
const PAGE = 50;

const log = pino({ base: null }, pino.destination({ fd: 2, sync: false }));
const vendor = openVendor({
  origin: VENDOR,
  connections: CONNECTIONS,
  tenant: TENANT,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
});

const digest = (text: string) => createHash('sha256').update(text).digest();
const expected = digest(TOKEN);
const isLetIn = ({ headers: { authorization = '' } }: IncomingMessage) =>
  authorization.startsWith('Bearer ') &&
  timingSafeEqual(digest(authorization.slice('Bearer '.length)), expected);

async function nested(tenant: string) {
  const found = await vendor.tenant();
  const clients = await vendor.clients(PAGE);
  const nodes = await Promise.all(
    clients.map(async (client) => {
      const secrets = await vendor.secrets(client.Id);
      const id = { provider: PROVIDER, tenant, client: `cc:${client.Id}` };
      return clientOf(id, client, secrets);
    }),
  );
  const id = Buffer.from(JSON.stringify(['Tenant', PROVIDER, tenant])).toString('base64url');
  return { tenant: { id, name: found.CompanyName ?? tenant, clients: { nodes } } };
}

async function point(tenant: string, client: string, secret: string) {
  const secrets = await vendor.secrets(client);
  const found = secrets.find(({ Id }) => String(Id) === secret);
  if (found === undefined) return { clientSecret: null };
  return { clientSecret: secretOf({ provider: PROVIDER, tenant, client: `cc:${client}` }, found) };
}

async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
  if (!isLetIn(request)) return { status: 401, body: { error: 'Give a valid token.' } };
  const [, tenants, tenant = '', clients, client, secrets, secret] = (request.url ?? '').split('/');
  if (request.method !== 'GET' || tenants !== 'tenants' || tenant !== TENANT || clients !== 'clients')
    return { status: 404, body: { error: 'There is nothing here.' } };
  if (client === undefined) return { status: 200, body: { data: await nested(tenant) } };
  if (secrets !== 'secrets' || secret === undefined)
    return { status: 404, body: { error: 'There is nothing here.' } };
  return { status: 200, body: { data: await point(tenant, client, secret) } };
}

const server = createServer((request, response) => {
  const began = performance.now();
  const requestId = randomUUID();
  const respond = async () => {
    const { status, body } = await answer(request).catch((error: unknown) => {
      log.warn({ requestId, message: error instanceof Error ? error.message : '' }, 'the vendor failed');
      return error instanceof NotFound
        ? { status: 404, body: { error: 'There is nothing here.' } }
        : { status: 502, body: { error: 'The vendor did not answer.' } };
    });
    const text = JSON.stringify(body);
    response
      .writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(text),
        'x-request-id': requestId,
      })
      .end(text);
    const durationMs = Math.round(performance.now() - began);
    log.info({ requestId, method: request.method, status, durationMs }, 'answered');
  };
  void respond();
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object')
    process.stdout.write(`ready: http://127.0.0.1:${address.port}\n`);
});

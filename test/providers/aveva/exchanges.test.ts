import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { classifierOf } from '../../../src/providers/aveva/classify.ts';
import { exchanges, type PublishedExchange } from '../../../src/providers/aveva/exchanges.ts';
import { replies } from '../../../src/providers/aveva/replies.ts';
import { openAveva, type Opened } from './open-aveva.ts';

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6,7}[+-]\d\d:\d\d$/;
const UNKNOWN = '0d3c6d0c-6a8e-4a0c-9f0e-0c3a51d0f6a2';
const HOLDERS = ['ClientCredentialClients', 'HybridClients'] as const;

/** The form of what is published: its names, and what kind of value each has. */
function formOf(told: unknown): z.ZodType {
  if (told === null) return z.null();
  if (Array.isArray(told)) return z.array(formOf(told[0]));
  if (typeof told === 'string') return DATE.test(told) ? z.string().regex(DATE) : z.string();
  const fields = Object.entries(z.record(z.string(), z.unknown()).parse(told));
  return z.strictObject(Object.fromEntries(fields.map(([name, value]) => [name, formOf(value)])));
}

describe.each(exchanges)('$title', ({ method, path, sent, status, told, errors }) => {
  const kind = HOLDERS.find((holder) => path.includes(`/${holder}/`)) ?? 'ClientCredentialClients';
  let it: Opened;
  let clientId: string;
  let secretId: string;
  beforeEach(async () => {
    it = await openAveva({ dialect: 'v1-preview' });
    clientId = it.simulator.seedClient({ kind });
    it.simulator.seedSecret(clientId, { description: 'first', expiration: it.clock.now() });
    secretId = it.simulator.seedSecret(clientId, { description: 'x', expiration: it.clock.now() }).id;
  });

  const login = async ({ clientId: client_id, clientSecret: client_secret }: Record<string, string>) => {
    const form = {
      grant_type: 'client_credentials',
      client_id: client_id ?? '',
      client_secret: client_secret ?? '',
    };
    const address = `${it.simulator.origin}/identity/connect/token`;
    const response = await fetch(address, { method: 'POST', body: new URLSearchParams(form) });
    return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
  };
  const replay = async (given: { token?: string | null; client?: string; body?: unknown } = {}) => {
    const { token = await login(it.simulator.gateway), client = clientId, body = sent } = given;
    const place = path
      .replace('{tenantId}', it.tenant.tenant)
      .replace('{clientId}', client)
      .replace('{secretId}', secretId);
    const headers = {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== null && { 'content-type': 'application/json' }),
    };
    const content = body === null ? {} : { body: JSON.stringify(body) };
    const response = await fetch(it.simulator.origin + place, { method, headers, ...content });
    const text = await response.text();
    const json: unknown = text === '' ? null : JSON.parse(text);
    return { status: response.status, json };
  };

  test('the simulator answers as it is published', async () => {
    const reply = await replay();
    expect(reply.status).toBe(status);
    expect(formOf(told).safeParse(reply.json).error).toBeUndefined();
  });

  test('the simulator does what is asked', async () => {
    await replay();
    const left = z.array(z.object({ Description: z.string() })).parse((await listing()).json);
    const before = ['first', 'x'];
    const after = {
      GET: before,
      POST: [...before, 'description'],
      PUT: ['first', 'description'],
      DELETE: ['first'],
    };
    expect(left.map(({ Description }) => Description)).toEqual(after[method]);
  });

  const listing = async () => {
    const place = `/api/v1-preview/Tenants/${it.tenant.tenant}/${kind}/${clientId}/Secret/`;
    const headers = { authorization: `Bearer ${await login(it.simulator.gateway)}` };
    return { json: await (await fetch(it.simulator.origin + place, { headers })).json() };
  };

  test.runIf(told !== null)('the adapter reads what is published', () => {
    const items = [told].flat();
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      const published = z.looseObject({ Expiration: z.string() }).parse(item);
      const expected = {
        SecretId: 'SecretId',
        Description: 'description',
        Expiration: new Date(published.Expiration),
      };
      expect(replies.secret.parse(item)).toMatchObject(expected);
      expect(expected.Expiration.toISOString()).toMatch(/^2019-03-06T19:39:54\.\d{3}Z$/);
      if (status !== 201) continue;
      expect(replies.newSecret.parse(item).ClientSecret.reveal()).toBe('ClientSecret');
    }
  });

  const member = async () => {
    const id = it.simulator.seedClient();
    return login({ clientId: id, clientSecret: it.simulator.seedSecret(id).value });
  };
  const PROVOKED: Readonly<Record<number, () => ReturnType<typeof replay>>> = {
    400: () => replay({ body: { Expiration: 'soon' } }),
    401: () => replay({ token: null }),
    403: async () => replay({ token: await member() }),
    404: () => replay({ client: UNKNOWN }),
    500: async () => {
      const token = await login(it.simulator.gateway);
      it.simulator.inject({ kind: { status: 500 } });
      return replay({ token });
    },
  };
  const MEANINGS: Readonly<Record<number, string>> = {
    400: 'invalid_input',
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    500: 'unavailable',
  };
  describe.each(errors.map((error) => ({ error })))('the error $error', ({ error }) => {
    test('is answered where it is due, and understood', async () => {
      const reply = await PROVOKED[error]?.();
      expect(reply?.status).toBe(error);
      const read = { status: error, headers: {}, json: reply?.json ?? undefined };
      expect(classifierOf('v1-preview')(read, { method, path })?.code).toBe(MEANINGS[error]);
    });
  });
});

/** But for the obsolete two, and for reading one by itself, which the list of all serves. */
describe.each(['cc', 'hy'] as const)('what the adapter sends for %s is what is published', (prefix) => {
  test('method, path and names', async () => {
    const it = await openAveva({ dialect: 'v1-preview' });
    const kind = prefix === 'cc' ? 'ClientCredentialClients' : 'HybridClients';
    const client = it.seedClient({ kind });
    const { provider, call } = it;
    const expiresAt = new Date('2026-06-01T00:00:00Z');
    const given = { description: 'description', expiresAt, maxUses: null, value: null, retrievable: null };
    const { secret } = await provider.createSecret(client, given, call);
    await provider.updateSecret(
      secret.id,
      { description: 'x', expiresAt: new Date('2026-07-01T00:00:00Z') },
      call,
    );
    await provider.revokeSecret(secret.id, call);
    const placeOf = ({ method, path }: Pick<PublishedExchange, 'method' | 'path'>) =>
      `${method} ${path
        .replace('{tenantId}', it.tenant.tenant)
        .replace('{clientId}', client.client.slice(3))
        .replace('{secretId}', secret.id.secret)}`;
    const places = new Set(exchanges.map(placeOf));
    const asked = it.simulator.requests.filter(({ path }) => path.startsWith('/api/'));
    expect(
      asked.map(({ method, path }) => `${method} ${path}`).filter((place) => !places.has(place)),
    ).toEqual([]);
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET', 'POST', 'PUT', 'DELETE']));
  });
});

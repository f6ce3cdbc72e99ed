import { describe, expect, test } from 'vitest';
import { FIRST_PAGE, NEW_SECRET } from '../../conformance/answers.ts';
import type { Fault } from '../../../src/provider-kit/simulator-fault.ts';
import { regional } from '../../../src/providers/aveva/region.ts';
import { openAveva, type Opened } from './open-aveva.ts';

const SECRETS = 'ClientCredentialClients/:id/Secrets';
const toRegions: Fault['match'] = ({ path }) => path.endsWith('/Regions');
const isWrite: Fault['match'] = ({ method, path }) => method !== 'GET' && !path.startsWith('/identity/');

/** Configured with the region that can only be read. */
const openAfar = () =>
  openAveva({
    hasReadOnlyRegion: true,
    configured: ({ readOnlyRegion }) => ({ url: readOnlyRegion?.origin }),
  });
const farOf = ({ simulator: { readOnlyRegion } }: Opened) => {
  if (readOnlyRegion === null) throw new Error('there is one region');
  return readOnlyRegion;
};

describe('the region that takes changes', () => {
  test('is found before the first write; the token comes from where it always did', async () => {
    const it = await openAfar();
    const client = it.seedClient();
    await it.provider.listSecrets([client], FIRST_PAGE, it.call);
    expect(it.requests()).toEqual({});
    it.requests(farOf(it));
    await it.provider.createSecret(client, NEW_SECRET, it.call);
    expect(it.requests(farOf(it))).toEqual({ 'GET Regions': 1 });
    expect(it.requests()).toEqual({ [`GET ${SECRETS}`]: 1, [`POST ${SECRETS}`]: 1 });
  });

  test('is asked for reads too from then on, because the others lag behind it', async () => {
    const it = await openAfar();
    const client = it.seedClient();
    await it.provider.createSecret(client, NEW_SECRET, it.call);
    it.requests(farOf(it));
    it.requests();
    await it.provider.listSecrets([client], FIRST_PAGE, it.call);
    await it.provider.getClients([client], it.call);
    expect(it.requests(farOf(it))).toEqual({});
    expect(it.requests()).toEqual({ [`GET ${SECRETS}`]: 1, 'GET ClientCredentialClients?id': 1 });
  });

  test('is that of one tenant: another one’s reads go where they are configured to', async () => {
    const it = await openAveva({
      tenants: ['Acme', 'Umbra'],
      hasReadOnlyRegion: true,
      configured: ({ readOnlyRegion }) => ({ url: readOnlyRegion?.origin }),
    });
    await it.provider.createSecret(it.seedClient(), NEW_SECRET, it.call);
    const { id: tenant } = it.simulator.tenants[1] ?? it.simulator.tenants[0];
    const other = { ...it.tenant, tenant, client: it.seedClient({ tenant }).client };
    it.requests();
    await it.provider.listSecrets([other], FIRST_PAGE, it.call);
    expect(it.requests()).toEqual({});
  });

  test('is looked for once by a hundred writes', async () => {
    const it = await openAveva();
    const clients = Array.from({ length: 30 }, () => it.seedClient());
    await Promise.all(clients.map((client) => it.provider.createSecret(client, NEW_SECRET, it.call)));
    expect(it.requests()).toMatchObject({ 'GET Regions': 1, [`POST ${SECRETS}`]: 30 });
  });

  test('is looked for anew where it says 405, and the write is sent once more', async () => {
    const it = await openAveva();
    const client = it.seedClient();
    await it.provider.createSecret(client, NEW_SECRET, it.call);
    it.requests();
    it.simulator.inject({ match: isWrite, kind: { status: 405 } });
    await it.provider.createSecret(client, NEW_SECRET, it.call);
    expect(it.requests()).toEqual({ 'GET Regions': 1, [`GET ${SECRETS}`]: 1, [`POST ${SECRETS}`]: 2 });
    const [page] = await it.provider.listSecrets([client], FIRST_PAGE, it.call);
    expect(page).toMatchObject({ items: [{}, {}] });
  });

  test('that says 405 again takes no changes, and nothing was done', async () => {
    const it = await openAveva();
    const client = it.seedClient();
    it.simulator.inject({ match: isWrite, times: 9, kind: { status: 405 } });
    await expect(it.provider.createSecret(client, NEW_SECRET, it.call)).rejects.toMatchObject({
      code: 'unsupported',
      applied: 'no',
      hint: expect.stringContaining('Configure the url'),
    });
    expect(it.requests()).toMatchObject({ 'GET Regions': 2, [`POST ${SECRETS}`]: 2 });
  });

  test.each([403, 404])('is the configured one where nobody may see the regions: %i', async (status) => {
    const it = await openAveva();
    it.simulator.inject({ match: toRegions, kind: { status } });
    const client = it.seedClient();
    await it.provider.createSecret(client, NEW_SECRET, it.call);
    await it.provider.createSecret(client, NEW_SECRET, it.call);
    expect(it.requests()).toMatchObject({ 'GET Regions': 1, [`POST ${SECRETS}`]: 2 });
  });

  test('is the configured one in v1-preview, which has no such list', async () => {
    const it = await openAveva({ dialect: 'v1-preview' });
    const expiresAt = new Date('2026-06-01T00:00:00Z');
    await it.provider.createSecret(it.seedClient(), { ...NEW_SECRET, expiresAt }, it.call);
    expect(it.requests()).not.toHaveProperty('GET Regions');
  });

  test('cannot be found while the vendor is ill: nothing was done, and it is looked for again', async () => {
    const it = await openAveva();
    const client = it.seedClient();
    it.simulator.inject({ match: toRegions, times: 3, kind: { status: 503, body: {} } });
    const failed = it.provider.createSecret(client, NEW_SECRET, it.call);
    await expect(failed).rejects.toMatchObject({ code: 'unavailable', applied: 'no' });
    expect(it.requests()).not.toHaveProperty(`POST ${SECRETS}`);
    await it.provider.createSecret(client, NEW_SECRET, it.call);
    expect(it.requests()).toMatchObject({ 'GET Regions': 1, [`POST ${SECRETS}`]: 1 });
  });
});

describe('a region is told the token only where it is beside the configured one', () => {
  const WRITABLE = { Id: 'WestUS', Name: 'West US', AdministrativeEndpointsWritable: true };
  const answerWith = async (regions: unknown) => {
    const it = await openAveva();
    it.simulator.inject({ match: toRegions, times: 9, kind: { status: 200, body: regions } });
    const client = it.seedClient();
    return { it, written: () => it.provider.createSecret(client, NEW_SECRET, it.call) };
  };

  test.each([
    ['https://127.0.0.1', 'another scheme'],
    ['http://evil.example', 'another host'],
    ['http://1.0.0.1', 'a numeric address that ends alike'],
    ['http://localhost', 'another name for the same'],
    ['http://a:b@127.0.0.1', 'with credentials'],
    ['http://127.0.0.1/elsewhere', 'with a path'],
    ['ftp://127.0.0.1', 'no web address'],
    ['nowhere', 'no address'],
  ])('%s is not: %s', async (BaseAddress) => {
    const { it, written } = await answerWith([{ ...WRITABLE, BaseAddress }]);
    await expect(written()).rejects.toMatchObject({ code: 'malformed', applied: 'no' });
    expect(it.requests()).not.toHaveProperty(`POST ${SECRETS}`);
  });

  test.each([
    [[]],
    [[{ Id: 'WestEurope', BaseAddress: 'http://127.0.0.1' }]],
    [[{ ...WRITABLE, BaseAddress: null }]],
    [[{ ...WRITABLE, AdministrativeEndpointsWritable: false, BaseAddress: 'http://127.0.0.1' }]],
  ])('that none takes changes is a passing state: %j', async (regions) => {
    const { written } = await answerWith(regions);
    await expect(written()).rejects.toMatchObject({ code: 'unavailable', applied: 'no' });
  });

  test.each([
    ['https://euno.datahub.connect.aveva.com', 'https://uswe.datahub.connect.aveva.com/', true],
    ['https://dat-d.osisoft.com', 'https://dat-b.osisoft.com', true],
    ['https://euno.datahub.connect.aveva.com', 'https://uswe.connect.aveva.com', false],
    ['https://euno.datahub.connect.aveva.com', 'https://a.uswe.datahub.connect.aveva.com', false],
    ['https://euno.datahub.connect.aveva.com', 'https://uswe.datahub.connect.aveva.com.evil.example', false],
    ['https://aveva.com', 'https://evil.com', false],
    ['http://plant', 'http://evil', false],
    ['http://10.0.0.7', 'http://10.0.0.8', false],
    ['http://[::1]', 'http://[::2]', false],
  ])('from %s, %s: %s', async (url, BaseAddress, isBeside) => {
    const asked: string[] = [];
    const at = (origin: string) => ({
      async send() {
        asked.push(origin);
        return { status: 204, headers: {}, json: undefined };
      },
    });
    const { writing } = regional(url, at, async () => [{ ...WRITABLE, BaseAddress }]);
    const call = { signal: new AbortController().signal, requestId: 'test' };
    const written = writing.send({ method: 'DELETE', path: '/' }, call).then(
      () => true,
      () => false,
    );
    expect(await written).toBe(isBeside);
    expect(asked).toEqual(isBeside ? [new URL(BaseAddress).origin] : []);
  });

  test.each(['', '/'])('another port of the same host is, also with %j behind it', async (end) => {
    const it = await openAveva();
    const { origin } = it.simulator;
    const body = { ...WRITABLE, BaseAddress: `${origin}${end}` };
    it.simulator.inject({ match: toRegions, kind: { status: 200, body } });
    await it.provider.createSecret(it.seedClient(), NEW_SECRET, it.call);
    expect(it.requests()).toMatchObject({ [`POST ${SECRETS}`]: 1 });
  });
});

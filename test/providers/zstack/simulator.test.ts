import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/duration.ts';
import type { Product } from '../../../src/providers/zstack/config.ts';
import { createZstackSimulator } from '../../../src/providers/zstack/simulator.ts';
import { testClock } from '../../test-clock.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: {
    readonly error?: { readonly code: string };
    readonly inventory?: Readonly<Record<string, unknown>>;
    readonly inventories?: readonly Readonly<Record<string, unknown>>[];
    readonly location?: string;
    readonly total?: number;
  };
}

async function start(product: Product = 'zsphere') {
  const clock = testClock();
  const simulator = await createZstackSimulator({ product, clock });
  onTestFinished(() => simulator.close());
  const ask = async (
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    json?: object,
  ): Promise<Answer> => {
    const body = json === undefined ? null : JSON.stringify(json);
    const response = await fetch(`${simulator.origin}/zstack/v1${path}`, { method, headers, body });
    const text = await response.text();
    return { status: response.status, text, json: text.startsWith('{') ? JSON.parse(text) : {} };
  };
  const logIn = (password = simulator.password) => {
    const digest = createHash('sha512').update(password).digest('hex');
    const logInByAccount = { accountName: simulator.account, password: digest };
    return ask('PUT', '/accounts/login', {}, { logInByAccount });
  };
  const authorise = async () => ({
    authorization: `OAuth ${String((await logIn()).json.inventory?.['uuid'])}`,
  });
  const update = (headers: Readonly<Record<string, string>>, params: object) =>
    ask('POST', '/update/oauth2/client', headers, { params });
  return { simulator, clock, ask, logIn, authorise, update };
}

const codeOf = ({ status, json }: Answer) => [status, json.error?.code];
const newJob = () => randomUUID().replaceAll('-', '');

describe('the simulated ZStack', () => {
  test('locks an account after five wrong logins, for a while', async () => {
    const { logIn, clock } = await start();
    for (let i = 0; i < 5; i += 1) expect(codeOf(await logIn('wrong'))).toEqual([503, 'ID.1000']);
    expect(codeOf(await logIn())).toEqual([503, 'LOGIN_CONTROL.1002']);
    clock.pass(10 * MINUTE);
    expect((await logIn()).status).toBe(200);
  });

  test('ends a session after two hours, and dates it without a zone', async () => {
    const { ask, logIn, clock } = await start();
    const { uuid, createDate, expiredDate } = (await logIn()).json.inventory ?? {};
    expect([createDate, expiredDate]).toEqual(['Nov 21, 2026 8:00:00 PM', 'Nov 21, 2026 10:00:00 PM']);
    const headers = { authorization: `OAuth ${String(uuid)}` };
    clock.pass(2 * HOUR - 1);
    expect((await ask('GET', '/get/sso/client', headers)).status).toBe(200);
    clock.pass(1);
    expect(codeOf(await ask('GET', '/get/sso/client', headers))).toEqual([503, 'ID.1001']);
  });

  test('may permit one session only', async () => {
    const { ask, authorise, simulator } = await start();
    simulator.settings.hasUniqueSession = true;
    const first = await authorise();
    await authorise();
    expect(codeOf(await ask('GET', '/get/sso/client', first))).toEqual([503, 'ID.1001']);
  });

  test.each([
    [400, 'GET', '/get/sso/client', {}],
    [400, 'GET', '/get/sso/client', { authorization: 'Bearer a' }],
    [404, 'GET', '/oauth2/clients', { authorization: 'OAuth a' }],
    [405, 'DELETE', '/get/sso/client', { authorization: 'OAuth a' }],
    [404, 'GET', `/api-jobs/${'0'.repeat(32)}`, {}],
    [403, 'GET', '/get/sso/client', { authorization: 'ZStack a:b', date: 'Tue, 14 Nov 2017 22:20:57 GMT' }],
  ])('says %i with a text to %s %s', async (status, method, path, headers) => {
    const { ask } = await start();
    const answer = await ask(method, path, headers);
    expect([answer.status, answer.json]).toEqual([status, {}]);
    expect(answer.text).not.toBe('');
  });

  test('takes a write on as a job, under the uuid that it is given, at an address nobody reaches', async () => {
    const { ask, authorise, update, simulator } = await start();
    const [headers, uuid] = [await authorise(), simulator.seedClient()];
    simulator.settings.pollsUntilDone = 1;
    const job = newJob();
    const accepted = await update({ ...headers, 'x-job-uuid': job }, { uuid, clientSecret: 'new' });
    expect([accepted.status, accepted.json.location]).toEqual([
      202,
      `http://management-node.invalid:8080/zstack/v1/api-jobs/${job}`,
    ]);
    expect(await ask('GET', `/api-jobs/${job}`)).toMatchObject({ status: 202, text: '' });
    const done = await ask('GET', `/api-jobs/${job}`);
    expect([done.status, done.json.inventory?.['clientSecret']]).toEqual([200, 'new']);
    expect((await update({ ...headers, 'x-job-uuid': job }, { uuid })).status).toBe(400);
    expect((await update({ ...headers, 'x-job-uuid': randomUUID() }, { uuid })).status).toBe(400);
  });

  test('forgets a job after three hours', async () => {
    const { ask, authorise, update, simulator, clock } = await start();
    const job = newJob();
    await update({ ...(await authorise()), 'x-job-uuid': job }, { uuid: simulator.seedClient() });
    clock.pass(3 * HOUR + 1);
    expect((await ask('GET', `/api-jobs/${job}`)).status).toBe(404);
  });

  test.each([
    ['ID.1001', { authorization: 'OAuth nothing' }, null],
    ['SYS.1003', {}, { uuid: '0'.repeat(32) }],
  ])('says %s of a write only in its job', async (code, given, params) => {
    const { ask, authorise, update, simulator } = await start();
    const job = newJob();
    const headers = { ...(await authorise()), 'x-job-uuid': job, ...given };
    const accepted = await update(headers, params ?? { uuid: simulator.seedClient(), clientSecret: 'new' });
    expect(accepted.status).toBe(202);
    expect(codeOf(await ask('GET', `/api-jobs/${job}`))).toEqual([503, code]);
  });

  test('sends plain secrets in its list, and masks where the site says so', async () => {
    const { ask, authorise, simulator } = await start();
    const [headers, uuid] = [await authorise(), simulator.seedClient()];
    const value = simulator.seedSecret(uuid);
    simulator.seedCasClient();
    const told = async () =>
      (await ask('GET', '/get/sso/client', headers)).json.inventories?.map((it) => it['clientSecret']);
    expect(await told()).toEqual([value, undefined]);
    simulator.settings.masksSecrets = true;
    expect(await told()).toEqual(['*****', undefined]);
  });

  test('deletes whatever has the uuid, once or again, of whatever kind', async () => {
    const { ask, authorise, simulator } = await start();
    const [headers, uuid] = [await authorise(), simulator.seedCasClient()];
    for (let i = 0; i < 2; i += 1) {
      const job = newJob();
      await ask('POST', '/delete/sso/client', { ...headers, 'x-job-uuid': job }, { params: { uuid } });
      expect(await ask('GET', `/api-jobs/${job}`)).toMatchObject({ status: 200, text: '' });
    }
    expect(simulator.client(uuid)).toBeUndefined();
  });

  test('splits a condition at the first operator of its own list, wherever it stands', async () => {
    const { ask, authorise, simulator } = await start();
    const headers = await authorise();
    simulator.seedAccount('a!=b');
    simulator.seedAccount('other');
    const found = async (q: string) =>
      (await ask('GET', `/accounts?q=${encodeURIComponent(q)}&replyWithCount=true`, headers)).json.total;
    expect(await found('name=other')).toBe(1);
    expect(await found('name=a!=b')).toBe(2);
  });

  test('has calls that only one of the products has', async () => {
    const { ask, authorise, simulator } = await start('cloud');
    const headers = await authorise();
    const uuid = simulator.seedClient();
    expect((await ask('GET', `/oauth2/clients/${uuid}/client-secret`, headers)).status).toBe(404);
    expect((await ask('GET', '/iam2/virtual-ids', headers)).status).toBe(200);
  });

  test('lets an administrator alone do anything', async () => {
    const { ask, authorise, simulator } = await start();
    const headers = await authorise();
    simulator.settings.isAdministrator = false;
    expect(codeOf(await ask('GET', '/get/sso/client', headers))).toEqual([503, 'ID.1002']);
  });
});

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/duration.ts';
import {
  failed,
  FIRST_PAGE,
  JOB,
  LIST,
  LOGIN,
  openZstack,
  replacement,
  UPDATE,
  type Opened,
} from './open-zstack.ts';

const ask = ({ provider, call }: Opened) => provider.listTenants(FIRST_PAGE, call);
const isList = ({ path }: { readonly path: string }) => path.endsWith('/get/sso/client');

describe('the session', () => {
  test('is one for a hundred callers at once', async () => {
    const it = await openZstack();
    await Promise.all(Array.from({ length: 100 }, () => ask(it)));
    expect(it.requests()).toEqual({ [LOGIN]: 1, [LIST]: 100 });
  });

  test('is used for four fifths of its two hours, whatever the zone of the server', async () => {
    const it = await openZstack();
    await ask(it);
    it.clock.pass(96 * MINUTE - 1);
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [LIST]: 2 });
    it.clock.pass(1);
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [LIST]: 1 });
  });

  test('whose dates cannot be read is used until it is refused', async () => {
    const it = await openZstack();
    const body = { inventory: { uuid: '0'.repeat(32), createDate: '2017年11月14日' } };
    it.simulator.inject({ match: ({ path }) => path.endsWith('/login'), kind: { status: 200, body } });
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 2, [LIST]: 2 });
  });

  test('that ended early is renewed, once', async () => {
    const it = await openZstack();
    await ask(it);
    it.simulator.endSessions();
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 2, [LIST]: 3 });
    it.simulator.inject({ match: isList, times: 9, kind: failed('ID.1001') });
    await expect(ask(it)).rejects.toMatchObject({ code: 'unauthenticated', applied: 'no' });
    expect(it.requests()).toEqual({ [LOGIN]: 1, [LIST]: 2 });
  });

  test.each(['ID.1002', 'ID.1000', 'LOGIN_CONTROL.1002', 'SYS.1003'])(
    'is not renewed over %s',
    async (code) => {
      const it = await openZstack();
      await ask(it);
      it.requests();
      it.simulator.inject({ match: isList, kind: failed(code) });
      await expect(ask(it)).rejects.toThrow();
      expect(it.requests()).toEqual({ [LIST]: 1 });
    },
  );

  test('that is over when a job is carried out is renewed, and the write begun anew, once', async () => {
    const it = await openZstack();
    const { id } = it.seedSecret();
    await ask(it);
    it.requests();
    it.simulator.inject({ match: ({ path }) => path.includes('/api-jobs/'), kind: failed('ID.1001') });
    await it.provider.replaceSecret?.(id, replacement('new'), it.call);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [LIST]: 1, [UPDATE]: 2, [JOB]: 2 });
    const jobs = it.simulator.requests.flatMap(({ headers }) => headers['x-job-uuid'] ?? []);
    expect(new Set(jobs).size).toBe(2);
  });

  test('that a job ran into in truth changes the secret just once', async () => {
    const it = await openZstack();
    const { id } = it.seedSecret();
    await ask(it);
    it.simulator.inject({
      match: ({ path }) => path.endsWith('/update/oauth2/client'),
      kind: { delayMs: 20 },
    });
    const written = it.provider.replaceSecret?.(id, replacement('new'), it.call);
    await expect.poll(() => it.simulator.requests.at(-1)?.method, { interval: 1 }).toBe('POST');
    it.simulator.endSessions();
    await written;
    expect(it.simulator.client(id.client)).toMatchObject({ secret: 'new', secretWrites: 1 });
  });
});

describe('a login that is refused', () => {
  test('is tried again a day later, so that it does not lock the account', async () => {
    const it = await openZstack({ password: 'wrong' });
    for (let hour = 0; hour < 24; hour += 1) {
      await expect(ask(it)).rejects.toMatchObject({
        code: 'unauthenticated',
        applied: 'no',
        retryAfterMs: (24 - hour) * HOUR,
        hint: expect.stringContaining('start the gateway anew'),
      });
      it.clock.pass(HOUR);
    }
    expect(it.requests()).toEqual({ [LOGIN]: 1 });
    await expect(ask(it)).rejects.toThrow();
    expect(it.requests()).toEqual({ [LOGIN]: 1 });
  });

  test('so is one to an account whose password has to be changed', async () => {
    const it = await openZstack();
    it.simulator.settings.wantsNewPassword = true;
    await expect(ask(it)).rejects.toMatchObject({ code: 'unauthenticated' });
    it.clock.pass(23 * HOUR);
    await expect(ask(it)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(it.requests()).toEqual({ [LOGIN]: 1 });
  });

  test('because of a lock or a captcha is tried again a quarter of an hour later', async () => {
    const it = await openZstack();
    it.simulator.settings.wantsCaptcha = true;
    await expect(ask(it)).rejects.toMatchObject({ code: 'unauthenticated', retryAfterMs: 15 * MINUTE });
    it.clock.pass(15 * MINUTE - 1);
    it.simulator.settings.wantsCaptcha = false;
    await expect(ask(it)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(it.requests()).toEqual({ [LOGIN]: 1 });
    it.clock.pass(MINUTE);
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [LIST]: 1 });
  });

  test('because of too many sessions is no refusal of the credential', async () => {
    const it = await openZstack();
    const isLogin = ({ path }: { readonly path: string }) => path.endsWith('/login');
    it.simulator.inject({ match: isLogin, kind: failed('ID.1006') });
    await expect(ask(it)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: MINUTE });
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 2, [LIST]: 1 });
  });

  test('counts even where its answer is lost, so it is sent once', async () => {
    const it = await openZstack({ password: 'wrong' });
    it.simulator.inject({ kind: 'lost-reply' });
    await expect(ask(it)).rejects.toMatchObject({ code: 'unavailable', applied: 'no' });
    expect(it.requests()).toEqual({ [LOGIN]: 1 });
  });

  test('tells neither the password nor what is sent of it', async () => {
    const it = await openZstack({ password: 'wrong-7be1' });
    const error: unknown = await ask(it).catch((thrown: unknown) => thrown);
    const shown = inspect(error, { depth: 10, showHidden: true });
    expect(shown).toContain('ZStack does not let the gateway log in.');
    expect(shown).not.toMatch(/7be1|[\da-f]{128}/);
  });
});

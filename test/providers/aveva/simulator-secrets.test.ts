import { beforeEach, describe, expect, test } from 'vitest';
import type { AvevaSimulator } from '../../../src/providers/aveva/simulator.ts';
import type { TestClock } from '../../test-clock.ts';
import { asking, ERROR, LATER, openSimulator } from './asking-simulator.ts';

/** What the vendor's pages say that it enforces. */
describe('the simulator of AVEVA', () => {
  let clock: TestClock;
  let simulator: AvevaSimulator;
  let client: string;
  beforeEach(async () => {
    ({ clock, simulator, client } = await openSimulator());
  });
  const { ask, secrets } = asking(() => ({ simulator, client }));
  const add = (json: object) => ask('POST', secrets(), { json });

  describe('secrets', () => {
    test.each([
      [{ Expiration: LATER }, 201],
      [{ Expires: true, Expiration: LATER }, 201],
      [{ Expires: null, Expiration: LATER }, 201],
      [{ Expires: false }, 201],
      [{ Expires: false, Expiration: null }, 201],
      [{}, 400],
      [{ Expires: true }, 400],
      [{ Expires: null, Expiration: null }, 400],
      [{ Expires: false, Expiration: LATER }, 400],
      [{ Expires: true, Expiration: 'soon' }, 400],
    ])('%j: %i', async (json, status) => {
      expect(await add(json)).toMatchObject({ status, body: status === 201 ? { Id: 1 } : ERROR });
    });

    test('the value is told once; what is null is left out unless all is asked for', async () => {
      const made = await add({ Expires: false });
      expect(made.body).toEqual({ Id: 1, Secret: expect.any(String), Expires: false });
      expect((await ask('GET', `${secrets()}/1`)).body).toEqual({ Id: 1, Expires: false });
      const headers = { 'accept-verbosity': 'verbose' };
      const all = { Id: 1, Expires: false, Expiration: null, Description: null };
      expect((await ask('GET', secrets(), { headers })).body).toEqual([all]);
    });

    test('there are ten; a deleted one makes room', async () => {
      for (let i = 0; i < 10; i += 1) expect((await add({ Expires: false })).status).toBe(201);
      expect(await add({ Expires: false })).toMatchObject({ status: 400, body: ERROR });
      expect(await ask('DELETE', `${secrets()}/3`)).toMatchObject({ status: 204, body: null });
      expect((await add({ Expires: false })).body).toMatchObject({ Id: 11 });
      const listed = await ask('HEAD', secrets());
      expect([listed.body, listed.headers.get('total-count')]).toEqual([null, '10']);
    });

    test.each([
      [{ Description: 'x' }, 200, { Description: 'x', Expires: true }],
      [{ Expiration: LATER }, 200, { Description: 'a', Expiration: '2026-12-31T00:00:00.000Z' }],
      [{ Description: null, Expiration: null, Expires: null }, 200, { Description: 'a', Expires: true }],
      [{ Expires: false }, 400, ERROR],
      [{ Expires: false, Expiration: LATER }, 400, ERROR],
    ])('of one that expires %j changes what it names: %i', async (json, status, body) => {
      simulator.seedSecret(client, { description: 'a', expiration: clock.now() });
      expect(await ask('PUT', `${secrets()}/1`, { json })).toMatchObject({ status, body });
    });

    test.each([
      [{ Expires: true, Expiration: LATER }, 200],
      [{ Description: 'x' }, 200],
      [{ Expiration: LATER }, 400],
      [{ Expires: true }, 400],
    ])('of one that does not expire %j: %i', async (json, status) => {
      simulator.seedSecret(client);
      expect((await ask('PUT', `${secrets()}/1`, { json })).status).toBe(status);
    });

    test.each(['01', '+1', '2', 'x'])('no secret %s', async (id) => {
      simulator.seedSecret(client);
      expect(await ask('GET', `${secrets()}/${id}`)).toMatchObject({ status: 404, body: ERROR });
      expect(await ask('DELETE', `${secrets()}/${id}`)).toMatchObject({ status: 404, body: ERROR });
    });
  });
});

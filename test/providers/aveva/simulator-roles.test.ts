import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createAvevaSimulator, type AvevaSimulator } from '../../../src/providers/aveva/simulator.ts';
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
  const { loginAs, ask, secrets } = asking(() => ({ simulator, client }));

  describe('roles', () => {
    const as = (RoleIds: readonly string[]) => {
      const id = simulator.seedClient({ RoleIds });
      return loginAs(id, simulator.seedSecret(id).value);
    };
    const roles = () => simulator.tenants[0].roles;

    test('nobody without a role may do anything but to itself', async () => {
      const nobody = await as([]);
      expect(await ask('GET', '/ClientCredentialClients', { as: nobody })).toMatchObject({
        status: 403,
        body: ERROR,
      });
      expect(await ask('GET', '', { as: nobody })).toMatchObject({ status: 403, body: null });
      expect(await ask('GET', '/Regions', { as: nobody })).toMatchObject({ status: 403, body: null });
      expect(await ask('GET', '/Users', { as: nobody })).toMatchObject({ status: 403, body: ERROR });
    });

    test('a member may list clients, and neither change them nor see their secrets', async () => {
      const member = await as([roles().member]);
      expect((await ask('GET', '/HybridClients', { as: member })).status).toBe(200);
      expect((await ask('GET', secrets(), { as: member })).status).toBe(403);
      const json = { Name: 'x' };
      expect((await ask('POST', '/ClientCredentialClients', { as: member, json })).status).toBe(403);
      expect((await ask('PUT', `/ClientCredentialClients/${client}`, { as: member, json })).status).toBe(403);
      expect((await ask('DELETE', `/ClientCredentialClients/${client}`, { as: member })).status).toBe(403);
    });

    test('a client may do all to its own secrets but change them', async () => {
      const self = await loginAs(client, simulator.seedSecret(client).value);
      const json = { Expiration: LATER };
      expect((await ask('POST', secrets(), { as: self, json })).status).toBe(201);
      expect((await ask('GET', secrets(), { as: self })).body).toHaveLength(2);
      expect((await ask('PUT', `${secrets()}/2`, { as: self, json })).status).toBe(403);
      expect((await ask('DELETE', `${secrets()}/2`, { as: self })).status).toBe(204);
      const other = simulator.seedClient();
      expect((await ask('GET', secrets(other), { as: self })).status).toBe(403);
    });

    test('a token of another tenant opens nothing', async () => {
      const both = await createAvevaSimulator({ dialect: 'v1', clock, tenants: ['a', 'b'] });
      onTestFinished(() => both.close());
      const { gateway } = both.tenants[1] ?? both.tenants[0];
      const form = {
        grant_type: 'client_credentials',
        client_id: gateway.clientId,
        client_secret: gateway.clientSecret,
      };
      const body = new URLSearchParams(form);
      const got = await fetch(`${both.origin}/identity/connect/token`, { method: 'POST', body });
      const { access_token: it } = z.object({ access_token: z.string() }).parse(await got.json());
      const headers = { authorization: `Bearer ${it}` };
      const address = `${both.origin}/api/v1/Tenants/${both.tenants[0].id}/ClientCredentialClients`;
      expect((await fetch(address, { headers })).status).toBe(403);
    });
  });
});

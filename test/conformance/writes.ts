import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/domain/client.ts';
import type { Identity } from '../../src/domain/identity.ts';
import { failureOf, FIRST_PAGE, found, one } from './answers.ts';
import type { Subject } from './harness.ts';

const NEW_IDENTITY = { name: 'billing-worker', kind: 'MACHINE', attributes: null } as const;

export function describeWrites({ open, changes, has }: Subject): void {
  describe('writing tenants', () => {
    it.runIf(has('createTenant'))('a new one is there at once', async () => {
      const { provider, call } = await open();
      const made = await provider.createTenant?.({ name: 'Acme', description: null }, call);
      expect(made).toMatchObject({ name: 'Acme', description: null });
      expect(made && (await one(provider.getTenants([made.id], call)))).toEqual(made);
    });

    it.runIf(has('updateTenant'))('a change changes only what is given', async () => {
      const { provider, seeds, call } = await open();
      const id = await seeds.tenant();
      const before = await found(provider.getTenants([id], call));
      const after = await provider.updateTenant?.(id, changes.tenant ?? {}, call);
      expectOnlyChanged(before, after, changes.tenant);
      expect(await one(provider.getTenants([id], call))).toEqual(after);
    });

    it.runIf(has('deleteTenant'))('a deleted one is gone, and cannot be deleted again', async () => {
      const { provider, seeds, call } = await open();
      const id = await seeds.tenant();
      await provider.deleteTenant?.(id, call);
      expect(await one(provider.getTenants([id], call))).toBeNull();
      expect(await failureOf(provider.deleteTenant?.(id, call))).toMatchObject({ code: 'not_found' });
    });
  });

  describe('writing identities', () => {
    it.runIf(has('createIdentity'))('a new one is there at once', async () => {
      const { provider, seeds, call } = await open();
      const made = await provider.createIdentity?.(await seeds.tenant(), NEW_IDENTITY, call);
      expect(made).toMatchObject({ name: 'billing-worker', kind: 'MACHINE' });
      expect(made && (await one(provider.getIdentities([made.id], call)))).toEqual(made);
    });

    it.runIf(has('updateIdentity'))('a change changes only what is given', async () => {
      const { provider, seeds, call } = await open();
      const id = await seeds.identity(await seeds.tenant());
      const before = await found(provider.getIdentities([id], call));
      const after = await provider.updateIdentity?.(id, changes.identity ?? {}, call);
      expectOnlyChanged<Identity>(before, after, changes.identity);
      expect(await one(provider.getIdentities([id], call))).toEqual(after);
    });

    it.runIf(has('deleteIdentity'))('a deleted one is gone, and cannot be deleted again', async () => {
      const { provider, seeds, call } = await open();
      const id = await seeds.identity(await seeds.tenant());
      await provider.deleteIdentity?.(id, call);
      expect(await one(provider.getIdentities([id], call))).toBeNull();
      expect(await failureOf(provider.deleteIdentity?.(id, call))).toMatchObject({ code: 'not_found' });
    });
  });

  describe('writing clients', () => {
    it.runIf(has('createClient'))(
      'a new one is there at once; a first secret comes with its value',
      async () => {
        const { provider, seeds, accepts, call } = await open();
        const tenant = await seeds.tenant();
        const made = await provider.createClient?.(tenant, await seeds.newClient(tenant), call);
        if (made === undefined) throw new Error('there is no answer');
        const { issued } = made;
        expect(await one(provider.getClients([made.client.id], call))).toEqual(made.client);
        // An empty slot may be listed, of which nobody knows whether there is anything in it.
        const active = provider.listSecrets([made.client.id], { ...FIRST_PAGE, status: ['ACTIVE'] }, call);
        const secrets = (await one(active)).items.map(({ node }) => node);
        expect(secrets).toEqual(issued === null ? [] : [issued.secret]);
        expect(issued === null || (await accepts(issued.secret.id, issued.value.reveal()))).toBe(true);
      },
    );

    it.runIf(has('updateClient'))('a change changes only what is given', async () => {
      const { provider, seeds, call } = await open();
      const id = await seeds.client(await seeds.tenant());
      const before = await found(provider.getClients([id], call));
      const after = await provider.updateClient?.(id, changes.client ?? {}, call);
      expectOnlyChanged<Client>(before, after, changes.client);
      expect(await one(provider.getClients([id], call))).toEqual(after);
    });

    it.runIf(has('deleteClient'))('a deleted one is gone, and cannot be deleted again', async () => {
      const { provider, seeds, call } = await open();
      const id = await seeds.client(await seeds.tenant());
      await provider.deleteClient?.(id, call);
      expect(await one(provider.getClients([id], call))).toBeNull();
      expect(await failureOf(provider.deleteClient?.(id, call))).toMatchObject({ code: 'not_found' });
    });
  });

  it('no write finds what is not there, and none changes anything', async () => {
    const { provider, seeds, missing, call } = await open();
    const tenant = await seeds.tenant();
    const newClient = { ...(await seeds.newClient(tenant)), identity: null };
    const nowhere = { ...tenant, tenant: missing };
    const identity = { ...tenant, identity: missing };
    const client = { ...tenant, client: missing };
    const writes = [
      provider.updateTenant?.(nowhere, { name: 'x' }, call),
      provider.deleteTenant?.(nowhere, call),
      provider.createIdentity?.(nowhere, NEW_IDENTITY, call),
      provider.updateIdentity?.(identity, { name: 'x' }, call),
      provider.deleteIdentity?.(identity, call),
      provider.createClient?.(nowhere, newClient, call),
      provider.updateClient?.(client, changes.client ?? {}, call),
      provider.deleteClient?.(client, call),
    ].filter((write) => write !== undefined);
    const failures = await Promise.all(writes.map(failureOf));
    expect(failures.map(({ code, applied }) => [code, applied])).toEqual(
      failures.map(() => ['not_found', 'no']),
    );
  });
}

/** `updatedAt` may move; everything that was not given stays as it was. */
function expectOnlyChanged<T extends object>(
  before: T,
  after: T | undefined,
  given: object | undefined,
): void {
  if (given === undefined) throw new Error('the harness names no change that this vendor takes');
  expect(after).toMatchObject(given);
  const free = new Set(['updatedAt', ...Object.keys(given)]);
  const rest = (thing: object) => Object.entries(thing).filter(([field]) => !free.has(field));
  expect(rest(after ?? {})).toEqual(rest(before));
}

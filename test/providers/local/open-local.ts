import { pause } from '../../../src/provider-kit/pause.ts';
import type { Client } from '../../../src/domain/client.ts';
import type { TenantId } from '../../../src/domain/ids.ts';
import type { NewClient, NewSecret, Provider, Writes } from '../../../src/provider-kit/provider.ts';
import { local } from '../../../src/providers/local/provider.ts';
import { openTestStore, type DatabaseKind, type TestStore } from '../../database.ts';
import { testClock, type TestClock } from '../../test-clock.ts';

export const CALL = { signal: new AbortController().signal, requestId: 'r' };

export const NEW_SECRET: NewSecret = {
  description: null,
  expiresAt: null,
  maxUses: null,
  value: null,
  retrievable: null,
};

const NEW_CLIENT: NewClient = {
  identity: null,
  name: 'C',
  description: null,
  kind: null,
  redirectUris: null,
  attributes: null,
};

export interface OpenLocal extends TestStore {
  readonly provider: Provider & Writes;
  readonly clock: TestClock;
  newTenant(name?: string): Promise<TenantId>;
  /** Of a tenant of its own, unless it is named. */
  newClient(input?: Partial<NewClient>, of?: TenantId): Promise<Client>;
}

/** The local provider, bare, over a database of its own. */
export async function openLocal(kind: DatabaseKind): Promise<OpenLocal> {
  const open = await openTestStore(kind);
  const clock = testClock();
  const connect = () => {
    throw new Error('the local provider calls nobody');
  };
  const world = { name: 'local', database: open.store, clock, connect, pause };
  const provider = local.open({ kind: 'local' }, world) as Provider & Writes;
  const newTenant = async (name = 'T') => (await provider.createTenant({ name, description: null }, CALL)).id;
  return {
    ...open,
    provider,
    clock,
    newTenant,
    newClient: async (input = {}, of) =>
      (await provider.createClient(of ?? (await newTenant()), { ...NEW_CLIENT, ...input }, CALL)).client,
  };
}

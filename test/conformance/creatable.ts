import type { Writes } from '../../src/provider-kit/provider.ts';
import { FIRST_PAGE, found, newSecretOf, one } from './answers.ts';
import type { Stage } from './harness.ts';

/** How each noun is created, and the texts of its input. */
export const CREATABLES = {
  tenant: { write: 'createTenant', texts: ['name', 'description'] },
  identity: { write: 'createIdentity', texts: ['name'] },
  client: { write: 'createClient', texts: ['name', 'description'] },
  secret: { write: 'createSecret', texts: ['description'] },
} as const satisfies Record<string, { write: keyof Writes; texts: readonly string[] }>;
export type CreatableNoun = keyof typeof CREATABLES;
export const CREATABLE_NOUNS = Object.keys(CREATABLES) as readonly CreatableNoun[];

/** Something that can be created once, so that a promise about all that is new is written once. */
export interface Creatable {
  /** With these fields in the place of its usual ones. */
  create(given: object): Promise<object>;
  /** What `create` made, as it is read. */
  read(): Promise<object>;
  /** All that its parent holds of the noun. */
  all(): Promise<readonly unknown[]>;
}

export async function openCreatable(noun: CreatableNoun, stage: Stage): Promise<Creatable> {
  const { provider, seeds, call } = stage;
  const tenant = await seeds.tenant();
  switch (noun) {
    case 'tenant': {
      const usual = { name: 'new', description: null };
      return creatable({
        make: (given) => provider.createTenant?.({ ...usual, ...given }, call),
        get: ({ id }) => found(provider.getTenants([id], call)),
        list: () => provider.listTenants(FIRST_PAGE, call),
      });
    }
    case 'identity': {
      const usual = { name: 'new', kind: 'MACHINE', attributes: null } as const;
      return creatable({
        make: (given) => provider.createIdentity?.(tenant, { ...usual, ...given }, call),
        get: ({ id }) => found(provider.getIdentities([id], call)),
        list: () => one(provider.listIdentities([tenant], FIRST_PAGE, call)),
      });
    }
    case 'client': {
      const usual = await seeds.newClient(tenant);
      return creatable({
        make: async (given) => (await provider.createClient?.(tenant, { ...usual, ...given }, call))?.client,
        get: ({ id }) => found(provider.getClients([id], call)),
        list: () => one(provider.listClients([tenant], FIRST_PAGE, call)),
      });
    }
    case 'secret': {
      const client = await seeds.client(tenant);
      const usual = newSecretOf(provider);
      return creatable({
        make: async (given) => (await provider.createSecret?.(client, { ...usual, ...given }, call))?.secret,
        get: ({ id }) => found(provider.getSecrets([id], call)),
        list: () => one(provider.listSecrets([client], FIRST_PAGE, call)),
      });
    }
  }
}

function creatable<T extends object>({
  make,
  get,
  list,
}: {
  make(given: object): Promise<T | undefined> | undefined;
  get(made: T): Promise<object>;
  list(): Promise<{ readonly items: readonly unknown[] }>;
}): Creatable {
  let made: T | undefined;
  return {
    async create(given) {
      made = await make(given);
      if (made === undefined) throw new Error('this provider has no such write');
      return made;
    },
    async read() {
      if (made === undefined) throw new Error('nothing was made');
      return get(made);
    },
    all: async () => (await list()).items,
  };
}

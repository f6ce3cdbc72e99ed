import type {
  ClientChanges,
  IdentityChanges,
  SecretChanges,
  TenantChanges,
  Writes,
} from '../../src/provider-kit/provider.ts';
import { found } from './answers.ts';
import type { Stage } from './harness.ts';

/** How each noun is changed, and what a change may give. */
export const EDITABLES = {
  tenant: { write: 'updateTenant', texts: ['name', 'description'] },
  identity: { write: 'updateIdentity', texts: ['name'] },
  client: { write: 'updateClient', texts: ['name', 'description'] },
  secret: { write: 'updateSecret', texts: ['description'] },
} as const satisfies Record<string, { write: keyof Writes; texts: readonly string[] }>;
export type EditableNoun = keyof typeof EDITABLES;
export const EDITABLE_NOUNS = Object.keys(EDITABLES) as readonly EditableNoun[];

type Changes = TenantChanges & IdentityChanges & ClientChanges & SecretChanges;

/** One thing that was seeded, so that a promise about all changes is written once. */
export interface Editable {
  read(): Promise<object>;
  change(given: Changes): Promise<object>;
}

export async function openEditable(noun: EditableNoun, stage: Stage): Promise<Editable> {
  const { provider, seeds, call } = stage;
  const tenant = await seeds.tenant();
  const sent = async (answer: Promise<object> | undefined) => {
    if (answer === undefined) throw new Error('this provider has no such write');
    return answer;
  };
  switch (noun) {
    case 'tenant':
      return {
        read: () => found(provider.getTenants([tenant], call)),
        change: (given) => sent(provider.updateTenant?.(tenant, given, call)),
      };
    case 'identity': {
      const id = await seeds.identity(tenant);
      return {
        read: () => found(provider.getIdentities([id], call)),
        change: (given) => sent(provider.updateIdentity?.(id, given, call)),
      };
    }
    case 'client': {
      const id = await seeds.client(tenant);
      return {
        read: () => found(provider.getClients([id], call)),
        change: (given) => sent(provider.updateClient?.(id, given, call)),
      };
    }
    case 'secret': {
      const { id } = await seeds.secret(await seeds.client(tenant));
      return {
        read: () => found(provider.getSecrets([id], call)),
        change: (given) => sent(provider.updateSecret?.(id, given, call)),
      };
    }
  }
}

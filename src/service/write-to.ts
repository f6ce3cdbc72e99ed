import { encodeGlobalId, type NodeId, type NodeType } from '../domain/ids.ts';
import type { Operation } from '../domain/operation.ts';
import { roleFor } from './capabilities.ts';
import type { Write } from './write.ts';

type Head = Pick<Write<never>, 'action' | 'operation' | 'role' | 'scope' | 'subject'>;

/** What every write on something that a provider holds, or in it, has in common. */
export function writeTo<T extends 'Provider' | 'Tenant' | 'Identity' | 'Client' | 'ClientSecret'>(
  operation: Operation,
  type: T & NodeType,
  id: NodeId<T> & { readonly provider: string; readonly tenant?: string },
): Head {
  const { provider, tenant = null } = id;
  return {
    action: actionOf(operation),
    operation,
    role: roleFor(operation),
    scope: { provider, tenant },
    subject: encodeGlobalId(type, id),
  };
}

/** `CREATE_CLIENT_SECRET` is `clientSecret.create` in the audit trail. */
export function actionOf(operation: Operation): string {
  const [verb = '', ...noun] = operation.toLowerCase().split('_');
  return `${noun.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')}.${verb}`;
}

import type { Sight } from '../../provider-kit/layers/witness.ts';
import type { Store } from '../../store/database.ts';
import type { NotedBy } from '../../store/inventory-look.ts';
import { noteClients } from '../../store/inventory-note-clients.ts';
import { noteGone } from '../../store/inventory-note-gone.ts';
import { noteSecrets } from '../../store/inventory-note-secrets.ts';
import { noteTenantGone, noteTenants } from '../../store/inventory-note-tenants.ts';

/**
 * Notes all that was seen; no statement for what there is none of. `since`: when the write began, or the sweep that it is
 * part of; without one, what a read shows unchanged and was seen of late is not noted again.
 */
export async function noteSight(store: Store, sight: Sight, by: NotedBy, since?: Date): Promise<void> {
  const { at, tenants, clients, secrets, goneTenants, goneClients, goneSecrets } = sight;
  await noteTenants(store, tenants, at, since);
  await noteClients(store, clients, at, by, since);
  await noteSecrets(store, secrets, at, by, since);
  await noteGone(store, { clients: goneClients, secrets: goneSecrets }, at, by);
  for (const tenant of goneTenants) await noteTenantGone(store, tenant, at, by);
}

import { MINUTE } from '../../domain/duration.ts';
import { idKey, type TenantId } from '../../domain/ids.ts';
import { goesWithItsSecret } from '../../provider-kit/goes-with-its-secret.ts';
import { findEventsSince } from '../../store/audit-events.ts';
import { findUnjudgedChanges, judgeChanges as saveVerdicts } from '../../store/inventory-changes.ts';
import { findRotationsSince } from '../../store/rotations.ts';
import type { Services } from '../services.ts';
import { CHANGING_ACTIONS } from './effects-of-actions.ts';
import { BEFORE_MS, explains, type OnRecord } from './explain-change.ts';
import type { SeenChange } from './seen-change.ts';

/** So long after a change was seen, whatever we had begun by then is on record. */
const JUDGED_AFTER_MS = 2 * MINUTE;
const CHANGES_AT_ONCE = 500;
const RECORDS_AT_ONCE = 20_000;

/**
 * Tells apart what we changed ourselves and what is drift, of all that looks and writes have by now shown to differ. What
 * is on record is read once for each tenant.
 */
export async function judgeChanges(services: Pick<Services, 'store' | 'clock' | 'providers'>): Promise<void> {
  const { store, clock } = services;
  const before = new Date(clock.now().getTime() - JUDGED_AFTER_MS);
  const changes = await findUnjudgedChanges(store, before, CHANGES_AT_ONCE);
  for (const own of byTenant(changes).values()) {
    const onRecord = await recordOf(services, own);
    const verdicts = own.map((change) => ({
      id: change.id,
      verdict: explains(onRecord, change) ? ('OURS' as const) : ('DRIFT' as const),
    }));
    await saveVerdicts(store, verdicts);
  }
}

function byTenant<C extends SeenChange>(changes: readonly C[]): ReadonlyMap<string, readonly C[]> {
  const groups = new Map<string, C[]>();
  for (const change of changes) {
    const key = idKey(tenantOf(change));
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return groups;
}

const tenantOf = ({ client: { provider, tenant } }: SeenChange): TenantId => ({ provider, tenant });

/** All that may have to do with these changes, which are of one tenant. */
async function recordOf(
  { store, providers }: Pick<Services, 'store' | 'providers'>,
  changes: readonly SeenChange[],
): Promise<OnRecord> {
  const [first] = changes;
  if (first === undefined) return { events: [], rotations: [], clientsGoWithSecrets: false };
  const opened = providers.get(first.client.provider);
  const earliest = Math.min(...changes.map(({ lookedAt, seenAt }) => (lookedAt ?? seenAt).getTime()));
  const since = new Date(earliest - BEFORE_MS);
  const clients = changes.map(({ client }) => client);
  return {
    events: await findEventsSince(store, tenantOf(first), since, CHANGING_ACTIONS, RECORDS_AT_ONCE),
    rotations: await findRotationsSince(store, clients, since, RECORDS_AT_ONCE),
    clientsGoWithSecrets: opened !== undefined && goesWithItsSecret(opened.provider.traits),
  };
}

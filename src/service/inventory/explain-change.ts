import type { AuditEvent } from '../../domain/audit-event.ts';
import type { ClientSecretStatus } from '../../domain/client-secret.ts';
import { MINUTE } from '../../domain/duration.ts';
import { clientIdOf, decodeGlobalId, encodeGlobalId, idKey, type ClientId } from '../../domain/ids.ts';
import type { Rotation } from '../../domain/rotation.ts';
import { canMake, piecesOf } from './effects-of-actions.ts';
import type { SeenChange } from './seen-change.ts';

/** What is on record of a time and a tenant: in the order of the chain, and rotations of the clients in question. */
export interface OnRecord {
  readonly events: readonly AuditEvent[];
  readonly rotations: readonly Rotation[];
  /** Is a client there gone once its secret is revoked? */
  readonly clientsGoWithSecrets: boolean;
}

/** As long as an operation may take, and a vendor to show what it did; and a sweep, which did not show it yet. */
export const BEFORE_MS = 15 * MINUTE;
/** How far the clocks of two replicas may be apart, and how long a look may take. */
export const AFTER_MS = 2 * MINUTE;

/**
 * Are there operations of ours that can have made this change, each piece of it: on the secret, its client, whom that
 * acts for, or its rotation, begun between the two looks, and such as do this at all? One that surely came to nothing
 * made none, and one that is known to have made another secret did not make this one. That a vendor clears a secret away
 * which had ended explains itself. What cannot be told apart: somebody else has done between the same two looks what an
 * operation of ours on the same thing does too. Of an update, its fields are not on record, so that it goes for all it
 * may change.
 */
export function explains(onRecord: OnRecord, change: SeenChange): boolean {
  if (change.kind === 'REMOVED' && change.secret !== null && hadEnded(change)) return true;
  const from = (change.lookedAt ?? change.seenAt).getTime() - BEFORE_MS;
  const until = change.seenAt.getTime() + AFTER_MS;
  const inQuestion = operationsOf(onRecord.events).filter(
    (operation) =>
      operation.at >= from &&
      operation.at <= until &&
      !operation.cameToNothing &&
      touches(operation, change, onRecord),
  );
  return piecesOf(change).every((piece) => inQuestion.some(({ action }) => canMake(action, piece, change)));
}

const ENDED: readonly unknown[] = ['EXPIRED', 'EXHAUSTED', 'REVOKED'] satisfies ClientSecretStatus[];

function hadEnded({ before, seenAt }: SeenChange): boolean {
  const { status = null, expiresAt = null } = before ?? {};
  const end = typeof expiresAt === 'string' ? Date.parse(expiresAt) : Infinity;
  return ENDED.includes(status) || end <= seenAt.getTime();
}

interface AuditedOperation {
  readonly action: string;
  readonly at: number;
  /** Global id of what it was begun on. */
  readonly on: string | null;
  /** Global id of what came to be. Null: nothing, or it is not known. */
  readonly made: string | null;
  /** When its outcome was put on record. Null: there is none. */
  readonly endedAt: number | null;
  readonly cameToNothing: boolean;
}

function operationsOf(events: readonly AuditEvent[]): readonly AuditedOperation[] {
  const outcomes = new Map(
    events.filter(({ outcome }) => outcome !== 'STARTED').map((event) => [event.operationId, event]),
  );
  return events
    .filter(({ outcome }) => outcome === 'STARTED')
    .map(({ operationId, action, at, subject }) => {
      const end = outcomes.get(operationId);
      const isMade = end?.outcome === 'SUCCEEDED' && end.subject !== subject;
      return {
        action,
        at: at.getTime(),
        on: subject,
        made: isMade ? end.subject : null,
        endedAt: end?.at.getTime() ?? null,
        cameToNothing: end?.outcome === 'DENIED' || (end?.outcome === 'FAILED' && !isOfRotation(action)),
      };
    });
}

/** One that fails may have moved the end of the old secret. */
function isOfRotation(action: string): boolean {
  return action.startsWith('rotation.');
}

function touches(operation: AuditedOperation, change: SeenChange, onRecord: OnRecord): boolean {
  const { rotations, clientsGoWithSecrets } = onRecord;
  const { action, on, made, endedAt } = operation;
  const client = encodeGlobalId('Client', change.client);
  const { provider, tenant } = change.client;
  const own = [client];
  if (change.secret !== null) own.push(encodeGlobalId('ClientSecret', change.secret));
  if (change.identity !== null) own.push(encodeGlobalId('Identity', change.identity));
  // A secret that comes with its client is shown by the answer that shows the client.
  if (made === client && change.secret !== null)
    return endedAt !== null && change.seenAt.getTime() <= endedAt + AFTER_MS;
  if (made !== null) return own.includes(made);
  // What a creation in the tenant made is not known: it may be this.
  if (action === 'client.create')
    return change.kind === 'ADDED' && on === encodeGlobalId('Tenant', { provider, tenant });
  if (action === 'tenant.delete') return on === encodeGlobalId('Tenant', { provider, tenant });
  if (on === null) return false;
  if (clientsGoWithSecrets && change.secret === null && isSecretOf(change.client, on)) return true;
  return own.includes(on) || rotations.some((rotation) => isPartOf(rotation, operation, change));
}

function isSecretOf({ provider, tenant, client }: ClientId, globalId: string): boolean {
  const node = decodeGlobalId(globalId);
  if (node?.type !== 'ClientSecret') return false;
  return idKey(clientIdOf(node.id)) === idKey({ provider, tenant, client });
}

/** Is the operation one of this rotation, and the change one of its secrets, or of those that it may have made? */
function isPartOf(
  { id, oldSecret, newSecret }: Rotation,
  { on }: AuditedOperation,
  change: SeenChange,
): boolean {
  const { client, secret } = change;
  const isOfClient = oldSecret.client === client.client && oldSecret.tenant === client.tenant;
  const isOn = on === encodeGlobalId('Rotation', { id }) || on === encodeGlobalId('ClientSecret', oldSecret);
  if (!isOfClient || !isOn || secret === null) return false;
  return newSecret === null || secret.secret === oldSecret.secret || secret.secret === newSecret.secret;
}

import type { AuditEvent } from '../domain/audit-event.ts';
import { DAY, MINUTE } from '../domain/duration.ts';
import type { ClientSecretStatus } from '../domain/client-secret.ts';
import { GatewayError } from '../domain/gateway-error.ts';
import { decodeGlobalId, encodeGlobalId, type ClientId } from '../domain/ids.ts';
import { findUnsettled, issuedSubjects } from '../store/audit-outcomes.ts';
import { drafter } from './audit-drafts.ts';
import { listAllSecrets } from './list-all-secrets.ts';
import { isMarked } from './rotation-mark.ts';
import type { Services } from './services.ts';
import type { Session } from './session.ts';

/** Longer than any operation may take, with whatever it waits for. */
const OVER_AFTER_MS = 15 * MINUTE;
/** How far the vendor's clock may be from ours, and how long it may take to make a secret. */
const MADE_WITHIN_MS = 2 * MINUTE;
/** A day later nobody waits for the answer, and some vendors have purged what would give it. */
const GIVEN_UP_AFTER_MS = DAY;
const AT_ONCE = 20;

interface Verdict {
  readonly outcome: 'SUCCEEDED' | 'FAILED';
  readonly subject?: string;
}

/**
 * Finds out what became of writes whose outcome is not known, by reading what they were to change, and records it.
 * An intent without any outcome, of a gateway that was killed, gets UNKNOWN where nothing can be found out.
 */
export async function settleUnknown(services: Services, session: Session): Promise<void> {
  const now = services.clock.now().getTime();
  const events = await findUnsettled(services.store, {
    actions: JUDGED,
    since: new Date(now - GIVEN_UP_AFTER_MS),
    before: new Date(now - OVER_AFTER_MS),
    limit: AT_ONCE,
  });
  for (const event of events) {
    const verdict = await judge(services, session, event);
    const outcome = verdict?.outcome ?? (event.outcome === 'STARTED' ? 'UNKNOWN' : null);
    if (outcome === null) continue;
    const about = {
      action: event.action,
      scope: event,
      subject: event.subject,
      reason: verdict === null ? 'the gateway stopped before it could tell' : 'found by reading back',
    };
    const draft = drafter(services, session, about, event.operationId);
    await services.audit.conclude([draft(outcome, { subject: verdict?.subject })]);
  }
}

/** The status that shows that it was done. */
const WANTED: ReadonlyMap<string, ClientSecretStatus> = new Map([
  ['clientSecret.revoke', 'REVOKED'],
  ['clientSecret.disable', 'DISABLED'],
  ['clientSecret.enable', 'ACTIVE'],
]);

/** Of what became of all others, nothing is to be read. */
const JUDGED = [...WANTED.keys(), 'clientSecret.create', 'client.delete', 'identity.delete', 'tenant.delete'];

/** Null: it cannot be told, now or ever. */
async function judge(services: Services, session: Session, event: AuditEvent): Promise<Verdict | null> {
  const node = event.subject === null ? null : decodeGlobalId(event.subject);
  if (node === null) return null;
  if (node.type === 'Client' && event.action === 'clientSecret.create') {
    return findIssued(services, session, node.id, event);
  }
  const status = WANTED.get(event.action);
  if (node.type === 'ClientSecret' && status !== undefined) {
    const [secret] = await session.read.secrets([node.id]);
    if (secret === undefined || secret instanceof GatewayError) return null;
    return outcomeOf(secret === null ? status === 'REVOKED' : secret.status === status);
  }
  const isGone = await goneAfter(session, event.action, node);
  return isGone === null ? null : outcomeOf(isGone);
}

const outcomeOf = (happened: boolean): Verdict => ({ outcome: happened ? 'SUCCEEDED' : 'FAILED' });

/** Null: the action deletes nothing, or it cannot be read whether it did. */
async function goneAfter(
  session: Session,
  action: string,
  node: NonNullable<ReturnType<typeof decodeGlobalId>>,
): Promise<boolean | null> {
  const read = async () => {
    if (action === 'client.delete' && node.type === 'Client') return session.read.clients([node.id]);
    if (action === 'identity.delete' && node.type === 'Identity') return session.read.identities([node.id]);
    if (action === 'tenant.delete' && node.type === 'Tenant') return session.read.tenants([node.id]);
    return [];
  };
  const [found] = await read();
  return found === undefined || found instanceof GatewayError ? null : found === null;
}

/**
 * The one secret of the client that appeared at that time and that no other operation accounts for. That none did
 * proves nothing: clocks differ, and it may have been revoked since.
 */
async function findIssued(
  services: Services,
  session: Session,
  of: ClientId,
  { at }: AuditEvent,
): Promise<Verdict | null> {
  const provider = services.providers.get(of.provider)?.provider;
  if (provider === undefined) return null;
  const call = { signal: session.signal, requestId: session.requestId };
  const secrets = await listAllSecrets(provider, of, call).catch(() => null);
  if (secrets === null || secrets.some(({ createdAt }) => createdAt === null)) return null;
  const ids = secrets
    .filter(({ createdAt }) => Math.abs((createdAt?.getTime() ?? 0) - at.getTime()) <= MADE_WITHIN_MS)
    .filter(({ description }) => !isMarked(description))
    .map(({ id }) => encodeGlobalId('ClientSecret', id));
  const accountedFor = await issuedSubjects(services.store, ids);
  const [found, ...more] = ids.filter((id) => !accountedFor.has(id));
  return found === undefined || more.length > 0 ? null : { outcome: 'SUCCEEDED', subject: found };
}

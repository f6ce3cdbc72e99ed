import { randomUUID } from 'node:crypto';
import type { RoleGrant } from '../../src/domain/actor.ts';
import type { AuditEvent } from '../../src/domain/audit-event.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { MINUTE, SECOND } from '../../src/domain/duration.ts';
import { pause } from '../../src/provider-kit/pause.ts';
import { local } from '../../src/providers/local/provider.ts';
import { openAuditLog } from '../../src/service/audit-log.ts';
import { doBackgroundWork } from '../../src/service/background-work.ts';
import { openInventoryFeed } from '../../src/service/inventory/feed.ts';
import { openSession } from '../../src/service/open-session.ts';
import type { Provider } from '../../src/provider-kit/provider.ts';
import type { OpenedProvider, Services } from '../../src/service/services.ts';
import { rememberReads } from '../../src/service/remember-reads.ts';
import type { Session } from '../../src/service/session.ts';
import { openWordOfWrites } from '../../src/service/word-of-writes.ts';
import { appendAuditEvents, type AuditDraft } from '../../src/store/audit-chain.ts';
import { claimDatabase } from '../../src/store/claim-database.ts';
import { auditEvents } from '../../src/store/tables/gateway.ts';
import { openTestStore, type TestStore } from '../database.ts';
import { testClock, type TestClock } from '../test-clock.ts';
import { createToy, type Toy } from './toy-provider.ts';

export const ADMIN: readonly RoleGrant[] = [{ role: 'ADMIN', provider: null, tenant: null }];

export interface TestServices {
  readonly services: Services;
  readonly clock: TestClock;
  readonly toy: Toy;
  readonly store: TestStore['store'];
  readonly statements: string[];
  /** What the gateway logged. */
  readonly logged: unknown[];
  /** Until the signal aborts; default: never. */
  as(grants: readonly RoleGrant[], name?: string, signal?: AbortSignal): Session;
  /** From then on nothing can be committed to the trail; or again it can. */
  breakTrail(isBroken: boolean): void;
  /** One round of the worker. */
  work(): Promise<void>;
  /** The trail so far, without what differs from run to run. */
  trail(): Promise<readonly Pick<AuditEvent, 'action' | 'outcome' | 'code'>[]>;
  close(): Promise<void>;
}

/** The service over a real database and a vendor in memory named `toy`; others as given. */
export async function openTestServices(
  kind: 'pglite' | 'postgresql',
  options: { readonly others?: (clock: Clock) => readonly Toy[]; readonly withLocal?: boolean } = {},
): Promise<TestServices> {
  const { store, statements, close } = await openTestStore(kind);
  await claimDatabase(store);
  const clock = testClock();
  const toy = createToy('toy', clock);
  const logged: unknown[] = [];
  const log = (fields: unknown, message: string) => void logged.push({ fields, message });
  const lines = { info: log, warn: log, error: log };
  const toys = [toy, ...(options.others?.(clock) ?? [])];
  const connect = () => {
    throw new Error('nobody is called here');
  };
  const own = options.withLocal
    ? [local.open({ kind: 'local' }, { name: 'local', database: store, clock, connect, pause })]
    : [];
  const providers = [...toys.map(({ provider }) => provider), ...own];
  const word = await openWordOfWrites(null, lines);
  let isBroken = false;
  const append = (drafts: readonly AuditDraft[]) =>
    isBroken ? Promise.reject(new Error('the trail is broken')) : appendAuditEvents(store, drafts);
  const services: Services = {
    store,
    clock,
    log: lines,
    inventory: openInventoryFeed({ store, clock, log: lines }),
    sweepIntervalMs: 15 * MINUTE,
    providers: new Map(
      providers.map((provider) => [
        provider.name,
        { ...openedToy(provider), ...rememberReads(provider, word, { clock, memoryMs: 2 * SECOND }) },
      ]),
    ),
    audit: openAuditLog((drafts) => append(drafts), { intentMs: 5000, outcomeMs: 10_000 }),
  };
  const signal = new AbortController().signal;
  return {
    services,
    clock,
    toy,
    store,
    statements,
    logged,
    as: (grants, name = 'tester', until = signal) =>
      openSession(services, {
        actor: { id: `token:${name}`, name, grants },
        requestId: randomUUID(),
        signal: until,
      }),
    breakTrail: (broken) => {
      isBroken = broken;
    },
    work: () => doBackgroundWork(services, signal),
    trail: async () => {
      const rows = await store.db.select().from(auditEvents).orderBy(auditEvents.sequence);
      return rows.map(({ action, outcome, code }) => ({ action, outcome, code }));
    },
    close,
  };
}

/** As the gateway holds it, without any rings. */
export function openedToy(provider: Provider): OpenedProvider {
  const health = {
    status: 'UNKNOWN',
    checkedAt: null,
    latencyMs: null,
    message: null,
    lastError: null,
    breaker: 'CLOSED',
  } as const;
  return {
    kind: 'toy',
    provider,
    recent: () => provider,
    health: () => health,
    probe: () => Promise.resolve(),
  };
}

export const CLIENT = { provider: 'toy', tenant: 't', client: 'c' } as const;

/** A secret of the toy's client, made through the law. */
export async function issueSecret(session: Session) {
  const { createClientSecret } = await import('../../src/service/create-client-secret.ts');
  return createClientSecret(session, { client: CLIENT, ...NEW_SECRET });
}

export const NEW_SECRET = {
  description: null,
  expiresAt: null,
  expiresInMs: null,
  maxUses: null,
  value: null,
  retrievable: null,
  idempotencyKey: null,
} as const;

import { AuditUnavailableError } from '../domain/gateway-error.ts';
import type { AuditDraft } from '../store/audit-chain.ts';

/** Where intents and outcomes go. Both reject with AuditUnavailableError. */
export interface AuditLog {
  /**
   * Resolves once the intent is committed. After the time limit it is withdrawn; should it be committed all the same,
   * `tooLate` is appended behind it.
   */
  intend(intent: AuditDraft, tooLate: () => AuditDraft): Promise<void>;
  /**
   * Resolves once they are committed, in order. What they tell has happened already, so they are waited for longer, and
   * stay in line beyond that.
   */
  conclude(outcomes: readonly AuditDraft[]): Promise<void>;
  /** How long `conclude` waits, and whoever else stores something of what has happened already. */
  readonly outcomeMs: number;
}

export interface AuditTimeLimits {
  readonly intentMs: number;
  readonly outcomeMs: number;
}

interface Waiting {
  readonly drafts: readonly AuditDraft[];
  /** A batch with it failed: it goes by itself now. */
  alone: boolean;
  /** Its time is over, and nobody acts on it any more. */
  withdrawn: boolean;
  done: () => void;
  readonly failed: (cause: unknown) => void;
}

const MAX_BATCH = 250;

/**
 * The chain has one end, so its writers stand in line. What comes while one transaction runs goes together into the
 * next: the line costs one transaction for all that wait, not one for each. Where that fails, they go one by one: what
 * cannot be written fails alone.
 */
export function openAuditLog(
  append: (drafts: readonly AuditDraft[]) => Promise<unknown>,
  { intentMs, outcomeMs }: AuditTimeLimits,
): AuditLog {
  const waiting: Waiting[] = [];
  let running = false;

  const run = async () => {
    if (running) return;
    running = true;
    for (let batch = takeBatch(waiting); batch.length > 0; batch = takeBatch(waiting)) {
      await append(batch.flatMap(({ drafts }) => drafts)).then(
        () => batch.forEach(({ done }) => done()),
        (cause: unknown) => {
          if (batch.length === 1) return batch[0]?.failed(cause);
          batch.forEach((entry) => (entry.alone = true));
          waiting.unshift(...batch.filter(({ withdrawn }) => !withdrawn));
        },
      );
    }
    running = false;
  };

  const enter = (entry: Waiting) => {
    waiting.push(entry);
    void run();
  };

  const commit = (drafts: readonly AuditDraft[], timeLimitMs: number, onLimit: (entry: Waiting) => void) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        onLimit(entry);
        reject(auditUnavailable(new Error('the audit trail did not commit in time')));
      }, timeLimitMs);
      const entry: Waiting = {
        drafts,
        alone: false,
        withdrawn: false,
        done: () => {
          clearTimeout(timer);
          resolve();
        },
        failed: (cause) => {
          clearTimeout(timer);
          reject(auditUnavailable(cause));
        },
      };
      enter(entry);
    });

  return {
    intend: (intent, tooLate) =>
      commit([intent], intentMs, (entry) => {
        entry.withdrawn = true;
        const place = waiting.indexOf(entry);
        if (place !== -1) waiting.splice(place, 1);
        else
          entry.done = () =>
            enter({ drafts: [tooLate()], alone: false, withdrawn: false, done: () => {}, failed: () => {} });
      }),
    conclude: (outcomes) => commit(outcomes, outcomeMs, () => {}),
    outcomeMs,
  };
}

/** At least one entry, if any waits, and no more events than one statement should hold. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  if (waiting[0]?.alone) return waiting.splice(0, 1);
  let events = 0;
  const end = waiting.findIndex(({ drafts }, i) => (events += drafts.length) > MAX_BATCH && i > 0);
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

function auditUnavailable(cause: unknown): AuditUnavailableError {
  return new AuditUnavailableError('The audit trail cannot be written, so nothing was done.', {
    retryable: true,
    hint: 'Try again; if it goes on, the gateway has lost its database.',
    cause,
  });
}

import { performance } from 'node:perf_hooks';

/** Runs `work` when it is its turn, and settles as that does. `weight`: see `createAdmission`. */
export type Admit = <T>(weight: number, work: () => Promise<T>) => Promise<T>;

export interface AdmissionOptions {
  /** Which share of the time since it was last asked the event loop was busy, from 0 to 1. */
  readonly busyShare?: () => number;
  /** In milliseconds, never going back. */
  readonly now?: () => number;
}

/** What weighs less waits for nobody, and nobody for it. */
const LIGHT = 4_000;
/** So much is always admitted: with less there would be nothing to do while a vendor answers. */
const AT_LEAST = 300_000;
/** How often it is looked whether the event loop has time to spare. */
const LOOK_MS = 4;
/** From here on more at once make nothing faster. */
const BUSY = 0.95;

/**
 * As much heavy work at once as keeps the event loop busy, the rest by turns; one piece at the least. Weights are
 * characters of answers, roughly. What has not begun holds next to nothing. What has begun holds all that it has read,
 * and the garbage collector copies that again and again until a busy event loop has got round to the end of it.
 * Work that waits for a slow vendor leaves the event loop idle, and so keeps nobody out: wherever there is time to
 * spare, up to twice as much is admitted every few milliseconds.
 */
export function createAdmission({
  busyShare = busyShareOfLoop(),
  now = () => performance.now(),
}: AdmissionOptions = {}): Admit {
  const waiting = new Map<() => void, number>();
  let running = 0;
  let most = AT_LEAST;
  let lookedAt = now();
  let next: NodeJS.Timeout | null = null;

  const look = () => {
    if (now() - lookedAt < LOOK_MS) return;
    lookedAt = now();
    const busy = busyShare();
    if (busy > BUSY) most = Math.max(AT_LEAST, Math.min(most, running) * BUSY);
    else most = Math.max(most, running / Math.max(busy, 0.5));
  };
  const fill = () => {
    look();
    for (const [enter, weight] of waiting) {
      if (running > 0 && running + weight > most) break;
      waiting.delete(enter);
      running += weight;
      enter();
    }
    if (waiting.size > 0) next ??= setTimeout(lookAgain, LOOK_MS);
  };
  const lookAgain = () => {
    next = null;
    fill();
  };
  return async (weight, work) => {
    if (weight < LIGHT) return work();
    await new Promise<void>((enter) => {
      waiting.set(enter, weight);
      fill();
    });
    try {
      return await work();
    } finally {
      running -= weight;
      fill();
    }
  };
}

function busyShareOfLoop(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const since = last;
    last = performance.eventLoopUtilization();
    return performance.eventLoopUtilization(last, since).utilization;
  };
}

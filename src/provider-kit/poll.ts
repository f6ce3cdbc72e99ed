import { MINUTE, SECOND } from '../domain/duration.ts';
import type { World } from './definition.ts';

const FIRST_PAUSE_MS = SECOND / 4;
const LONGEST_PAUSE_MS = SECOND;
const LONGEST_MS = MINUTE;
/** Whatever the clock says. */
const MOST_TIMES = 70;

/**
 * Asks until there is an answer: at once, then after pauses that grow up to a second, for a minute at the most. Null:
 * there was none by then. Rejects as `ask` does, and with `aborted` where the caller leaves.
 */
export async function poll<T>(
  ask: () => Promise<T | null>,
  { clock, pause }: Pick<World, 'clock' | 'pause'>,
  signal: AbortSignal,
): Promise<T | null> {
  const end = clock.now().getTime() + LONGEST_MS;
  for (let times = 1; ; times += 1) {
    const answer = await ask();
    if (answer !== null || times === MOST_TIMES || clock.now().getTime() >= end) return answer;
    await pause(Math.min(FIRST_PAUSE_MS * 2 ** (times - 1), LONGEST_PAUSE_MS), signal);
  }
}

import type { Clock } from '../../../domain/clock.ts';
import { MINUTE } from '../../../domain/duration.ts';

/** How long this operation has to wait, in ms. Null: it may go on, and is counted. */
export type FlowControl = (action: string) => number | null;

/** So many requests a minute for each operation; the vendor shows the numbers to its customers only. */
export function createFlowControl(clock: Clock, perMinute: number): FlowControl {
  const windows = new Map<string, { readonly endsAt: number; used: number }>();
  return (action) => {
    const now = clock.now().getTime();
    const known = windows.get(action);
    const window = known !== undefined && known.endsAt > now ? known : { endsAt: now + MINUTE, used: 0 };
    windows.set(action, window);
    window.used += 1;
    return window.used > perMinute ? window.endsAt - now : null;
  };
}

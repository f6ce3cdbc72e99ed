import type { Quota } from './upstream-allowance.ts';

/** Of how many requests are left, as a header tells it. Null: it tells no number, or of no moment to come. */
export function quotaOf(left: string | undefined, resetMs: number): Quota | null {
  return left !== undefined && /^\d+$/.test(left) && resetMs > 0 ? { left: Number(left), resetMs } : null;
}

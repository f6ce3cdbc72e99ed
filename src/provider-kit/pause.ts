import { setTimeout as wait } from 'node:timers/promises';
import { ProviderError } from './provider-error.ts';

/** Waits between two questions after the same thing. Rejects with ProviderError `aborted` as soon as the caller leaves. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

export const pause: Pause = async (ms, signal) => {
  try {
    await wait(ms, undefined, { signal });
  } catch {
    throw new ProviderError('aborted', 'The caller went away.');
  }
};

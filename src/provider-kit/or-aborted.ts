import { setMaxListeners } from 'node:events';
import { ProviderError } from './provider-error.ts';

/**
 * Runs, and settles as that does; rejects with `aborted` as soon as the signal says so, whatever comes of the run
 * later. Under a signal that is aborted already nothing is run.
 */
export async function orAborted<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T> {
  refuseAborted(signal);
  // Under the signal of one call there are as many requests as it has keys; Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  let leave = () => {};
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => reject(aborted());
  });
  signal.addEventListener('abort', leave);
  try {
    return await Promise.race([run(), left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

export function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw aborted();
}

function aborted(): ProviderError {
  return new ProviderError('aborted', 'The caller went away.');
}

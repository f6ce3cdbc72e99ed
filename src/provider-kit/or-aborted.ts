import { onAbort } from './on-abort.ts';
import { ProviderError } from './provider-error.ts';

/**
 * Runs, and settles as that does; rejects with `aborted` as soon as the signal says so, whatever comes of the run
 * later. Under a signal that is aborted already nothing is run.
 */
export async function orAborted<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T> {
  refuseAborted(signal);
  let forget = () => {};
  const left = new Promise<never>((_resolve, reject) => {
    forget = onAbort(signal, () => reject(aborted()));
  });
  try {
    return await Promise.race([run(), left]);
  } finally {
    forget();
  }
}

export function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw aborted();
}

export function aborted(): ProviderError {
  return new ProviderError('aborted', 'The caller went away.');
}

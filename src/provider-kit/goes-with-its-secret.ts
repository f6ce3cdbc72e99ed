import type { Traits } from './provider.ts';

/** Is a client gone once its secret is revoked? So it is where it always has just one: the two are one thing. */
export function goesWithItsSecret({ maxActiveSecrets, minActiveSecrets }: Traits): boolean {
  return maxActiveSecrets === minActiveSecrets;
}

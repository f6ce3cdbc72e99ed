import { ProviderError } from './provider-error.ts';

/** Refuses to end what the gateway itself logs in with: without it nobody could undo that through the gateway. */
export function keepOwnCredential(isOwn: boolean): void {
  if (!isOwn) return;
  throw new ProviderError('conflict', 'The gateway itself logs in with this.', {
    hint: 'Give the gateway other credentials in its configuration first.',
  });
}

import { ProviderError } from './provider-error.ts';

/**
 * For a vendor whose older versions drop what they do not know without a word. `kept`: what it holds, before the write
 * (applied 'no') or after it ('maybe'). Rejects with `unsupported` what was asked for and has no place there.
 */
export function refuseDropped(
  vendor: string,
  asked: object,
  kept: Readonly<Record<string, unknown>>,
  applied: 'no' | 'maybe',
): void {
  const dropped = Object.keys(asked).filter((field) => kept[field] === undefined);
  if (dropped.length === 0) return;
  const outcome = applied === 'no' ? 'nothing was changed' : 'it was made without';
  const message = `This version of ${vendor} has no ${dropped.join(', ')}; ${outcome}.`;
  throw new ProviderError('unsupported', message, { applied });
}

import { z } from 'zod';
import { formatDuration, parseDuration } from '../domain/duration.ts';

/** An ISO 8601 duration, as milliseconds, between two bounds that are both allowed. */
export function durationSetting(minMs: number, maxMs: number, defaultMs: number) {
  const [min, max, usual] = [minMs, maxMs, defaultMs].map(formatDuration);
  return z
    .unknown()
    .transform((given, context) => {
      const ms = typeof given === 'string' ? parseDuration(given) : null;
      if (ms !== null && ms >= minMs && ms <= maxMs) return ms;
      context.addIssue(`has to be a duration from ${min} to ${max}, such as ${usual}`);
      return z.NEVER;
    })
    .default(defaultMs);
}

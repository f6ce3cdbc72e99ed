import { z } from 'zod';
import { MINUTE, SECOND } from '../domain/duration.ts';
import { durationSetting } from './duration-setting.ts';

/** What every entry may say, whatever its kind. */
export interface ProviderLimits {
  /** How long one read of the provider may take, with all that it waits for. */
  readonly readDeadlineMs: number;
  /** How old an answer may be that is given again. 0: none is. */
  readonly memoryMs: number;
}

const settings = z.object({
  readDeadline: durationSetting(SECOND / 10, MINUTE, 2 * SECOND),
  memory: durationSetting(0, MINUTE, 2 * SECOND),
});

export const LIMIT_KEYS: readonly string[] = Object.keys(settings.shape);

/** Of the gateway's own store, which takes no entry; what it holds is asked for anew each time. */
export const LOCAL_LIMITS: ProviderLimits = { readDeadlineMs: 2 * SECOND, memoryMs: 0 };

/** The entry without these keys, and what they say. */
export function takeLimits(entry: object): {
  readonly rest: object;
  readonly limits: z.ZodSafeParseResult<ProviderLimits>;
} {
  const rest = Object.fromEntries(Object.entries(entry).filter(([key]) => !LIMIT_KEYS.includes(key)));
  const limits = settings
    .transform(({ readDeadline, memory }) => ({ readDeadlineMs: readDeadline, memoryMs: memory }))
    .safeParse(entry);
  return { rest, limits };
}

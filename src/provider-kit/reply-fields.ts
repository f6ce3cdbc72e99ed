import { z } from 'zod';
import { SecretValue } from '../domain/secret-value.ts';

/** A moment in ISO 8601. */
export const moment = z.string().pipe(z.coerce.date());

/** What a vendor shows to be kept: never to be told, but where it was asked for. */
export const secretValue = z
  .string()
  .min(1)
  .transform((text) => new SecretValue(text));

/** What a reply wraps under this name, and nothing else of it: `{ identity: … }`. */
export function within<T>(name: string, wrapped: z.ZodType<T>) {
  return z
    .looseObject({})
    .transform((reply) => reply[name])
    .pipe(wrapped);
}

/** The vendor's own id of a request. Null for what does not have this form: it is public, and has to be no text. */
export function requestId(form: RegExp) {
  return z.string().regex(form).nullable().catch(null);
}

/**
 * All items of a list. The schema of a long list is compiled, when the first one comes, which makes reading it several
 * times as fast; what does not fit it is told by the schema itself.
 */
export const listOf = <T>(item: z.ZodType<T>): z.ZodType<T[]> => z.lazy(() => z.compile(z.array(item)));

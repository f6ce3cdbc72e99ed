import { NotFoundError } from '../domain/gateway-error.ts';

/** For a field that is never null. Throws NotFoundError where what it names has gone since. */
export function present<T>(found: T | null): T {
  if (found === null) throw new NotFoundError('What this field names has gone, or you may not read it.');
  return found;
}

import type { ZodError } from 'zod';
import { InvalidInputError } from '../domain/gateway-error.ts';

/** All faults that the checks of a field's arguments found, each under its path. Zod's issues quote no value. */
export function invalidInput({ issues }: ZodError): InvalidInputError {
  return new InvalidInputError(issues.map(({ path, message }) => ({ path: path.map(String), message })));
}

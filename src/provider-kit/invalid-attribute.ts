import { ProviderError } from './provider-error.ts';

/** One fault of an attribute of the operation's input. */
export function invalidAttribute(name: string, message: string): ProviderError {
  const path = ['attributes', name];
  return new ProviderError('invalid_input', `${path.join('.')}: ${message}`, { fields: [{ path, message }] });
}

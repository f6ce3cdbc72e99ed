import type { SecretValue } from '../domain/secret-value.ts';
import type { TokenSource } from './token-source.ts';
import type { Upstream } from './upstream.ts';

/** The same upstream, every request with the headers that the current token makes. */
export function authorised(
  upstream: Upstream,
  tokens: TokenSource,
  headersOf: (token: SecretValue) => Readonly<Record<string, string>>,
): Upstream {
  return {
    send: (request, call) =>
      tokens.withToken(call, (token) =>
        upstream.send({ ...request, headers: { ...request.headers, ...headersOf(token) } }, call),
      ),
  };
}

import type { SecretValue } from '../domain/secret-value.ts';

const QUERY =
  '{ tenants { nodes { name provider { name kind } clients { nodes { name clientId ' +
  'secrets { nodes { hint status expiresAt } } } } } failures { message } } }';

/** What a newcomer can do now. */
export function demoNotice(origin: string, token: SecretValue): string {
  return `
This is a demonstration: every vendor is simulated, and nothing outlives the process.

In a browser, with the token filled in:  ${origin}/graphql

On the command line, one question to every provider:

  curl -s ${origin}/graphql \\
    -H 'Authorization: Bearer ${token.reveal()}' \\
    -H 'Content-Type: application/json' \\
    -d '${JSON.stringify({ query: QUERY })}'

`;
}

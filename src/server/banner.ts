import type { SecretValue } from '../domain/secret-value.ts';
import type { Gateway } from '../gateway.ts';
import type { Health } from '../service/provider-view.ts';

/** What a person reads on the terminal. */
export function banner(
  origin: string,
  { database, providers }: Pick<Gateway, 'database' | 'providers'>,
): string {
  const names = providers.map(({ name, kind }) => (name === kind ? name : `${name} (${kind})`));
  return `
Keyfold is ready.

  GraphQL    ${origin}/graphql
  GraphiQL   the same address, in a browser
  Database   ${database}
  Providers  ${names.join(', ')}

`;
}

/** Shown once: nothing keeps the token itself. */
export function firstTokenNotice(token: SecretValue): string {
  return `
The first access token, with the role ADMIN. It is shown this once, so keep it:

  ${token.reveal()}

Send it as a header:  Authorization: Bearer ${token.reveal()}
`;
}

export function healthLine(name: string, { status, latencyMs, message }: Health): string {
  const details = [latencyMs === null ? null : `${latencyMs} ms`, message].filter((part) => part !== null);
  return `  ${name}: ${status}${details.length === 0 ? '' : ` (${details.join(', ')})`}\n`;
}

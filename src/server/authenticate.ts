import type { IncomingMessage } from 'node:http';
import type { Actor } from '../domain/actor.ts';
import type { Gateway } from '../gateway.ts';
import { Refusal } from './refusal.ts';

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Who asks (RFC 6750, section 2.1). Rejects with a Refusal (401) that does not tell why a token is not good. */
export async function authenticate(
  gateway: Pick<Gateway, 'authenticate'>,
  request: IncomingMessage,
): Promise<Actor> {
  const [, token] = BEARER.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw unauthenticated('An access token is needed', 'Bearer');
  const actor = await gateway.authenticate(token);
  if (actor === null) throw unauthenticated('The access token is not valid', 'Bearer error="invalid_token"');
  return actor;
}

function unauthenticated(message: string, challenge: string): Refusal {
  return new Refusal(401, 'UNAUTHENTICATED', `${message}: send the header \`Authorization: Bearer kf_…\`.`, {
    'WWW-Authenticate': challenge,
  });
}

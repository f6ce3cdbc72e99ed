import type { Gateway } from '../gateway.ts';
import { authenticate } from './authenticate.ts';
import type { Exchange } from './exchange.ts';
import { readGraphqlParams } from './graphql-params.ts';
import { acceptedMediaType } from './media-type.ts';
import { Refusal } from './refusal.ts';
import type { Executor } from './executor.ts';

/**
 * Who asks is settled before anything of the question is read, and whether he can take the answer before anything is
 * done for him. Rejects with a Refusal.
 */
export function graphqlEndpoint(gateway: Gateway, execute: Executor): (exchange: Exchange) => Promise<void> {
  return async (exchange) => {
    const { request, requestId, facts } = exchange;
    const actor = await authenticate(gateway, request);
    facts.actorId = actor.id;
    const mediaType = acceptedMediaType(request);
    if (mediaType === null) throw new Refusal(406, 'BAD_USER_INPUT', 'Accept application/json.');
    const params = await readGraphqlParams(request);
    const sessionUntil = (signal: AbortSignal, readsFrom: number | null) =>
      gateway.as({ actor, requestId, signal, readsFrom });
    await execute({ exchange, mediaType, params, actor, sessionUntil });
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '../domain/duration.ts';
import type { Gateway } from '../gateway.ts';
import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';

const PATIENCE_MS = 2 * SECOND;

/** The process runs. */
export function livez({ response }: Exchange): void {
  answerJson(response, 200, { status: 'live' });
}

/** Its database answers; 503 where it does not. A vendor that is down changes nothing: the others go on. */
export function readyz(gateway: Pick<Gateway, 'ping'>): (exchange: Exchange) => Promise<void> {
  return async ({ response, signal }) => {
    const answered = gateway.ping().then(
      () => true,
      () => false,
    );
    const waited = pause(PATIENCE_MS, false, { ref: false, signal }).catch(() => false);
    const isReady = await Promise.race([answered, waited]);
    answerJson(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'the database does not answer' });
  };
}

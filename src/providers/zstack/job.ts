import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { MINUTE, SECOND } from '../../domain/duration.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import type { Pause } from '../../provider-kit/pause.ts';
import { ProviderError, withApplied } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Upstream, UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';
import { failureOf } from './classify.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = SECOND;
const LONGEST_MS = MINUTE;
const MOST_POLLS = 70;

export interface Waiting {
  readonly clock: Clock;
  readonly pause: Pause;
}

/** Of the address only this is used: it names the management node by a host that the gateway may not reach. */
const accepted = z
  .object({ location: z.string().transform((text) => /\/api-jobs\/([\da-f]{32})$/.exec(text)?.[1]) })
  .catch({ location: undefined });

/**
 * Has ZStack carry out a write, and waits for what comes of it, a minute at the most (vendor facts, section 2). The uuid
 * of the job is ours, so that where the answer to the write was lost or could not be read, the job tells what became of
 * it. Whatever it fails with is 'maybe', unless ZStack said that it did not do it.
 */
export async function runJob<T>(
  upstream: Upstream,
  { path: to, json, reply }: { readonly path: string; readonly json: object; readonly reply: z.ZodType<T> },
  waiting: Waiting,
  call: Call,
): Promise<T> {
  const uuid = randomUUID().replaceAll('-', '');
  const post: UpstreamRequest = { method: 'POST', path: to, json, headers: { 'x-job-uuid': uuid } };
  let job = uuid;
  let doubt: ProviderError | null = null;
  try {
    const answer = await upstream.send(post, call);
    if (answer.status !== 202) return parseReply(reply, answer, 'maybe');
    job = accepted.parse(answer.json).location ?? uuid;
  } catch (error) {
    if (!(error instanceof ProviderError) || error.applied === 'no') throw error;
    doubt = error;
  }
  const done = await outcomeOf(upstream, job, waiting, call).catch((error: unknown) => {
    throw doubt ?? (error instanceof ProviderError ? withApplied(error, 'maybe') : error);
  });
  const failure = failureOf(done, post);
  if (failure !== null) throw failure;
  return parseReply(reply, done, 'maybe');
}

/** The answer that the job ended with. */
async function outcomeOf(
  upstream: Upstream,
  uuid: string,
  { clock, pause }: Waiting,
  call: Call,
): Promise<UpstreamReply> {
  const end = clock.now().getTime() + LONGEST_MS;
  let pauseMs = FIRST_PAUSE_MS;
  for (let polls = 1; ; polls += 1) {
    const reply = await upstream.send({ method: 'GET', path: path`/zstack/v1/api-jobs/${uuid}` }, call);
    if (reply.status === 404) throw untold('unavailable', 'ZStack does not know what became of this.', uuid);
    if (reply.status !== 202) return reply;
    if (polls === MOST_POLLS || clock.now().getTime() >= end)
      throw untold('timeout', 'ZStack is still at work on this.', uuid);
    await pause(pauseMs, call.signal);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}

function untold(code: 'unavailable' | 'timeout', message: string, vendorRequestId: string): ProviderError {
  const hint = 'Read the client again in a while; ZStack knows this by the uuid of its job.';
  return new ProviderError(code, message, { hint, vendorRequestId });
}

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { MINUTE, SECOND } from '../../domain/duration.ts';
import type { World } from '../../provider-kit/definition.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import { ProviderError, withApplied } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Upstream, UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { failureOf, JOBS_PATH } from './classify.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = SECOND;
const LONGEST_MS = MINUTE;
const MOST_POLLS = 70;

export type Waiting = Pick<World, 'clock' | 'pause'>;

/** The uuid alone: the address is that of the management node, which the gateway may not reach. */
const uuidOfJob = z
  .object({ location: z.string() })
  .transform(({ location }) => /\/api-jobs\/([\da-f]{32})$/.exec(location)?.[1] ?? null)
  .catch(null);

/**
 * Has ZStack carry out a write, and waits for what comes of it, a minute at the most (vendor facts, section 2). The uuid
 * of the job is ours, so that where the answer to the write was lost or could not be read, the job tells what became of
 * it. Whatever it fails with is 'maybe', unless ZStack said that it did not do it.
 */
export async function runJob<T>(
  upstream: Upstream,
  { path, json, reply }: { readonly path: string; readonly json: object; readonly reply: z.ZodType<T> },
  waiting: Waiting,
  call: Call,
): Promise<T> {
  let uuid = randomUUID().replaceAll('-', '');
  const post: UpstreamRequest = { method: 'POST', path, json, headers: { 'x-job-uuid': uuid } };
  let doubt: ProviderError | null = null;
  try {
    const answer = await upstream.send(post, call);
    if (answer.status !== 202) return parseReply(reply, answer, 'maybe');
    uuid = uuidOfJob.parse(answer.json) ?? uuid;
  } catch (error) {
    if (!(error instanceof ProviderError) || error.applied === 'no') throw error;
    doubt = error;
  }
  const done = await outcomeOf(upstream, uuid, waiting, call).catch((error: unknown) => {
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
  const hint = 'Read the client again in a while; ZStack knows this by the uuid of its job.';
  const details = { hint, vendorRequestId: uuid };
  const end = clock.now().getTime() + LONGEST_MS;
  for (
    let polls = 1, pauseMs = FIRST_PAUSE_MS;
    ;
    polls += 1, pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
  ) {
    const reply = await upstream.send({ method: 'GET', path: JOBS_PATH + uuid }, call);
    if (reply.status === 404)
      throw new ProviderError('unavailable', 'ZStack does not know what became of this.', details);
    if (reply.status !== 202) return reply;
    if (polls === MOST_POLLS || clock.now().getTime() >= end)
      throw new ProviderError('timeout', 'ZStack is still at work on this.', details);
    await pause(pauseMs, call.signal);
  }
}

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { World } from '../../provider-kit/definition.ts';
import { poll } from '../../provider-kit/poll.ts';
import { ProviderError, withApplied } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Upstream, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { failureOf, JOBS_PATH } from './classify.ts';

/** The uuid alone: the address is that of the management node, which the gateway may not reach. */
const uuidOfJob = z
  .object({ location: z.string() })
  .transform(({ location }) => /\/api-jobs\/([\da-f]{32})$/.exec(location)?.[1] ?? null)
  .catch(null);

/**
 * The same upstream, each POST of which is a job: it is waited for, and answered with what came of it (vendor facts,
 * section 2). The uuid of the job is ours, so that where the answer to the POST was lost or could not be read, the job
 * tells what became of it. What fails is 'maybe', unless ZStack said that it did not do it.
 */
export function withJobs(upstream: Upstream, world: Pick<World, 'clock' | 'pause'>): Upstream {
  const outcomeOf = async (uuid: string, { headers = {} }: UpstreamRequest, call: Call) => {
    const askForIt = async () => {
      const reply = await upstream.send({ method: 'GET', path: JOBS_PATH + uuid, headers }, call);
      return reply.status === 202 ? null : reply;
    };
    const done = await poll(askForIt, world, call.signal);
    if (done !== null && done.status !== 404) return done;
    const hint = 'Read the client again in a while; ZStack knows this by the uuid of its job.';
    const details = { hint, vendorRequestId: uuid };
    if (done === null) throw new ProviderError('timeout', 'ZStack is still at work on this.', details);
    throw new ProviderError('unavailable', 'ZStack does not know what became of this.', details);
  };

  return {
    async send(request, call) {
      if (request.method !== 'POST') return upstream.send(request, call);
      let uuid = randomUUID().replaceAll('-', '');
      const post = { ...request, headers: { ...request.headers, 'x-job-uuid': uuid } };
      let doubt: ProviderError | null = null;
      try {
        const answer = await upstream.send(post, call);
        if (answer.status !== 202) return answer;
        uuid = uuidOfJob.parse(answer.json) ?? uuid;
      } catch (error) {
        if (!(error instanceof ProviderError) || error.applied === 'no') throw error;
        doubt = error;
      }
      const done = await outcomeOf(uuid, request, call).catch((error: unknown) => {
        throw doubt ?? (error instanceof ProviderError ? withApplied(error, 'maybe') : error);
      });
      const failure = failureOf(done, post);
      if (failure === null) return done;
      throw failure;
    },
  };
}

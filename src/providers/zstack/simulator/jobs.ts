import { HOUR } from '../../../domain/duration.ts';
import type { SimulatorReply, SimulatorRequest } from '../../../provider-kit/simulator.ts';
import { plain, Refusal } from './refusal.ts';
import { newUuid, type State } from './state.ts';

/** The management node's own address, which nobody outside can reach. */
const NODE = 'http://management-node.invalid:8080';
const KEPT_MS = 3 * HOUR;
const V4 = /^[\da-f]{12}4[\da-f]{3}[89ab][\da-f]{15}$/;

/** Takes a write on, which is done at once but found out about later (vendor facts, section 2). */
export function acceptJob(state: State, { headers }: SimulatorRequest, run: () => object): SimulatorReply {
  const { jobs, clock, settings } = state;
  const uuid = headers['x-job-uuid'] ?? newUuid();
  if (!V4.test(uuid)) throw plain(400, "Invalid header[X-Job-UUID], it must be a UUID v4 with '-' stripped");
  if (jobs.has(uuid)) throw plain(400, `duplicate job uuid[${uuid}]`);
  const result = resultOf(run);
  if (settings.isSynchronous) return result;
  jobs.set(uuid, { result, acceptedAt: clock.now(), pollsLeft: settings.pollsUntilDone });
  return { status: 202, body: { location: `${NODE}/zstack/v1/api-jobs/${uuid}`, apiTimeout: 1_800_000 } };
}

/** Nobody is asked who wants to know. */
export function jobAnswer({ jobs, clock }: State, uuid: string): SimulatorReply {
  const job = jobs.get(uuid);
  if (job === undefined || clock.now().getTime() > job.acceptedAt.getTime() + KEPT_MS)
    throw plain(404, 'the job has been expired');
  if (job.pollsLeft === 0) return job.result;
  job.pollsLeft -= 1;
  return { status: 202 };
}

/** A result without members has no body. */
function resultOf(run: () => object): SimulatorReply {
  try {
    const body = run();
    return { status: 200, ...(Object.keys(body).length > 0 && { body }) };
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

import type { Contestant } from './contestants.ts';
import type { Stage } from './stage.ts';
import { median, range } from './statistics.ts';
import { totalOf } from './vendors.ts';

/** What one contestant did in one round. */
export interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the server, its work and the kernel's for it. Null: this system does not tell. */
  readonly cpuMsPerRequest: number | null;
  readonly vendorCallsPerRequest: number;
  readonly bytesPerRequest: number;
}

/** In the order of the contestants, the rounds of each. */
export type Rounds = readonly (readonly Round[])[];

const WARM_UP_SECONDS = 2;
const COLD_SHARE = 8;

/** Round after round, and in each the contestants one after another, so that whatever else the machine does meets all. */
export async function interleave(
  stage: Stage,
  scenario: string,
  contestants: readonly Contestant[],
  { connections }: { readonly connections: number },
): Promise<Rounds> {
  const { rounds, seconds } = stage.options;
  const all: Round[][] = contestants.map(() => []);
  for (const contestant of contestants) {
    const warmUp = Math.min(seconds, WARM_UP_SECONDS);
    // Few first: who asks a cold server for as much as it can do when warm, asks for more than it has time for.
    await run(stage, contestant, Math.ceil(connections / COLD_SHARE), warmUp);
    await run(stage, contestant, connections, warmUp);
  }
  for (let nth = 1; nth <= rounds; nth += 1) {
    for (const [i, contestant] of contestants.entries()) {
      const round = await run(stage, contestant, connections, seconds);
      all[i]?.push(round);
      stage.progress(`${scenario}, round ${nth}: ${contestant.name} ${Math.round(round.perSecond)} req/s`);
    }
  }
  return all;
}

async function run(
  { load, vendors }: Stage,
  { running, question }: Contestant,
  connections: number,
  seconds: number,
): Promise<Round> {
  await vendors.takeCounts();
  const before = running.cpuMs();
  const { requests, perSecond, p50Ms, p99Ms, bytes } = await load.run({ ...question, connections, seconds });
  const after = running.cpuMs();
  const calls = totalOf(await vendors.takeCounts());
  return {
    perSecond,
    p50Ms,
    p99Ms,
    cpuMsPerRequest: before === null || after === null ? null : (after - before) / requests,
    vendorCallsPerRequest: calls / requests,
    bytesPerRequest: bytes / requests,
  };
}

/** The medians of the rounds. */
export function summary(rounds: readonly Round[]): Round {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick));
  const cpu = rounds.flatMap(({ cpuMsPerRequest }) => cpuMsPerRequest ?? []);
  return {
    perSecond: of((it) => it.perSecond),
    p50Ms: of((it) => it.p50Ms),
    p99Ms: of((it) => it.p99Ms),
    cpuMsPerRequest: cpu.length === rounds.length ? median(cpu) : null,
    vendorCallsPerRequest: of((it) => it.vendorCallsPerRequest),
    bytesPerRequest: of((it) => it.bytesPerRequest),
  };
}

export interface Ratio {
  /** Of the medians. */
  readonly ratio: number;
  /** Of the rounds, each by itself. */
  readonly range: readonly [least: number, most: number];
}

/** How many times as much one did as the other. */
export function ratioOf(
  one: readonly Round[],
  other: readonly Round[],
  pick: (round: Round) => number,
): Ratio {
  const each = one.map((round, i) => {
    const against = other[i];
    return against === undefined ? Number.NaN : pick(round) / pick(against);
  });
  return { ratio: median(one.map(pick)) / median(other.map(pick)), range: range(each) };
}

/** The same by what each request costs the server, which other work on the machine hardly changes. Null: not told. */
export function cpuRatioOf(one: readonly Round[], other: readonly Round[]): number | null {
  const [mine, theirs] = [summary(one).cpuMsPerRequest, summary(other).cpuMsPerRequest];
  return mine === null || theirs === null ? null : theirs / mine;
}

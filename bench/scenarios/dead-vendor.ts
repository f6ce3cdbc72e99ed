import { graphqlContestant } from '../contestants.ts';
import { documentOf, withoutMemory } from '../documents.ts';
import { startGateway } from '../gateway.ts';
import { figure, goalOf, type Outcome } from '../outcome.ts';
import { interleave, ratioOf } from '../rounds.ts';
import type { Stage } from '../stage.ts';
import type { OpenedVendor, Size } from '../vendor/questions.ts';

const SIZE: Size = { clients: 12, secrets: [1, 2] };
const NAMES = ['one', 'two', 'three', 'four', 'five', 'six'];
const DEAD = 'six';
/** Until then a read may wait for its vendor. */
const DEADLINE_MS = 2000;
/** Fewer than the failures that open a breaker. */
const BEFORE_IT_OPENS = 4;

/** Six vendors are asked, and one of them takes requests and never answers any. */
export async function deadVendor(stage: Stage): Promise<Outcome> {
  const vendors: Record<string, OpenedVendor> = {};
  for (const name of NAMES) vendors[name] = await stage.vendors.open(name, SIZE);
  const gateway = await startGateway({ databaseUrl: await stage.databases.create('six'), vendors });
  stage.atEnd(() => gateway.stop());
  await stage.vendors.quiet();

  const document = withoutMemory(documentOf('over-others'), gateway.schema);
  const headers = { authorization: `Bearer ${gateway.token}` };
  const ask = (name: string, providers: readonly string[]) =>
    graphqlContestant(name, gateway, headers, document, [{ providers }]);
  const others = ask(
    'the five others',
    NAMES.filter((name) => name !== DEAD),
  );
  const all = ask('all six', NAMES);

  const once = { connections: BEFORE_IT_OPENS, seconds: 0.001 };
  // The first answer of all logs in everywhere.
  await stage.load.run({ ...all.question, ...once });
  const well = await stage.load.run({ ...all.question, ...once });
  await stage.vendors.set(DEAD, { mode: 'silent' });
  const before = await stage.load.run({ ...all.question, ...once });
  const { connections } = stage.options;
  const rounds = await interleave(stage, 'dead-vendor', [others, all], { connections });
  await stage.vendors.set(DEAD, {});
  const [ofOthers = [], ofAll = []] = rounds;
  const { ratio, range } = ratioOf(ofAll, ofOthers, ({ p99Ms }) => p99Ms);
  const scenario = 'dead-vendor';
  return {
    lacking: null,
    figures: [figure(scenario, others.name, ofOthers), figure(scenario, all.name, ofAll)],
    goals: [
      goalOf({
        scenario,
        what: 'p99 with the breaker open, of that over the others alone',
        measured: ratio,
        range,
        byCpu: null,
        unit: 'times',
        bound: 'at most',
        goal: 1.2,
      }),
      goalOf({
        scenario,
        what: 'longest answer before it opens, less one while all are well',
        measured: before.p99Ms - well.p50Ms,
        range: null,
        byCpu: null,
        unit: 'ms',
        bound: 'at most',
        goal: DEADLINE_MS,
      }),
    ],
  };
}

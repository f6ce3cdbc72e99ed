import { setTimeout as pause } from 'node:timers/promises';
import { asking, prepareGateway, type GatewayHome } from '../gateway.ts';
import { goalOf, type Goal, type Outcome } from '../outcome.ts';
import type { Stage } from '../stage.ts';
import { median, range } from '../statistics.ts';

/** So long after its first answer a gateway counts as idle. */
const IDLE_AFTER_MS = 5000;

interface Bounds {
  readonly startMs: number;
  readonly idleMiB: number;
}

/** From nothing to the first answer, and what is held in memory then: on databases that are migrated already. */
export async function start(stage: Stage): Promise<Outcome> {
  const { vendor, provider } = await stage.comparison();
  const vendors = { [provider]: vendor };
  const databaseUrl = await stage.databases.create('start');
  const onPostgresql = { startMs: 1200, idleMiB: 150 };
  const embedded = { startMs: 2000, idleMiB: 260 };
  // Nobody asks yet, so that no core is kept for who does.
  const place = 'anywhere';
  return {
    lacking: null,
    figures: [],
    goals: [
      ...(await measure(stage, 'PostgreSQL', prepareGateway({ databaseUrl, vendors, place }), onPostgresql)),
      ...(await measure(stage, 'embedded', prepareGateway({ databaseUrl: null, vendors, place }), embedded)),
    ],
  };
}

async function measure(stage: Stage, where: string, home: GatewayHome, bounds: Bounds): Promise<Goal[]> {
  try {
    // The first start migrates, and makes the data folder.
    await startOnce(home, 0);
    const starts = [];
    for (let nth = 1; nth <= stage.options.rounds; nth += 1) {
      starts.push(await startOnce(home, nth === stage.options.rounds ? IDLE_AFTER_MS : 0));
      stage.progress(`start, round ${nth}: ${where} ${Math.round(starts.at(-1)?.ms ?? 0)} ms`);
    }
    const times = starts.map(({ ms }) => ms);
    const scenario = 'start';
    return [
      goalOf({
        scenario,
        what: `to the first answer, ${where}`,
        measured: median(times),
        range: range(times),
        byCpu: null,
        unit: 'ms',
        bound: 'at most',
        goal: bounds.startMs,
      }),
      goalOf({
        scenario,
        what: `idle memory, ${where}`,
        measured: starts.at(-1)?.idleMiB ?? Number.NaN,
        range: null,
        byCpu: null,
        unit: 'MiB',
        bound: 'at most',
        goal: bounds.idleMiB,
      }),
    ];
  } finally {
    home.remove();
  }
}

async function startOnce(home: GatewayHome, idleMs: number): Promise<{ ms: number; idleMiB: number }> {
  const startedAt = performance.now();
  const running = await home.start();
  try {
    await asking(running.origin, home.token)('{ providers { name kind } }');
    const ms = performance.now() - startedAt;
    await pause(idleMs);
    return { ms, idleMiB: running.residentMiB() ?? Number.NaN };
  } finally {
    await running.stop();
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseCommandLine } from './command-line.ts';
import type { Figure, Goal, Outcome } from './outcome.ts';
import { isPinned, stepAside } from './processes.ts';
import { profilesIn, profileTables } from './profile.ts';
import { figureTable, goalTable, machine, machineLine } from './report.ts';
import { oneCaller } from './scenarios/one-caller.ts';
import { deadVendor } from './scenarios/dead-vendor.ts';
import { inventory } from './scenarios/inventory.ts';
import { nested } from './scenarios/nested.ts';
import { point } from './scenarios/point.ts';
import { start } from './scenarios/start.ts';
import { sweep } from './scenarios/sweep.ts';
import { twoVendors } from './scenarios/two-vendors.ts';
import { verify } from './scenarios/verify.ts';
import { same } from './scenarios/same.ts';
import { openStage, type Stage } from './stage.ts';

/** In the order in which they run. */
const SCENARIOS: Readonly<Record<string, (stage: Stage) => Promise<Outcome>>> = {
  nested,
  same,
  point,
  verify,
  'one-caller': oneCaller,
  'two-vendors': twoVendors,
  'dead-vendor': deadVendor,
  start,
  inventory,
  sweep,
};

const wanted = parseCommandLine(process.argv.slice(2), Object.keys(SCENARIOS));
if (typeof wanted === 'string') {
  process.stderr.write(wanted);
  process.exitCode = 2;
} else {
  const profile = wanted.profile === null ? null : resolve(wanted.profile);
  if (profile !== null) mkdirSync(profile, { recursive: true });
  const earlier = new Set(profile === null ? [] : profilesIn(profile));
  const chosen = Object.entries(SCENARIOS).filter(
    ([name]) => wanted.scenarios.length === 0 || wanted.scenarios.includes(name),
  );
  stepAside();
  const stage = await openStage({ ...wanted, profile }, (text) => process.stderr.write(`${text}\n`));
  const figures: Figure[] = [];
  const goals: Goal[] = [];
  const left: string[] = [];
  try {
    for (const [name, run] of chosen) {
      // One that breaks keeps no other from being measured.
      const outcome = await run(stage).catch((error: unknown) => {
        left.push(`${name} did not run: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
        return null;
      });
      if (outcome === null) continue;
      if (outcome.lacking !== null) left.push(`${name} was left out: ${outcome.lacking}`);
      else {
        figures.push(...outcome.figures);
        goals.push(...outcome.goals);
      }
    }
  } finally {
    await stage.close();
  }
  const facts = machine(stage.databases.version, isPinned);
  const parts = [machineLine(facts), figureTable(figures), goalTable(goals), left.join('\n')];
  if (profile !== null) parts.push(profileTables(profilesIn(profile).filter((file) => !earlier.has(file))));
  process.stdout.write(`\n${parts.filter((part) => part !== '').join('\n\n')}\n`);
  if (wanted.json !== null) {
    const { rounds, seconds, connections } = wanted;
    const at = new Date().toISOString();
    const report = { at, machine: facts, rounds, seconds, connections, figures, goals, left };
    writeFileSync(wanted.json, `${JSON.stringify(report, null, 2)}\n`);
  }
}

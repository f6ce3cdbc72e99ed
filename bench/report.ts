import { cpus } from 'node:os';
import type { Figure, Goal } from './outcome.ts';
import { number, table } from './table.ts';

/** What the figures depend on, without any name of the machine. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly node: string;
  readonly postgresql: string;
  /** Does the server under test have a core to itself? */
  readonly isPinned: boolean;
}

export function machine(postgresql: string, isPinned: boolean): Machine {
  const all = cpus();
  const processor = all[0]?.model.trim() ?? 'unknown';
  return { cores: all.length, processor, node: process.version, postgresql, isPinned };
}

export function machineLine({ cores, processor, node, postgresql, isPinned }: Machine): string {
  const pinned = isPinned ? 'the server under test on a core of its own' : 'nothing pinned to a core';
  return `${cores} cores (${processor}), Node.js ${node}, PostgreSQL ${postgresql}; ${pinned}`;
}

export function figureTable(figures: readonly Figure[]): string {
  const head = [
    'scenario',
    'server',
    'req/s',
    'p50 ms',
    'p99 ms',
    'CPU ms/req',
    'core used',
    'vendor calls/req',
    'kB/answer',
  ];
  const rows = figures.map((it) => [
    it.scenario,
    it.who,
    number(it.perSecond),
    number(it.p50Ms),
    number(it.p99Ms),
    it.cpuMsPerRequest === null ? '–' : number(it.cpuMsPerRequest),
    it.cpuMsPerRequest === null ? '–' : `${Math.round((it.cpuMsPerRequest * it.perSecond) / 10)} %`,
    number(it.vendorCallsPerRequest),
    number(it.bytesPerRequest / 1000),
  ]);
  return table([head, ...rows]);
}

export function goalTable(goals: readonly Goal[]): string {
  const head = ['scenario', 'figure', 'measured', 'rounds', 'by CPU time', 'goal', 'met'];
  const rows = goals.map((it) => [
    it.scenario,
    it.what,
    withUnit(it.measured, it.unit),
    it.range === null ? '–' : it.range.map(number).join(' to '),
    it.byCpu === null ? '–' : number(it.byCpu),
    `${it.bound} ${withUnit(it.goal, it.unit)}`,
    it.isMet ? 'yes' : 'NO',
  ]);
  return table([head, ...rows]);
}

const UNITS = { times: '', ms: ' ms', MiB: ' MiB', '/s': '/s', calls: '' } as const;
const withUnit = (value: number, unit: Goal['unit']) => `${number(value)}${UNITS[unit]}`;

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuMsOf, peakMiBOf, residentMiBOf } from './proc-files.ts';

/**
 * A server under test has a core to itself; whatever asks it and whatever it asks share the others. `anywhere`: it is
 * alone, as where somebody starts it.
 */
export type Place = 'under-test' | 'beside' | 'anywhere';

export interface Program {
  readonly name: string;
  /** For Node.js: options, file, arguments. */
  readonly args: readonly string[];
  readonly place: Place;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What it says on standard output once it answers; the first group is its origin. */
  readonly ready: RegExp;
  /** Can it be asked over a channel, too? */
  readonly hasChannel?: boolean;
}

export interface Running {
  readonly name: string;
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  readonly child: ChildProcess;
  /** Of all its threads since its start. Null: this system does not tell. */
  cpuMs(): number | null;
  /** Null: this system does not tell. */
  residentMiB(): number | null;
  /** The most that it ever held. Null: this system does not tell. */
  peakMiB(): number | null;
  stop(): Promise<void>;
}

const CAN_PIN = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;
const LAST = cpus().length - 1;
const CORES = { 'under-test': '0', beside: `1-${LAST}`, anywhere: `0-${LAST}` } as const;

/** Are the servers under test kept on a core of their own? */
export const isPinned = CAN_PIN;

/** By process, the folder of its log. None outlives this process. */
const all = new Map<ChildProcess, string>();
process.once('exit', () => {
  for (const [child, folder] of all) {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Moves this process, and with it whatever it starts from now on, beside the servers under test. */
export function stepAside(): void {
  if (CAN_PIN) spawnSync('taskset', ['-a', '-c', '-p', CORES.beside, String(process.pid)]);
}

/** Resolves once it is ready; rejects, with the end of what it wrote, where it ends before. Its log goes to a file. */
export async function start(program: Program): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'keyfold-bench-'));
  const log = openSync(join(folder, 'log'), 'w');
  const command = [process.execPath, ...program.args];
  if (CAN_PIN) command.unshift('taskset', '-c', CORES[program.place]);
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    cwd: program.cwd ?? folder,
    env: { PATH: process.env['PATH'], ...program.env },
    stdio: ['ignore', 'pipe', log, ...(program.hasChannel === true ? (['ipc'] as const) : [])],
  });
  closeSync(log);
  all.set(child, folder);
  const ended = once(child, 'exit');
  const forget = () => {
    all.delete(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = await readiness(child, program.ready).catch((error: unknown) => {
    const written = readFileSync(join(folder, 'log'), 'utf8').slice(-2000);
    child.kill('SIGKILL');
    forget();
    throw new Error(`${program.name} did not start: ${String(error)}\n${written}`);
  });
  const pid = child.pid ?? 0;
  return {
    name: program.name,
    origin,
    child,
    cpuMs: () => cpuMsOf(pid),
    residentMiB: () => residentMiBOf(pid),
    peakMiB: () => peakMiBOf(pid),
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(late);
      forget();
    },
  };
}

function readiness(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-10_000);
      const [, origin] = ready.exec(said) ?? [];
      if (origin !== undefined) resolve(origin);
    });
    child.once('exit', (code) => reject(new Error(`exit code ${code}: ${said}`)));
    setTimeout(() => reject(new Error('not ready within a minute')), 60_000).unref();
  });
}

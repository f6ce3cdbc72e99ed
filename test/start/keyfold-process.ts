import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll } from 'vitest';

/** In `dist`, and as deep as its folders: so what the code looks for beside itself is there. */
const BUILT = join(import.meta.dirname, `../../dist/test-${process.pid}`);
const ENTRIES = ['main.ts', 'demo.ts', 'cli/main.ts'] as const;

/** Once for each test file that imports this: a child that had to translate would take four times as long to start. */
beforeAll(async () => {
  await build({
    entryPoints: ENTRIES.map((entry) => ({
      in: join(import.meta.dirname, '../../src', entry),
      out: nameOf(entry),
    })),
    outdir: BUILT,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'node20',
    platform: 'node',
    packages: 'external',
    sourcemap: true,
  });
});

/** No process and no folder outlives its test. */
afterEach(async () => {
  const ended = [...running].map((child) => once(child, 'close'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ended);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
afterAll(() => rmSync(BUILT, { recursive: true, force: true }));

function nameOf(entry: string): string {
  return entry.replace('/', '-').replace(/\.ts$/, '');
}

export interface KeyfoldProcess {
  /** All that it has said so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Of what it said on standard error, the lines of the log. */
  readonly log: () => readonly Readonly<Record<string, unknown>>[];
  /** Where it answers. Rejects where it ends instead. */
  readonly ready: Promise<string>;
  /** The exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
}

interface ProcessOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** Runs `src/<entry>` in a process of its own, with this environment and no other. */
export function startProcess(entry: (typeof ENTRIES)[number], options: ProcessOptions): KeyfoldProcess {
  return run([join(BUILT, `${nameOf(entry)}.js`)], options);
}

/** Runs a program as it stands, translated while it starts. */
export function startSource(file: string): KeyfoldProcess {
  return run(['--import', 'tsx', file], { cwd: dirname(file) });
}

function run(program: readonly string[], { cwd, env = {}, args = [] }: ProcessOptions): KeyfoldProcess {
  const child = spawn(process.execPath, [...program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
  });
  let [stdout, stderr] = ['', ''];
  const exited = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += String(chunk);
      const [, origin] = /GraphQL +(\S+)\/graphql\n/.exec(stdout) ?? [];
      if (origin !== undefined) resolve(origin);
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)));
    void exited.then(() => reject(new Error(`it ended before it was ready: ${stdout}${stderr}`)));
  });
  ready.catch(() => {});
  running.add(child);
  void exited.then(() => running.delete(child));
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    log: () => stderr.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])),
    ready,
    exited,
    signal: (signal) => child.kill(signal),
  };
}

const running = new Set<ReturnType<typeof spawn>>();
const folders: string[] = [];

/** A new, empty working folder. */
export function workingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyfold-start-'));
  folders.push(folder);
  return folder;
}

/** One GraphQL request; the data, or the errors in its place. */
export async function ask(origin: string, token: string, query: string): Promise<unknown> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  return errors ?? data;
}

/** The token that a first start shows. Null: it shows none. */
export function shownToken(stdout: string): string | null {
  return /^ {2}(kf_\S+)$/m.exec(stdout)?.[1] ?? null;
}

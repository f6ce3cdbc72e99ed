import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { table } from './table.ts';

const ROOT = join(import.meta.dirname, '..');
/** What is less than this share of the time is not listed. */
const LEAST_SHARE = 0.01;

const frame = z.object({
  functionName: z.string(),
  url: z.string(),
  lineNumber: z.number(),
  columnNumber: z.number(),
});
const cpuProfile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: frame })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
type Frame = z.output<typeof frame>;

/** The profiles in a folder. */
export function profilesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => join(folder, name));
}

/** Where the time went that the profiled processes worked: the own time of each part of the source, and of each function. */
export function profileTables(files: readonly string[]): string {
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  for (const file of files) {
    const { nodes, samples, timeDeltas } = cpuProfile.parse(JSON.parse(readFileSync(file, 'utf8')));
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    for (const [i, id] of samples.entries()) {
      const found = frames.get(id);
      const us = timeDeltas[i] ?? 0;
      if (found === undefined || IDLE.has(found.functionName)) continue;
      const source = sourceOf(found);
      total += us;
      add(parts, partOf(source), us);
      add(functions, `${found.functionName || '(anonymous)'}  ${source}`, us);
    }
  }
  return [listing('part', parts, total), listing('function', functions, total)].join('\n\n');
}

const IDLE: ReadonlySet<string> = new Set(['(idle)', '(root)']);

function add(sums: Map<string, number>, name: string, us: number): void {
  sums.set(name, (sums.get(name) ?? 0) + us);
}

function listing(what: string, sums: ReadonlyMap<string, number>, total: number): string {
  const rows = [...sums]
    .map(([name, us]) => ({ name, share: us / total }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .map(({ name, share }) => [`${(100 * share).toFixed(1)} %`, name]);
  return table([['own time', what], ...rows]);
}

const maps = new Map<string, SourceMap | null>();

/** `src/graphql/client.ts`, whatever bundle it was put into; `node:http`; `(program)` for what is not JavaScript. */
function sourceOf({ url, lineNumber, columnNumber, functionName }: Frame): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'node:native';
  if (!url.startsWith('file:')) return url;
  const path = fileURLToPath(url);
  const map = maps.get(path) ?? readMap(path);
  maps.set(path, map);
  const entry = map?.findEntry(lineNumber, columnNumber);
  const source = entry !== undefined && 'originalSource' in entry ? entry.originalSource : null;
  return relative(ROOT, source === null ? path : join(path, '..', source));
}

function readMap(path: string): SourceMap | null {
  const file = `${path}.map`;
  return existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** A package, a folder of the gateway, or Node.js itself. */
function partOf(source: string): string {
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(source) ?? [];
  if (name !== undefined) return name;
  const [, folder] = /^(src\/(?:providers\/)?[^/]+)\//.exec(source) ?? [];
  if (folder !== undefined) return folder;
  return source.startsWith('node:') ? 'Node.js' : source;
}

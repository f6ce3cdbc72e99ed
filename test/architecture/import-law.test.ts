import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** What stands in `src/<folder>` may import only these folders, besides itself. */
const LAW: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  store: ['domain'],
  'provider-kit': ['domain'],
  providers: ['domain', 'provider-kit'],
  'providers/local': ['domain', 'provider-kit', 'store'],
  service: ['domain', 'provider-kit', 'store'],
  graphql: ['domain', 'service', 'providers/registry.ts'],
  config: ['domain', 'provider-kit', 'providers', 'store', 'service', 'graphql'],
  gateway: ['domain', 'provider-kit', 'providers', 'store', 'service', 'graphql', 'config'],
  server: ['gateway', 'config', 'service', 'domain', 'graphql'],
  cli: ['gateway', 'config', 'service', 'domain'],
  worker: ['gateway', 'config', 'service', 'domain'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g;

function importsOf(file: string, source = readFileSync(join(SRC, file), 'utf8')): readonly string[] {
  return [...source.matchAll(IMPORT)].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []);
}

const imports: readonly Import[] = files.flatMap((from) =>
  importsOf(from)
    .filter((target) => target.startsWith('.'))
    .map((target) => ({ from, to: relative(SRC, join(SRC, dirname(from), target)) })),
);

/** `providers/infisical/api.ts` is of `providers/infisical`; `config.ts` and `config/file.ts` are of `config`. */
function roomOf(file: string): string {
  const [first = '', second] = file.split('/');
  if (first === 'providers' && second !== undefined && !second.endsWith('.ts')) return `providers/${second}`;
  return first.replace(/\.ts$/, '');
}

const START = new Set(['main', 'demo']);

function breaks({ from, to }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === target || START.has(room)) return false;
  if (from === 'providers/registry.ts') return !to.endsWith('/provider.ts');
  const allowed = LAW[room] ?? LAW[room.split('/')[0] ?? ''] ?? [];
  if (room.startsWith('providers/') && target.startsWith('providers')) return true;
  return !allowed.some((folder) => folder === to || folder === target || folder === target.split('/')[0]);
}

describe('the import law', () => {
  test('the reader sees every import', () => {
    const source =
      "import a, {\n  b,\n} from './x.ts';\nexport * from '../y.ts';\nawait import('./z.ts');\nimport './w.ts';";
    expect(importsOf('', source)).toEqual(['./x.ts', '../y.ts', './z.ts', './w.ts']);
    expect(imports.length).toBeGreaterThan(200);
  });

  test('every folder has a law', () => {
    const rooms = new Set(files.map((file) => roomOf(file).split('/')[0] ?? ''));
    expect([...rooms].filter((room) => !START.has(room) && LAW[room] === undefined)).toEqual([]);
  });

  test('a folder imports only what its law allows', () => {
    expect(imports.filter(breaks)).toEqual([]);
  });

  test('the law bites', () => {
    expect(breaks({ from: 'domain/ids.ts', to: 'store/uuid.ts' })).toBe(true);
    expect(breaks({ from: 'graphql/client.ts', to: 'provider-kit/provider.ts' })).toBe(true);
    expect(breaks({ from: 'graphql/client.ts', to: 'providers/local/provider.ts' })).toBe(true);
    expect(breaks({ from: 'providers/infisical/api.ts', to: 'providers/local/clients.ts' })).toBe(true);
    expect(breaks({ from: 'providers/infisical/api.ts', to: 'store/database.ts' })).toBe(true);
    expect(breaks({ from: 'server/serve.ts', to: 'store/database.ts' })).toBe(true);
    expect(breaks({ from: 'providers/local/clients.ts', to: 'store/database.ts' })).toBe(false);
  });

  test('domain imports nothing, not even a package', () => {
    const outside = files
      .filter((file) => file.startsWith('domain/'))
      .flatMap((file) => importsOf(file).filter((target) => !target.startsWith('./')));
    expect(outside).toEqual([]);
  });

  test('only the demo imports a simulator of a vendor', () => {
    const isSimulator = (file: string) => /^providers\/[^/]+\/simulator/.test(file);
    const found = imports.filter(({ from, to }) => isSimulator(to) && !isSimulator(from));
    expect(found.filter(({ from }) => !/^providers\/[^/]+\/demo\.ts$/.test(from))).toEqual([]);
  });

  test('no file imports itself, by whatever way round', () => {
    const next = new Map(
      files.map((file) => [file, imports.filter(({ from }) => from === file).map(({ to }) => to)]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      if (done.has(file) || path.includes(file)) return;
      for (const target of next.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as registry from '../../src/providers/registry.ts';

const ROOT = join(import.meta.dirname, '../..');
const KINDS = Object.values(registry).map(({ kind }: { readonly kind: string }) => kind);
const VENDORS = KINDS.filter((kind) => kind !== 'local');
const MAX_ADAPTER = 600;
const MAX_FILE = 250;

const folderOf = (kind: string) => join(ROOT, 'src/providers', kind);
const filesOf = (kind: string) =>
  readdirSync(folderOf(kind), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const read = (kind: string, file: string) => readFileSync(join(folderOf(kind), file), 'utf8').trimEnd();
const linesOf = (kind: string, file: string) => read(kind, file).split('\n').length;
/** The lines that do something: no import, no comment, nothing empty. */
const codeOf = (source: string) =>
  source
    .replaceAll(/^import [^;]*;$|\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
    .split('\n')
    .filter((line) => line.trim() !== '');

describe.each(KINDS)('the provider %s', (kind) => {
  test('is held to the conformance suite', () => {
    const file = join(ROOT, `test/conformance/${kind}.test.ts`);
    expect(existsSync(file) && readFileSync(file, 'utf8')).toContain('describeConformance(');
  });

  test('has no file that is too long to be read at once', () => {
    expect(filesOf(kind).filter((file) => linesOf(kind, file) > MAX_FILE)).toEqual([]);
  });
});

describe.each(VENDORS)('the adapter %s', (kind) => {
  test('has all its parts', () => {
    const parts = ['api', 'config', 'demo', 'exchanges', 'provider', 'simulator', 'translate'];
    expect(filesOf(kind)).toEqual(expect.arrayContaining(parts.map((part) => `${part}.ts`)));
  });

  test('is small', () => {
    const own = filesOf(kind).filter((file) => !/^(?:simulator[./]|exchanges\.ts$|demo\.ts$)/.test(file));
    const lines = own.flatMap((file) => codeOf(read(kind, file)));
    expect(lines.length).toBeLessThanOrEqual(MAX_ADAPTER);
  });
});

/** Outside its folder nobody knows a vendor by name, but for the line in the registry. */
test('vendor words stay inside the adapter', () => {
  const names = VENDORS.flatMap((kind) => [kind, kind.replace('-', ''), kind.split('-')[0] ?? kind]);
  const word = new RegExp(`\\b(?:${names.join('|')})`, 'i');
  const outside = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('providers/'))
    .flatMap((file) =>
      readFileSync(join(ROOT, 'src', file), 'utf8')
        .split('\n')
        .flatMap((line, i) => (word.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
    );
  expect(outside).toEqual([]);
});

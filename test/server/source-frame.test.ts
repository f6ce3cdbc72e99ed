import { build } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { errorFields } from '../../src/server/error-fields.ts';
import { sourceFrame } from '../../src/server/source-frame.ts';

/** A program of one function, which fails in the fifth line of its source. */
const SOURCE = `
interface Unused { readonly of: string }
export function fail(): never {
  // Here.
  throw new TypeError('fails');
}
`;

async function bundle(sourcemap: boolean): Promise<{ folder: string; fails: () => unknown }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyfold-frames-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'program.ts'), SOURCE);
  const outfile = join(folder, 'out', 'program.mjs');
  await build({ entryPoints: [join(folder, 'program.ts')], outfile, format: 'esm', sourcemap });
  const { fail } = await import(/* @vite-ignore */ pathToFileURL(outfile).href);
  const fails = () => {
    try {
      return fail();
    } catch (error) {
      return error;
    }
  };
  return { folder, fails };
}

test('what nobody foresaw is said to come from the source, not from the bundle', async () => {
  const { folder, fails } = await bundle(true);
  const { error, at } = errorFields(fails());
  expect(error).toBe('TypeError');
  expect(at[0]).toBe(`at fail (${join(folder, 'program.ts')}:5:9)`);
});

test('a bundle without a map is named itself, and so is what is no file', async () => {
  const { folder, fails } = await bundle(false);
  expect(errorFields(fails()).at[0]).toContain(join(folder, 'out', 'program.mjs'));
  const inside = 'at process.processTicksAndRejections (node:internal/process/task_queues:95:5)';
  expect(sourceFrame(inside)).toBe(inside);
  expect(sourceFrame('at <anonymous>')).toBe('at <anonymous>');
});

import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ask, startSource } from '../start/keyfold-process.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ROOT = join(import.meta.dirname, '../..');
const COPY = join(ROOT, `dist/seventh-${process.pid}`);
const LINE = "export { toyShop } from './toy-shop/provider.ts';\n";

/** The project with one more folder and one more line. */
beforeAll(() => {
  mkdirSync(COPY, { recursive: true });
  for (const part of ['src', 'schema', 'drizzle', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, part), join(COPY, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(COPY, 'node_modules'));
  cpSync(join(import.meta.dirname, 'toy-shop'), join(COPY, 'src/providers/toy-shop'), { recursive: true });
  appendFileSync(join(COPY, 'src/providers/registry.ts'), LINE);
});
afterAll(() => rmSync(COPY, { recursive: true, force: true }));

test('the schema has its kind', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join(COPY, 'src/graphql/print-schema.ts')],
    { cwd: COPY, maxBuffer: 8 * 1024 * 1024 },
  );
  const before = readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8').split('\n');
  const added = stdout.split('\n').filter((line) => !before.includes(line));
  expect(added.map((line) => line.trim())).toEqual(expect.arrayContaining(['TOY_SHOP']));
});

test('the demonstration configures it, and the gateway answers for it and says what it cannot do', async () => {
  const demo = startSource(join(COPY, 'src/demo.ts'));
  const origin = await demo.ready;
  await expect.poll(() => demo.stdout(), { timeout: 30_000 }).toContain('curl');
  const [, token = ''] = /Bearer (kf_[A-Za-z0-9_-]+)/.exec(demo.stdout()) ?? [];
  const answer = await ask(
    origin,
    token,
    `{
      provider(name: "toys") { kind capabilities { operations rotation secretRetrieval supportsSecretExpiry } }
      tenants { nodes { id name provider { name } } failures { message } }
    }`,
  );
  expect(answer).toMatchObject({
    provider: {
      kind: 'TOY_SHOP',
      capabilities: {
        operations: [],
        rotation: 'NONE',
        secretRetrieval: 'ONCE',
        supportsSecretExpiry: false,
      },
    },
    tenants: {
      nodes: expect.arrayContaining([
        { id: expect.any(String), name: 'Shelf top', provider: { name: 'toys' } },
      ]),
      failures: [],
    },
  });
  const { tenants } = answer as { tenants: { nodes: { id: string; name: string }[] } };
  const tenant = tenants.nodes.find(({ name }) => name === 'Shelf top')?.id ?? '';
  const mutation = `mutation { createClient(input: { tenant: "${tenant}", name: "x" }) {
    __typename ... on UnsupportedError { operation hint } } }`;
  expect(await ask(origin, token, mutation)).toEqual({
    createClient: {
      __typename: 'UnsupportedError',
      operation: 'CREATE_CLIENT',
      hint: 'Ask at the counter of the toy shop.',
    },
  });
});

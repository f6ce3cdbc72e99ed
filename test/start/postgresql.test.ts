import postgres from 'postgres';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createPostgresqlDatabase } from '../database.ts';
import { ask, shownToken, startProcess, workingFolder } from './keyfold-process.ts';

const KEY = Buffer.alloc(32, 5).toString('base64');
const TENANTS = '{ tenants { nodes { name } } }';
const drops: (() => Promise<void>)[] = [];

vi.setConfig({ testTimeout: 60_000 });
afterEach(async () => {
  await Promise.all(drops.splice(0).map((drop) => drop()));
});

async function database(): Promise<string> {
  const { url, drop } = await createPostgresqlDatabase();
  drops.push(drop);
  return url;
}

function start(url: string, env: Record<string, string> = {}) {
  return startProcess('main.ts', {
    cwd: workingFolder(),
    env: { DATABASE_URL: url, KEYFOLD_MASTER_KEY: KEY, ...env },
  });
}

describe('on PostgreSQL', () => {
  test('two processes serve one database, and the first token is shown once', async () => {
    const url = await database();
    const [first, second] = [start(url), start(url)];
    const origins = await Promise.all([first.ready, second.ready]);
    const tokens = [first, second]
      .map(({ stdout }) => shownToken(stdout()))
      .filter((token) => token !== null);
    expect(tokens).toHaveLength(1);
    const answers = await Promise.all(origins.map((origin) => ask(origin, tokens[0] ?? '', TENANTS)));
    expect(answers).toEqual([{ tenants: { nodes: [] } }, { tenants: { nodes: [] } }]);
    expect(first.stdout() + first.stderr()).not.toContain(new URL(url).password + '@');
  });

  test('SIGTERM lets a slow request finish, takes no other, and then ends with 0', async () => {
    const url = await database();
    const keyfold = start(url);
    const origin = await keyfold.ready;
    // It asks of its own accord how the providers are: that is over before anything is held up.
    await expect.poll(() => keyfold.stdout()).toContain('local: UP');
    const token = shownToken(keyfold.stdout()) ?? '';
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const slow = await holding(sql, async () => {
      const answer = ask(origin, token, TENANTS);
      await expect.poll(() => waiting(url), { timeout: 10_000 }).toBe(1);
      keyfold.signal('SIGTERM');
      await expect.poll(() => keyfold.stderr()).toContain('SIGTERM');
      await expect(fetch(`${origin}/livez`)).rejects.toThrow();
      return { answer };
    });
    expect(await slow.answer).toEqual({ tenants: { nodes: [] } });
    expect(await keyfold.exited).toBe(0);
    await sql.end();
  });

  test('a second signal ends it at once', async () => {
    const url = await database();
    const keyfold = start(url);
    const origin = await keyfold.ready;
    // It asks of its own accord how the providers are: that is over before anything is held up.
    await expect.poll(() => keyfold.stdout()).toContain('local: UP');
    const token = shownToken(keyfold.stdout()) ?? '';
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    await holding(sql, async () => {
      ask(origin, token, TENANTS).catch(() => {});
      await expect.poll(() => waiting(url), { timeout: 10_000 }).toBe(1);
      keyfold.signal('SIGINT');
      await expect.poll(() => keyfold.stderr()).toContain('SIGINT');
      const ended = keyfold.exited.then((code) => ({ code }));
      // Signals that come together are one: what comes later is another.
      const again = setInterval(() => keyfold.signal('SIGINT'), 100);
      expect(await ended).toEqual({ code: 130 });
      clearInterval(again);
    });
    await sql.end();
  });
});

describe('there is no start', () => {
  const refusals: readonly [name: string, url: () => Promise<string>, advice: string][] = [
    ['where no server listens', async () => 'postgres://keyfold:canary@127.0.0.1:1/keyfold', 'ECONNREFUSED'],
    [
      'where the database is not there',
      async () => (await database()).replace(/\/[^/]+$/, '/missing'),
      'There is no such database',
    ],
    [
      'where the password is wrong',
      async () => (await database()).replace(/\/\/.*@/, '//keyfold:canary@'),
      'password',
    ],
  ];

  test.each(refusals)('%s', async (_, url, advice) => {
    const keyfold = start(await url());
    expect(await keyfold.exited).toBe(1);
    expect(keyfold.stderr()).toContain(advice);
    expect(keyfold.stderr()).toContain('DATABASE_URL');
    expect(keyfold.stderr()).not.toContain('canary');
    expect(keyfold.stderr()).not.toMatch(/^ +at /m);
  });

  test('under another master key than that of the database', async () => {
    const url = await database();
    const first = start(url);
    await first.ready;
    const second = start(url, { KEYFOLD_MASTER_KEY: Buffer.alloc(32, 6).toString('base64') });
    expect(await second.exited).toBe(1);
    expect(second.stderr()).toContain('KEYFOLD_MASTER_KEY');
  });

  test('without a master key', async () => {
    const keyfold = start(await database(), { KEYFOLD_MASTER_KEY: '' });
    expect(await keyfold.exited).toBe(1);
    expect(keyfold.stderr()).toContain('KEYFOLD_MASTER_KEY: is needed with DATABASE_URL');
  });
});

/** While nobody else can read the tenants. */
async function holding<T>(sql: postgres.Sql, run: () => Promise<T>): Promise<T> {
  let result: T | undefined;
  await sql.begin(async (tx) => {
    await tx`lock table local_tenants in access exclusive mode`;
    result = await run();
  });
  return result as T;
}

/** How many statements wait for a lock. */
async function waiting(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ count: string }[]>`
    select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  await sql.end();
  return Number(row?.count);
}

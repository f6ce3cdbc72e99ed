import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { ask, shownToken, startProcess, workingFolder } from '../start/keyfold-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
let gateway: TestGateway;
let sql: postgres.Sql;

/** Ten events and more: each creation leaves two. */
beforeEach(async () => {
  gateway = await startTestGateway({ database: 'postgresql' });
  sql = postgres(gateway.databaseUrl ?? '', { max: 1, onnotice: () => {} });
  for (let i = 0; i < 4; i++) {
    await gateway.ask(
      `mutation { createTenant(input: { provider: "local", name: "t${i}" }) { __typename } }`,
    );
  }
});
afterEach(async () => {
  await sql.end();
  await gateway.close();
});

async function cli(...args: string[]) {
  const env = { DATABASE_URL: gateway.databaseUrl ?? '', KEYFOLD_MASTER_KEY: MASTER_KEY };
  const { exited, stdout, stderr } = startProcess('cli/main.ts', { cwd: workingFolder(), env, args });
  return { code: await exited, stdout: stdout(), stderr: stderr() };
}

const verify = (...args: string[]) => cli('audit', 'verify', ...args);

describe('audit verify', () => {
  test('says that a whole trail is whole, and where it ends; given later, that end is found again', async () => {
    const [{ hash } = { hash: '' }] = await sql<
      { hash: string }[]
    >`select hash from audit_events where sequence = 10`;
    const { code, stdout } = await verify();
    expect(stdout).toBe(`The audit trail is whole.\n  10 events, up to 10:${hash}\n`);
    expect(code).toBe(0);

    await gateway.ask(
      'mutation { createTenant(input: { provider: "local", name: "later" }) { __typename } }',
    );
    const later = await verify('--expect', `10:${hash}`);
    expect(later.stdout).toContain('The audit trail is whole.\n  12 events');
    expect(later.code).toBe(0);
  });

  test('finds an edited event', async () => {
    await sql`update audit_events set actor = 'somebody else' where sequence = 5`;
    const { code, stdout } = await verify();
    expect(stdout).toContain('Event 5 was edited.');
    expect(code).toBe(1);
  });

  test('finds a dropped event', async () => {
    await sql`delete from audit_events where sequence = 5`;
    const { code, stdout } = await verify();
    expect(stdout).toContain('between event 4 and event 6');
    expect(code).toBe(1);
  });

  test('finds a tail that was cut off', async () => {
    await sql`delete from audit_events where sequence > 8`;
    const { code, stdout } = await verify();
    expect(stdout).toContain('cut off behind event 8; the trail went on to event 10');
    expect(code).toBe(1);
  });

  test('finds every fault, and an end that is not the expected one', async () => {
    await sql`update audit_events set reason = 'x' where sequence = 2`;
    await sql`delete from audit_events where sequence = 5`;
    const { code, stdout } = await verify('--expect', `9:${'0'.repeat(64)}`);
    expect(stdout).toContain('Event 2 was edited.');
    expect(stdout).toContain('between event 4 and event 6');
    expect(stdout).toContain('Event 9 is not the one that was expected.');
    expect(code).toBe(1);
  });
});

test('what is no command is answered with the usage', async () => {
  const { code, stdout, stderr } = await cli('audit', 'verify', '--force');
  expect(stderr).toContain('Usage: npm run cli -- <command>');
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('a new database keeps its first access token for the server, which shows it', async () => {
  const cwd = workingFolder();
  const { exited, stdout } = startProcess('cli/main.ts', { cwd, args: ['audit', 'verify'] });
  expect(await exited).toBe(0);
  expect(stdout()).toContain('The audit trail is whole.\n  0 events');
  const keyfold = startProcess('main.ts', { cwd });
  const origin = await keyfold.ready;
  const token = shownToken(keyfold.stdout());
  expect(await ask(origin, token ?? '', '{ viewer { name } }')).toEqual({ viewer: { name: 'first' } });
});

describe('while another process has the embedded database open', () => {
  test('nothing is verified, and the error says why', async () => {
    const cwd = workingFolder();
    const keyfold = startProcess('main.ts', { cwd });
    await keyfold.ready;
    const { exited, stderr } = startProcess('cli/main.ts', { cwd, args: ['audit', 'verify'] });
    expect(await exited).toBe(1);
    expect(stderr()).toContain('is in use by process');
  });
});

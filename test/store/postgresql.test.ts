import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { inject, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { MIGRATIONS } from '../../src/store/driver.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { postgresqlAdvice } from '../../src/store/postgresql-advice.ts';
import { StartError } from '../../src/store/start-error.ts';
import { settings } from '../../src/store/tables/gateway.ts';
import { createPostgresqlDatabase, TEST_DATABASES } from '../database.ts';

const open = (url: string) => openDatabase({ kind: 'postgresql', url: new SecretValue(url) });
const startError = async (url: string) => {
  const error: unknown = await open(url).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartError);
  if (!(error instanceof StartError)) return '';
  expect(error.cause).toBeUndefined();
  expect(error.message).not.toContain(PASSWORD);
  return error.message;
};
const PASSWORD = 'a-password-nobody-has';

/** Passes everything on to the tests' server and back, the answers changed. */
async function between(change: (answer: Buffer) => Buffer): Promise<{ port: number; server: Server }> {
  const { port } = new URL(inject('postgresqlUrl'));
  const server = createServer((socket) => {
    const upstream = connect(Number(port), '127.0.0.1');
    socket.pipe(upstream).on('error', () => socket.destroy());
    upstream.on('data', (data) => socket.write(change(data))).on('close', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

describe.runIf(TEST_DATABASES.includes('postgresql'))('a PostgreSQL server', () => {
  let database: Awaited<ReturnType<typeof createPostgresqlDatabase>>;
  let url: URL;
  beforeEach(async () => {
    database = await createPostgresqlDatabase();
    url = new URL(database.url);
  });
  afterEach(() => database.drop());

  test('runs a transaction by itself where the statements before it fill every pipeline of the driver', async () => {
    const { db, close } = await open(database.url);
    const inside = sql`select 1 where pg_current_xact_id_if_assigned() is not null`;
    const transaction = () =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_current_xact_id()`);
        return tx.execute(inside);
      });
    const alone: unknown[] = [];
    const within: unknown[] = [];
    for (let connections = 1; connections <= 12; connections++) {
      const statements = Array.from({ length: connections * 100 }, async () => await db.execute(inside));
      await new Promise<void>((sent) => process.nextTick(sent));
      within.push(...(await Promise.all(Array.from({ length: 12 }, transaction))));
      alone.push(...(await Promise.all(statements)));
    }
    await close();
    expect(within.filter((rows) => Array.isArray(rows) && rows.length === 1).length).toBe(144);
    expect(alone.filter((rows) => Array.isArray(rows) && rows.length === 0).length).toBe(alone.length);
  });

  test('is described without user and password', async () => {
    const { describe: where, close } = await open(database.url);
    expect(where).toBe(`PostgreSQL, ${url.pathname.slice(1)} on 127.0.0.1:${url.port}`);
    await close();
  });

  test('that is not there is described without what may be part of a password', async () => {
    const message = await startError(`postgres://127.0.0.1:1/${PASSWORD}@db:5432/keyfold`);
    expect(message).toMatch(/^The database on 127\.0\.0\.1:1 cannot be opened \(ECONNREFUSED\)\./);
  });

  test('is migrated once by four replicas that start at once', async () => {
    const empty = await createPostgresqlDatabase('template0');
    const replicas = await Promise.all(Array.from({ length: 4 }, () => open(empty.url)));
    const [first] = replicas;
    expect(await first?.db.select().from(settings)).toEqual([]);
    const migrations = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'));
    expect(await first?.db.$count(sql`drizzle.__drizzle_migrations`)).toBe(migrations.length);
    await Promise.all(replicas.map(({ close }) => close()));
    await empty.drop();
  });

  test('in another time zone gives moments back as they were', async () => {
    const { db, close } = await open(database.url);
    await db.execute(sql.raw(`alter database ${url.pathname.slice(1)} set timezone to 'Asia/Kathmandu'`));
    await close();
    const again = await open(database.url);
    const [row] = await again.db
      .select({ at: sql<string>`'2026-11-21T12:00:00.123Z'::timestamptz::text` })
      .from(sql`(values (1)) as one`);
    expect(row?.at).toBe('2026-11-21 12:00:00.123+00');
    await again.close();
  });

  test.each([
    [
      'no such database',
      () => Object.assign(new URL(url), { pathname: '/nowhere' }),
      '(3D000). There is no such database on it.',
    ],
    [
      'the password is wrong',
      () => Object.assign(new URL(url), { password: PASSWORD }),
      '(28P01). It refused',
    ],
    ['the user is unknown', () => Object.assign(new URL(url), { username: 'nobody' }), '(28P01). It refused'],
    [
      'TLS is demanded',
      () => Object.assign(new URL(url), { search: '?sslmode=require' }),
      '(ECONNRESET). It ended the connection. If it speaks no TLS,',
    ],
  ])('says so where %s', async (_, where, expected) => {
    const to = where();
    expect(await startError(to.href)).toContain(expected);
  });

  test('that may not be written to says so', async () => {
    const { db, close } = await open(database.url);
    await db.execute(sql.raw("create role guest login password 'guest'"));
    await close();
    const empty = await createPostgresqlDatabase('template0');
    const guest = Object.assign(new URL(empty.url), { username: 'guest', password: 'guest' });
    expect(await startError(guest.href)).toContain('(42501). The user may not create tables in it.');
    await empty.drop();
  });

  test('that is too old is refused', async () => {
    const isVersion = /18\d{4}/;
    const old = await between((data) => {
      const text = data.toString('latin1');
      return Buffer.from(isVersion.test(text) ? text.replace(isVersion, '130015') : text, 'latin1');
    });
    const through = Object.assign(new URL(url), { port: `${old.port}` });
    expect(await startError(through.href)).toBe(
      'The database server is PostgreSQL 13. Keyfold needs 14 or newer.',
    );
    old.server.close();
  });
});

describe('a PostgreSQL server that is not there', () => {
  test('is named, with what to do, and without the password', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    expect(await startError(`postgres://keyfold:${PASSWORD}@127.0.0.1:${port}/state`)).toBe(
      `The database state on 127.0.0.1:${port} cannot be opened (ECONNREFUSED). ` +
        'It does not answer. Start the server, or correct host and port in DATABASE_URL.',
    );
  });

  test('on a host that nobody knows', async () => {
    expect(await startError(`postgres://keyfold:${PASSWORD}@keyfold.invalid/state`)).toContain(
      'Its host name has no address. Correct the host in DATABASE_URL',
    );
  });

  test('with a certificate that is not trusted', () => {
    for (const code of ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID']) {
      expect(postgresqlAdvice(code)).toMatch(/^Its TLS certificate is not trusted/);
    }
  });

  test('an address that is none', async () => {
    expect(await startError(`postgres://keyfold:${PASSWORD}@:::/state`)).toContain('Write postgres://');
  });
});

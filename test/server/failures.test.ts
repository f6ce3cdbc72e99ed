import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway.ts';

const QUERY = 'query Broken { tenants(providers: ["local"]) { nodes { name } failures { code message } } }';
let gateway: TestGateway;
let sql: postgres.Sql;

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'postgresql' });
  sql = postgres(gateway.databaseUrl ?? '', { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end();
  await gateway.close();
});

/** While `table` is not there under its name. */
async function without<T>(table: string, run: () => Promise<T>): Promise<T> {
  await sql`alter table ${sql(table)} rename to hidden`;
  try {
    return await run();
  } finally {
    await sql`alter table hidden rename to ${sql(table)}`;
  }
}

describe('what nobody foresaw', () => {
  test('tells the caller nothing but where the log has more', async () => {
    const { status, errors, headers } = await without('audit_events', () =>
      gateway.ask('{ auditEvents(first: 1) { nodes { id } } }'),
    );
    expect(status).toBe(200);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions).toEqual({
      code: 'INTERNAL',
      retryable: false,
      requestId: headers.get('x-request-id'),
    });
    expect(JSON.stringify(errors)).not.toMatch(/audit_events|select|relation/i);
  });

  test('is in the log under the request id, without the statement and its parameters', async () => {
    gateway.log.length = 0;
    const { headers } = await without('audit_events', () =>
      gateway.ask('query ($actor: String!) { auditEvents(filter: { actor: $actor }) { nodes { id } } }', {
        actor: 'canary',
      }),
    );
    const errors = gateway.log.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.fields).toMatchObject({
      requestId: headers.get('x-request-id'),
      error: expect.stringContaining('42P01'),
      at: expect.arrayContaining([expect.stringContaining('at ')]),
    });
    expect(JSON.stringify(gateway.log)).not.toMatch(/canary|select /);
  });

  test('of the authentication is answered with 500, and lets nobody in', async () => {
    const { status, errors } = await without('access_tokens', () => gateway.ask(QUERY));
    expect(status).toBe(500);
    expect(errors[0]?.extensions['code']).toBe('INTERNAL');
    expect((await gateway.ask(QUERY)).status).toBe(200);
  });
});

describe('readiness', () => {
  const status = async (path: string) => (await fetch(`${gateway.origin}${path}`)).status;

  test('does not hang on the vendors', async () => {
    gateway.infisical.inject({ kind: 'silence', times: Infinity });
    expect(await status('/readyz')).toBe(200);
  });

  test('hangs on the database; life does not', async () => {
    const [{ name } = { name: '' }] = await sql<{ name: string }[]>`select current_database() as name`;
    const admin = postgres((gateway.databaseUrl ?? '').replace(/\/[^/]+$/, '/postgres'), { max: 1 });
    await sql.end();
    await admin`alter database ${admin(name)} allow_connections false`;
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
    expect(await status('/readyz')).toBe(503);
    expect(await status('/livez')).toBe(200);
    await admin`alter database ${admin(name)} allow_connections true`;
    expect(await status('/readyz')).toBe(200);
    await admin.end();
  });
});

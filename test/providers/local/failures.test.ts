import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import { TEST_DATABASES } from '../../database.ts';
import { CALL, openLocal, type OpenLocal } from './open-local.ts';

const NAME = 'a-name-that-nobody-may-read-in-a-log';

describe.each(TEST_DATABASES)('a failure of the database under the local provider, on %s', (kind) => {
  let open: OpenLocal;
  beforeEach(async () => {
    open = await openLocal(kind);
  });
  afterEach(() => open.close());

  const failureOf = async (run: Promise<unknown>) => {
    const error: unknown = await run.catch((thrown: unknown) => thrown);
    if (!(error instanceof ProviderError)) throw new Error('no ProviderError');
    const cause = error.cause instanceof Error ? error.cause.message : error.cause;
    expect(JSON.stringify([error.message, cause, error.stack])).not.toContain(NAME);
    return { code: error.code, applied: error.applied, cause };
  };

  test('that refuses a statement did nothing, and tells no parameter', async () => {
    await open.store.db.execute(sql`alter table local_tenants rename to elsewhere`);
    const page = { limit: 1, direction: 'forward', cursor: null, withTotal: false } as const;
    const expected = { code: 'unavailable', applied: 'no', cause: 'database error 42P01' };
    expect(await failureOf(open.newTenant(NAME))).toEqual(expected);
    expect(await failureOf(open.provider.listTenants(page, CALL))).toEqual(expected);
  });

  test('a text that it cannot store is the fault of the caller', async () => {
    const expected = { code: 'invalid_input', applied: 'no', cause: undefined };
    expect(await failureOf(open.newTenant(`${NAME}\0`))).toEqual(expected);
    expect(await failureOf(open.newClient({ attributes: { [NAME]: '\0' } }))).toEqual(expected);
  });

  test.runIf(kind === 'postgresql')(
    'a connection that breaks in a write leaves open what it did',
    async () => {
      const { db } = open.store;
      await db.execute(sql`create function break_off() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5); return new; end $$`);
      await db.execute(
        sql`create trigger break_off before insert on local_tenants for each row execute function break_off()`,
      );
      expect(await failureOf(open.newTenant(NAME))).toMatchObject({ code: 'unavailable', applied: 'maybe' });
      await expect(open.provider.getTenants([], CALL)).resolves.toEqual([]);
    },
  );
});

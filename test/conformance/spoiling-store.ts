import type { Store } from '../../src/store/database.ts';
import type { Setting } from './harness.ts';

type Spoil = NonNullable<Setting<Store>['spoilStatement']>;

type Run = (sql: string, ...rest: readonly unknown[]) => Promise<unknown>;

/** The store's own driver, which lets the next statement fail that matches: before it is run, or when it has been. */
export function spoilingStore({ db }: Store): { spoil: Spoil; restore(): void } {
  const client = Reflect.get(db, '$client') as object;
  // PGlite's method, else that of postgres.js, whose answer drizzle asks for its rows.
  const method = 'query' in client ? 'query' : 'unsafe';
  const original = Reflect.get(client, method) as Run;
  let spoilt: Parameters<Spoil>[0] | null = null;

  const run: Run = (sql, ...rest) => {
    const answer = () => original.call(client, sql, ...rest);
    if (spoilt === null || !spoilt.match.test(sql)) return answer();
    const { error, when } = spoilt;
    spoilt = null;
    const fail = async () => {
      if (when === 'after') await answer();
      throw error;
    };
    const failing = fail();
    return Object.assign(failing, { values: () => failing });
  };
  Reflect.set(client, method, run);
  return {
    spoil(next) {
      spoilt = next;
    },
    restore: () => Reflect.set(client, method, original),
  };
}

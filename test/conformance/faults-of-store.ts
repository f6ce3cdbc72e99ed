import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { failureOf, FIRST_PAGE, newSecretOf, one } from './answers.ts';
import { CANARY, type Subject } from './harness.ts';

/** With these the server says that it did not do the statement (PostgreSQL, appendix A). */
const REFUSED =
  '0A000 22003 25006 25P02 26000 28000 28P01 3D000 40001 40P01 42501 42P01 53100 53200 53300 54001 55P03 58030 F0000 XX000 XX001'.split(
    ' ',
  );
/** After these nobody knows: the connection broke, or the server ended. */
const BROKEN =
  '08000 08003 08006 57P01 57P02 57P03 CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED ECONNRESET EPIPE'.split(
    ' ',
  );

/** Of a provider that is no vendor: what its database may meet. */
export function describeFaultsOfStore({ open, vendor }: Subject): void {
  if (vendor !== null) return;

  const openClient = async () => {
    const stage = await open();
    const { provider, seeds, call, spoilStatement } = stage;
    if (spoilStatement === undefined)
      throw new Error('a provider that is no vendor has a database that can fail');
    const client = await seeds.client(await seeds.tenant());
    const read = async () => (await one(provider.listSecrets([client], FIRST_PAGE, call))).items;
    const write = async () => provider.createSecret?.(client, newSecretOf(provider), call);
    const spoil = (match: RegExp, code: string, when: 'before' | 'after' = 'before') =>
      spoilStatement({ match, error: Object.assign(new Error(CANARY), { code }), when });
    return { read, write, spoil };
  };
  const told = (failure: unknown) => inspect(failure, { depth: null, showHidden: true });

  describe('faults of reads', () => {
    describe.each([...REFUSED, ...BROKEN])('the fault %s', (code) => {
      it('is told as what it was, and no more of it', async () => {
        const { read, spoil } = await openClient();
        spoil(/select/i, code);
        const failure = await failureOf(read());
        expect(failure).toMatchObject({ code: 'unavailable', applied: 'no' });
        expect(told(failure)).not.toContain(CANARY);
        expect(await read()).toEqual([]);
      });
    });
  });

  describe('faults of writes', () => {
    describe.each(REFUSED)('the fault %s', (code) => {
      it('has done nothing where the server refused', async () => {
        const { read, write, spoil } = await openClient();
        spoil(/^insert/i, code);
        const failure = await failureOf(write());
        expect(failure).toMatchObject({ code: 'unavailable', applied: 'no' });
        expect(told(failure)).not.toContain(CANARY);
        expect(await read()).toEqual([]);
      });
    });

    describe.each(BROKEN)('the fault %s', (code) => {
      it('leaves it in doubt, whether it was done or not', async () => {
        const { read, write, spoil } = await openClient();
        for (const [when, done] of [
          ['before', 0],
          ['after', 1],
        ] as const) {
          spoil(/^insert/i, code, when);
          const failure = await failureOf(write());
          expect(failure).toMatchObject({ code: 'unavailable', applied: 'maybe' });
          expect(told(failure)).not.toContain(CANARY);
          expect(await read()).toHaveLength(done);
        }
      });
    });
  });
}

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { clientIdOf, type ClientId } from '../../src/domain/ids.ts';
import type { ProviderError } from '../../src/provider-kit/provider-error.ts';
import type { Spoiling } from '../../src/provider-kit/simulator-fault.ts';
import { FIRST_PAGE, one } from './answers.ts';
import { ATTEMPTED, ATTEMPTS, seedPlace, type Place } from './attempts.ts';
import type { Stage, Subject } from './harness.ts';
import { trouble } from './trouble.ts';

const TROUBLES: readonly Spoiling[] = ['half-json', 'lost-reply'];
/** More than any write asks of a vendor. */
const MOST_REQUESTS = 20;

/** A write that says that nothing was done may be sent again, so that it has to be true: whichever request met trouble. */
export function describeDoubt(subject: Subject): void {
  const { open, has, vendor } = subject;
  if (vendor === null) return;

  describe('a write that met trouble', () => {
    describe.each(ATTEMPTED.filter((write) => has(write)))('as %s', (write) => {
      it('has done nothing where it says so, whichever of its requests it was', async () => {
        const stage = await open({ failuresToBreak: Infinity });
        const { simulator } = stage;
        if (simulator === null) throw new Error('this vendor has no simulator');
        for (const kind of TROUBLES) {
          for (let nth = 0, isMet = true; isMet; nth += 1) {
            expect(nth).toBeLessThan(MOST_REQUESTS);
            const place = await seedPlace(stage);
            const before = await stateOf(stage, place);
            let count = 0;
            const atNth = trouble(simulator, kind, () => count++ === nth);
            const saysNothingDone = await sayingNothingDone(
              ATTEMPTS[write](stage.provider, place, { ...stage.call, isWrite: true }, subject),
            );
            isMet = atNth.end();
            const isNothingDone = isDeepStrictEqual(await stateOf(stage, place), before);
            expect([kind, nth, saysNothingDone && !isNothingDone]).toEqual([kind, nth, false]);
          }
        }
      });
    });
  });
}

function sayingNothingDone(write: Promise<unknown> | undefined): Promise<boolean> {
  return (write ?? Promise.resolve()).then(
    () => false,
    ({ applied }: ProviderError) => applied === 'no',
  );
}

/** All that can be read around it, but for how often it was used, and whether its value still works. */
async function stateOf(
  { provider, call, accepts }: Stage,
  { tenant, client, secret, value }: Place,
): Promise<unknown> {
  // First, because the vendor may take it for a use, and note it.
  const works = await accepts(secret, value);
  const fresh = { ...call };
  const secretsOf = async (of: ClientId) => (await one(provider.listSecrets([of], FIRST_PAGE, fresh))).items;
  const secrets = [...(await secretsOf(client)), ...(await secretsOf(clientIdOf(secret)))];
  return [
    works,
    secrets.map(({ node: { useCount: _count, lastUsedAt: _used, updatedAt: _updated, ...told } }) => told),
    await one(provider.listClients([tenant], FIRST_PAGE, fresh)),
    await one(provider.listIdentities([tenant], FIRST_PAGE, fresh)),
    await provider.listTenants(FIRST_PAGE, fresh),
  ];
}

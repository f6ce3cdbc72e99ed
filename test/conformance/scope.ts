import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { failureOf, FIRST_PAGE, one } from './answers.ts';
import { ATTEMPTED, ATTEMPTS, seedPlace, type Place } from './attempts.ts';
import type { Stage, Subject } from './harness.ts';

const IN_TENANT = [
  'updateIdentity',
  'deleteIdentity',
  'updateClient',
  'deleteClient',
  'createSecret',
] as const;

/** What may be done is granted by tenant: so nothing may be reached through a tenant, or a client, that it is not in. */
export function describeScope(subject: Subject): void {
  const { open, has } = subject;
  const toSecrets = ATTEMPTED.filter((write) => write.endsWith('Secret') && write !== 'createSecret');

  /** What became of the write there, and of the secret that it is in truth about. */
  const tryElsewhere = async (
    stage: Stage,
    write: keyof typeof ATTEMPTS,
    nowhere: Partial<Place>,
    place: Place,
  ) => {
    const { provider, call, accepts } = stage;
    const read = () => one(provider.getSecrets([place.secret], call));
    const before = await read();
    const { code, applied } = await failureOf(
      ATTEMPTS[write](provider, { ...place, ...nowhere }, call, subject),
    );
    const isAsItWas = isDeepStrictEqual(await read(), before) && (await accepts(place.secret, place.value));
    return { code, applied, isAsItWas };
  };
  const nothing = { code: 'not_found', applied: 'no', isAsItWas: true };

  describe('through a parent that it is not in', () => {
    it('nothing is found', async () => {
      const stage = await open();
      const { provider, call } = stage;
      const place = await seedPlace(stage);
      for (const { identity, client, secret } of await elsewhere(stage, place)) {
        expect(await one(provider.getIdentities([identity], call))).toBeNull();
        expect(await one(provider.getClients([client], call))).toBeNull();
        expect(await one(provider.getSecrets([secret], call))).toBeNull();
        expect((await one(provider.listSecrets([client], FIRST_PAGE, call))).items).toEqual([]);
        expect((await one(provider.listClients([identity], FIRST_PAGE, call))).items).toEqual([]);
      }
    });

    describe.each([...IN_TENANT, ...toSecrets].filter((write) => has(write)))('by %s', (write) => {
      it('nothing of a tenant is written', async () => {
        const stage = await open();
        const place = await seedPlace(stage);
        for (const nowhere of await elsewhere(stage, place))
          expect(await tryElsewhere(stage, write, nowhere, place)).toEqual(nothing);
      });
    });

    describe.each(toSecrets.filter((write) => has(write)))('by %s', (write) => {
      it('no secret of a client is written', async () => {
        const stage = await open();
        const place = await seedPlace(stage);
        const secret = { ...place.secret, client: place.client.client };
        expect(await tryElsewhere(stage, write, { secret }, place)).toEqual(nothing);
      });
    });
  });
}

/** The same ids in a tenant that is not there, and in another that is, where the vendor has more than one. */
async function elsewhere(
  { seeds, missing }: Stage,
  { tenant: own, identity, client, secret }: Place,
): Promise<readonly Pick<Place, 'identity' | 'client' | 'secret'>[]> {
  const tenants = [missing, (await seeds.tenant()).tenant].filter((tenant) => tenant !== own.tenant);
  const within = (tenant: string) => ({
    identity: { ...identity, tenant },
    client: { ...client, tenant },
    secret: { ...secret, tenant },
  });
  return tenants.map((tenant) => within(tenant));
}

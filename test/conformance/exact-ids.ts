import { describe, expect, it } from 'vitest';
import { failureOf, one } from './answers.ts';
import { ATTEMPTED, ATTEMPTS, seedPlace, type Place } from './attempts.ts';
import { NOUNS, openCollection } from './collection.ts';
import type { Subject } from './harness.ts';

/** What a careless parser, path or comparison takes for the same. */
function lookalikes(id: string): readonly string[] {
  const around = [` ${id}`, `${id} `, `${id}\n`, `${id}\0`, `0${id}`, `+${id}`, `${id}.0`, `${id}e0`];
  const cut = [`${id}/`, `./${id}`, `${id}?`, `${id}#`, `${id};`, `${id}%20`, `${id},${id}`, `"${id}"`];
  const written = [id.toUpperCase(), id.toLowerCase(), encodeURIComponent(id).replaceAll('-', '%2D')];
  return [...around, ...cut, ...written].filter((lookalike) => lookalike !== id);
}

export function describeExactIds(subject: Subject): void {
  const { open, has } = subject;

  describe('an id that is nearly one', () => {
    describe.each(NOUNS)('among the %s', (noun) => {
      it('finds nothing', async () => {
        const collection = await openCollection(noun, await open());
        const id = await collection.seed();
        const own = lastPart(id);
        for (const lookalike of lookalikes(own.value)) {
          const found = await one(collection.get([{ ...id, [own.part]: lookalike }]));
          expect([lookalike, found]).toEqual([lookalike, null]);
        }
        expect(await one(collection.get([id]))).toMatchObject({ id });
      });
    });

    describe.each(ATTEMPTED.filter((write) => has(write) && !write.startsWith('create')))(
      'to %s',
      (write) => {
        it('is nothing’s, and changes nothing', async () => {
          const stage = await open();
          const place = await seedPlace(stage);
          for (const near of nearPlaces(place)) {
            const failure = await failureOf(ATTEMPTS[write](stage.provider, near, stage.call, subject));
            expect(failure).toMatchObject({ code: 'not_found', applied: 'no' });
          }
          expect(await stage.accepts(place.secret, place.value)).toBe(true);
        });
      },
    );
  });
}

function lastPart(id: object): { readonly part: string; readonly value: string } {
  const [part = '', value = ''] = Object.entries(id).at(-1) ?? [];
  return { part, value };
}

/** The place with the last part of each of its ids nearly right. */
function nearPlaces(place: Place): readonly Place[] {
  const { emptyTenant, tenant, identity, client, secret } = place;
  const near = <Id extends object>(id: Id, i: number): Id => {
    const { part, value } = lastPart(id);
    return { ...id, [part]: lookalikes(value)[i] ?? `${value}x` };
  };
  const places: Place[] = [];
  for (let i = 0; i < lookalikes('a-1').length; i += 1)
    places.push({
      ...place,
      emptyTenant: near(emptyTenant, i),
      tenant: near(tenant, i),
      identity: near(identity, i),
      client: near(client, i),
      secret: near(secret, i),
    });
  return places;
}

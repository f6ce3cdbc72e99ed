import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/duration.ts';
import { cancelRotation } from '../../src/service/cancel-rotation.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { rotateClientSecret } from '../../src/service/rotate-client-secret.ts';
import { TEST_DATABASES } from '../database.ts';
import { ADMIN, CLIENT, NEW_SECRET, openTestServices, type TestServices } from './test-services.ts';
import { createToy } from './toy-provider.ts';
import { NO_KEY, ROTATE } from './rotating.ts';

const YEAR = 365 * DAY;

/** Of a vendor that takes no end back and allows none sooner than in a day. */
describe.each(TEST_DATABASES)('the end that a rotation gives the old secret, on %s', (kind) => {
  let it: TestServices;
  beforeEach(async () => {
    it = await openTestServices(kind, {
      others: (clock) => [
        createToy('bounded', clock, { secretLifetime: { minMs: DAY, maxMs: 3 * YEAR, clearable: false } }),
        createToy('unbounded', clock, { secretLifetime: { minMs: null, maxMs: null, clearable: false } }),
      ],
    });
  });
  afterEach(() => it.close());
  const session = () => it.as(ADMIN);
  const inMs = (ms: number) => new Date(it.clock.now().getTime() + ms);

  const begin = async (provider: string, expiresAt: Date | null, overlapMs: number) => {
    const client = { ...CLIENT, provider };
    const { secret } = await createClientSecret(session(), { client, ...NEW_SECRET, expiresAt });
    const { rotation } = await rotateClientSecret(session(), { id: secret.id, ...ROTATE, overlapMs });
    const ends = async () => {
      const [found] = await session().read.secrets([secret.id]);
      return found instanceof Error ? found : found?.expiresAt;
    };
    return { secret, rotation, ends };
  };

  test('is as soon as the vendor allows one, with time to get there', async () => {
    const { ends, rotation } = await begin('bounded', null, HOUR);
    expect(rotation.retireAt).toEqual(inMs(HOUR));
    expect(await ends()).toEqual(inMs(DAY + 5 * MINUTE));
  });

  test('is not later than the secret’s own', async () => {
    const own = inMs(DAY + MINUTE);
    expect(await (await begin('bounded', own, HOUR)).ends()).toEqual(own);
  });

  test.each([
    ['bounded', 3 * YEAR - 5 * MINUTE],
    ['unbounded', null],
  ])('becomes the latest that %s allows where a secret without end is kept', async (provider, latestMs) => {
    const { ends, rotation } = await begin(provider, null, 2 * DAY);
    expect(await ends()).toEqual(inMs(2 * DAY));
    await cancelRotation(session(), { id: rotation.id, keep: 'OLD', ...NO_KEY });
    expect(await ends()).toEqual(latestMs === null ? new Date('9999-12-31T23:59:59.999Z') : inMs(latestMs));
  });

  test('is taken back where a secret with an end is kept', async () => {
    const own = inMs(YEAR);
    const { ends, rotation } = await begin('bounded', own, 2 * DAY);
    await cancelRotation(session(), { id: rotation.id, keep: 'BOTH', ...NO_KEY });
    expect(await ends()).toEqual(own);
  });
});

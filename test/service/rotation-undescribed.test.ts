import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/duration.ts';
import type { Provider } from '../../src/provider-kit/provider.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { rotateClientSecret } from '../../src/service/rotate-client-secret.ts';
import { ROTATE } from './rotating.ts';
import {
  ADMIN,
  CLIENT,
  NEW_SECRET,
  openedToy,
  openTestServices,
  type TestServices,
} from './test-services.ts';
import { createToy, type Toy } from './toy-provider.ts';

/** Of a vendor whose secrets have neither description nor age. */
let it: TestServices;
let plain: Toy;
beforeEach(async () => {
  it = await openTestServices('pglite');
  plain = createToy('plain', it.clock, { describesSecrets: false, maxActiveSecrets: 2 });
  const ageless: Provider = {
    ...plain.provider,
    getSecrets: async (ids, call) =>
      (await plain.provider.getSecrets(ids, call)).map((answer) =>
        answer === null || answer instanceof Error ? answer : Object.assign({}, answer, { createdAt: null }),
      ),
  };
  const providers = new Map(it.services.providers).set('plain', openedToy(ageless));
  Object.assign(it.services, { providers });
});
afterEach(() => it.close());
const session = () => it.as(ADMIN);
const issue = async (expiresAt: Date | null = null) => {
  const client = { ...CLIENT, provider: 'plain' };
  const input = { client, ...NEW_SECRET, description: null, expiresAt };
  return (await createClientSecret(session(), input)).secret;
};

test('a rotation marks nothing, and takes no description', async () => {
  const { id } = await issue();
  await expect(rotateClientSecret(session(), { id, ...ROTATE, description: 'x' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: [{ path: ['input', 'description'] }],
  });
  expect((await rotateClientSecret(session(), { id, ...ROTATE })).rotation.state).toBe('OVERLAPPING');
  expect(plain.secrets.map(({ description }) => description)).toEqual([null, null]);
});

test('how long the new one lives has to be said, where the old one expires and nobody knows its age', async () => {
  const { id } = await issue(new Date(it.clock.now().getTime() + 30 * DAY));
  await expect(rotateClientSecret(session(), { id, ...ROTATE })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: [{ path: ['input', 'expiresIn'] }],
  });
  expect(plain.writes).toEqual(['createSecret']);
  const { issued } = await rotateClientSecret(session(), { id, ...ROTATE, expiresInMs: 60 * DAY });
  expect(issued.secret.expiresAt).toEqual(new Date(it.clock.now().getTime() + 60 * DAY));
});

test('where the answer was lost, nothing is revoked on suspicion; the rotation says what to look for', async () => {
  const { id } = await issue();
  plain.fail('createSecret', 'lost');
  await expect(rotateClientSecret(session(), { id, ...ROTATE })).rejects.toMatchObject({
    applied: 'UNKNOWN',
  });
  it.clock.pass(11 * MINUTE);
  await it.work();
  const { items } = await session().records.listRotations(
    { providers: ['plain'], state: null, client: null },
    { limit: 10, direction: 'forward', cursor: null, withTotal: false },
  );
  expect(items.map(({ node }) => node)).toMatchObject([
    { state: 'FAILED', lastError: expect.stringContaining('one more, of which nobody has the value') },
  ]);
  expect(plain.secrets.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE']);
});

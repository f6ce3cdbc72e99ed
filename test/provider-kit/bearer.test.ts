import { expect, it } from 'vitest';
import { SECOND } from '../../src/domain/duration.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { bearer } from '../../src/provider-kit/bearer.ts';
import { testClock } from '../test-clock.ts';
import { callOf, openUpstream } from './test-upstream.ts';

async function open(expiresIn: number | null) {
  const { upstream, simulator } = await openUpstream();
  const clock = testClock();
  let logins = 0;
  const login = async () => ({ token: new SecretValue(`token-${++logins}`), expiresIn });
  const authorised = bearer(upstream, login, clock);
  return {
    async ask() {
      await authorised.send({ method: 'GET', path: '/a' }, callOf());
      return simulator.requests.at(-1)?.headers['authorization'];
    },
    pass: clock.pass,
  };
}

it.each([
  ['a tenth of its time early', 100, 90],
  ['half a minute early at the most', 3600, 3570],
])('a token is given up %s', async (_, expiresIn, seconds) => {
  const { ask, pass } = await open(expiresIn);
  expect(await ask()).toBe('Bearer token-1');
  pass(seconds * SECOND - 1);
  expect(await ask()).toBe('Bearer token-1');
  pass(1);
  expect(await ask()).toBe('Bearer token-2');
});

it.each([null, 0])('a token that lasts %s is kept', async (expiresIn) => {
  const { ask, pass } = await open(expiresIn);
  await ask();
  pass(10 ** 9);
  expect(await ask()).toBe('Bearer token-1');
});

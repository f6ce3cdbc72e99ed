import { expect, it } from 'vitest';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import {
  createTokenSource,
  type Session,
  type TokenSourceOptions,
} from '../../src/provider-kit/token-source.ts';
import type { Call } from '../../src/provider-kit/provider.ts';
import { testClock } from '../test-clock.ts';
import { callOf, failureOf } from './test-upstream.ts';

const MARGIN_MS = 1000;
const LIFETIME_MS = 60_000;

/** A vendor whose nth login gives `token-n`, unless `login` does otherwise. */
function openSource(
  login: (call: Call, nth: number) => Promise<void> = async () => {},
  more: Pick<TokenSourceOptions, 'restMs'> = {},
) {
  const clock = testClock();
  let logins = 0;
  const source = createTokenSource({
    clock,
    marginMs: MARGIN_MS,
    ...more,
    async login(call): Promise<Session> {
      const nth = ++logins;
      const expiresAt = new Date(clock.now().getTime() + LIFETIME_MS);
      await login(call, nth);
      return { token: new SecretValue(`token-${nth}`), expiresAt };
    },
  });
  const ask = (call = callOf()) => source.withToken(call, async (token) => token.reveal());
  return { source, ask, pass: clock.pass, logins: () => logins };
}

const refused = () => new ProviderError('unauthenticated', 'refused');

it('a hundred callers share one login', async () => {
  const { ask, logins } = openSource();
  const tokens = await Promise.all(Array.from({ length: 100 }, () => ask()));
  expect([new Set(tokens), logins()]).toEqual([new Set(['token-1']), 1]);
});

it('a token is renewed before it expires, and not sooner', async () => {
  const { ask, pass } = openSource();
  await ask();
  pass(LIFETIME_MS - MARGIN_MS - 1);
  expect(await ask()).toBe('token-1');
  pass(1);
  expect(await ask()).toBe('token-2');
});

it('a hundred callers whose token is refused share one renewal', async () => {
  const { source, logins } = openSource();
  const answers = await Promise.all(
    Array.from({ length: 100 }, () =>
      source.withToken(callOf(), async (token) => {
        if (token.reveal() === 'token-1') throw refused();
        return token.reveal();
      }),
    ),
  );
  expect([new Set(answers), logins()]).toEqual([new Set(['token-2']), 2]);
});

it('a refusal that comes after the renewal renews nothing', async () => {
  const { source, ask, logins } = openSource();
  await ask();
  const late = source.withToken(callOf(), async (token) => {
    if (token.reveal() !== 'token-1') return token.reveal();
    await source.withToken(callOf(), async (other) => {
      if (other.reveal() === 'token-1') throw refused();
    });
    throw refused();
  });
  expect([await late, await ask(), logins()]).toEqual(['token-2', 'token-2', 2]);
});

it('a second refusal is told', async () => {
  const { source, logins } = openSource();
  const failure = await failureOf(source.withToken(callOf(), () => Promise.reject(refused())));
  expect([failure.code, logins()]).toEqual(['unauthenticated', 2]);
});

it('what may have been done is not done again', async () => {
  const { source, logins } = openSource();
  const doubtful = new ProviderError('unauthenticated', 'refused', { applied: 'maybe' });
  expect(await failureOf(source.withToken(callOf(), () => Promise.reject(doubtful)))).toBe(doubtful);
  expect(logins()).toBe(1);
});

it('a failed login fails all who wait for it, changes nothing, and is tried again by the next', async () => {
  const { ask, logins } = openSource(async (_, nth) => {
    if (nth === 1) throw new ProviderError('timeout', 'late', { applied: 'maybe' });
  });
  const failures = await Promise.all([failureOf(ask()), failureOf(ask())]);
  expect(failures.map(({ code, applied }) => [code, applied])).toEqual([
    ['timeout', 'no'],
    ['timeout', 'no'],
  ]);
  expect([await ask(), logins()]).toEqual(['token-2', 2]);
});

it('a refused login is not tried again for half a minute', async () => {
  const { ask, pass, logins } = openSource(async (_, nth) => {
    if (nth === 1) throw refused();
  });
  await failureOf(ask());
  pass(29_999);
  expect((await failureOf(ask())).code).toBe('unauthenticated');
  pass(1);
  expect([await ask(), logins()]).toEqual(['token-2', 2]);
});

it('or for as long as the refusal is to rest, of which it tells what is left', async () => {
  const login = async (_: Call, nth: number) => {
    if (nth === 1)
      throw new ProviderError('unauthenticated', 'refused', { retryAfterMs: 90_000, hint: 'wait' });
  };
  const { ask, pass, logins } = openSource(login, { restMs: ({ retryAfterMs }) => retryAfterMs });
  expect((await failureOf(ask())).retryAfterMs).toBe(90_000);
  pass(89_999);
  expect(await failureOf(ask())).toMatchObject({
    code: 'unauthenticated',
    message: 'refused',
    retryAfterMs: 1,
    hint: 'wait',
  });
  pass(1);
  expect([await ask(), logins()]).toEqual(['token-2', 2]);
});

it('one who leaves does not end the login of the others; the last one does', async () => {
  const signals: AbortSignal[] = [];
  const { ask } = openSource((call) => {
    signals.push(call.signal);
    return new Promise(() => {});
  });
  const [first, last] = [new AbortController(), new AbortController()];
  const failures = [failureOf(ask(callOf(first.signal))), failureOf(ask(callOf(last.signal)))];
  first.abort();
  expect((await failures[0])?.code).toBe('aborted');
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  last.abort();
  expect((await failures[1])?.code).toBe('aborted');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it('one who has left before starts no login', async () => {
  const { ask, logins } = openSource();
  expect((await failureOf(ask(callOf(AbortSignal.abort())))).code).toBe('aborted');
  expect(logins()).toBe(0);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingBefore } from './replay/missing.ts';
import { recording, type Exchange } from './replay/recording.ts';
import { Replay } from './replay/replay.ts';
import { TOKENS } from './replay/cast.ts';

/** What the simulator does not play, and why. */
const NOT_REPLAYED: Readonly<Record<number, string>> = {
  29: 'lists projects, which are no part of what the gateway does',
};

/** Which exchange got the token that later ones name. */
const KEPT: Readonly<Record<number, string>> = {
  5: TOKENS.gateway,
  113: TOKENS.svcA,
  143: TOKENS.shortLived,
  153: TOKENS.member,
};

const EXACT = ['content-type', 'x-ratelimit-limit'];
/** These count what the recording misses too, or the time. */
const PRESENT = ['x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after', 'etag'];

function headersOf(value: (name: string) => string | null | undefined): object {
  const exact = EXACT.map((name) => [name, value(name) ?? null]);
  const present = PRESENT.map((name) => [name, typeof value(name) === 'string']);
  return Object.fromEntries([...exact, ...present]);
}

describe('the simulator answers as the server of 2024-10 did', () => {
  let replay: Replay;
  beforeAll(async () => {
    replay = await Replay.start();
  });
  afterAll(() => replay.simulator.close());

  const replayed = recording.filter(({ n }) => NOT_REPLAYED[n] === undefined);

  test('144 of the 145 recorded exchanges are replayed', () => {
    expect(recording.length).toBe(145);
    expect(replayed.length).toBe(144);
  });

  test.each(replayed.map((exchange) => [`${exchange.n} ${exchange.step}`, exchange] as const))(
    '%s',
    async (_, exchange) => {
      const { n, response } = exchange;
      await missingBefore[n]?.(replay);
      const reply = await replay.send(spelledOut(exchange));
      expect(reply.status).toBe(response.status);
      expect(headersOf((name) => reply.headers.get(name))).toEqual(
        headersOf((name) => response.headers[name]),
      );
      expect(replay.bindings.differences(response.body, reply.body)).toEqual([]);
      const label = KEPT[n];
      if (label !== undefined) replay.keepToken(label, reply);
    },
  );
});

/** A body that was too long to write down. */
function spelledOut(exchange: Exchange): Exchange {
  if (exchange.request.body !== '<1 MiB + JSON>') return exchange;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKENS.gateway}` };
  return {
    ...exchange,
    request: { ...exchange.request, headers, body: `{"description":"${'x'.repeat(2 ** 20)}"}` },
  };
}

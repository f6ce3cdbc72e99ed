import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { MINUTE } from '../../src/domain/duration.ts';
import type { Log } from '../../src/domain/log.ts';
import { createConnect } from '../../src/provider-kit/http-upstream.ts';
import type { Witness } from '../../src/provider-kit/layers/witness.ts';
import { openProvider } from '../../src/provider-kit/open.ts';
import { pause, type Pause } from '../../src/provider-kit/pause.ts';
import { testClock, type TestClock } from '../test-clock.ts';
import { NAME, type Harness, type Stage, type Subject } from './harness.ts';

/** The provider of this harness, bare or inside its rings. */
export function subjectOf<Options extends { readonly kind: string }, Store>(
  harness: Harness<Options, Store>,
  isBare: boolean,
): Subject {
  return {
    ...harness,
    has(...writes) {
      const lacking = new Set([...harness.absent, ...(harness.lackingHere ?? [])]);
      return writes.every((write) => !lacking.has(write));
    },
    faultsOf(options) {
      const { error } = harness.definition.options.safeParse(options);
      const issues = error?.issues ?? [];
      const paths = issues.flatMap(({ path, ...issue }) => ('keys' in issue ? issue.keys : [path.join('.')]));
      return { paths, shown: error === undefined ? '' : z.prettifyError(error) };
    },
    async open(limits = {}): Promise<Stage> {
      const clock = testClock();
      const setting = await harness.start(clock);
      onTestFinished(() => setting.close());
      const { log, lines } = createLog();
      const connect = createConnect({ clock, log, limits: { backoffMs: 1, ...limits } });
      const options = harness.definition.options.parse(setting.options);
      const openAs = (name: string) => {
        const world = { name, connect, database: setting.database, clock, pause: passing(clock) };
        if (isBare) return harness.definition.open(options, world);
        const { breaker, room } = connect;
        const rings = { log, witness: NOBODY, readDeadlineMs: MINUTE, breaker, room };
        return openProvider(harness.definition, options, world, rings).provider;
      };
      const provider = openAs(NAME);
      const call = { signal: new AbortController().signal, requestId: 'request-1' };
      return {
        ...setting,
        provider,
        clock,
        call,
        lines,
        openAs,
        seeds: setting.seeds(provider, call),
        accepts: (id, value) => setting.accepts(provider, id, value),
      };
    },
  };
}

/** So much time goes by at once. */
function passing(clock: TestClock): Pause {
  return async (ms, signal) => {
    await pause(0, signal);
    clock.pass(ms);
  };
}

function createLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const write: Log['info'] = (fields, message) => {
    lines.push(`${message} ${inspect(fields, { depth: null })}`);
  };
  return { log: { info: write, warn: write, error: write }, lines };
}

/** Looks away. */
const NOBODY: Witness = { wants: () => false, saw: () => {}, wrote: async () => {} };

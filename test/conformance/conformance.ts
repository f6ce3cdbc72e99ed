import { inspect } from 'node:util';
import { describe, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Log } from '../../src/domain/log.ts';
import { createConnect } from '../../src/provider-kit/http-upstream.ts';
import { openProvider } from '../../src/provider-kit/open.ts';
import { pause } from '../../src/provider-kit/pause.ts';
import { testClock } from '../test-clock.ts';
import { describeBirth } from './birth.ts';
import { describeFaults } from './faults.ts';
import { NAME, type Harness, type Stage, type Subject } from './harness.ts';
import { describeIds } from './ids.ts';
import { describePaging } from './paging.ts';
import { describeReads } from './reads.ts';
import { describeReplacing } from './replacing.ts';
import { describeSecrecy } from './secrecy.ts';
import { describeSecrets } from './secrets.ts';
import { describeTraffic } from './traffic.ts';
import { describeWrites } from './writes.ts';

/**
 * What every provider promises, bare and inside its rings. Nothing is skipped but what the provider does not have:
 * a write that is absent, an upper bound that is null, a vendor behind it.
 */
export function describeConformance<Options extends { readonly kind: string }, Store>(
  harness: Harness<Options, Store>,
): void {
  describe.each(['bare', 'in its rings'])(`${harness.name} %s`, (form) => {
    const subject = subjectOf(harness, form === 'bare');
    describeBirth(subject);
    describeReads(subject);
    describePaging(subject);
    describeIds(subject);
    describeWrites(subject);
    describeSecrets(subject);
    describeReplacing(subject);
    describeSecrecy(subject);
    describeFaults(subject);
    describeTraffic(subject);
  });
}

function subjectOf<Options extends { readonly kind: string }, Store>(
  harness: Harness<Options, Store>,
  isBare: boolean,
): Subject {
  return {
    ...harness,
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
      const world = { name: NAME, connect, database: setting.database, clock, pause };
      const options = harness.definition.options.parse(setting.options);
      const provider = isBare
        ? harness.definition.open(options, world)
        : openProvider(harness.definition, options, world, { log }).provider;
      const call = { signal: new AbortController().signal, requestId: 'request-1' };
      return {
        ...setting,
        provider,
        clock,
        call,
        lines,
        seeds: setting.seeds(provider, call),
        accepts: (id, value) => setting.accepts(provider, id, value),
      };
    },
  };
}

function createLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const write: Log['info'] = (fields, message) => {
    lines.push(`${message} ${inspect(fields, { depth: null })}`);
  };
  return { log: { info: write, warn: write, error: write }, lines };
}

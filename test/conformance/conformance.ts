import { inspect } from 'node:util';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Log } from '../../src/domain/log.ts';
import { createConnect } from '../../src/provider-kit/http-upstream.ts';
import { openProvider } from '../../src/provider-kit/open.ts';
import { pause, type Pause } from '../../src/provider-kit/pause.ts';
import { testClock, type TestClock } from '../test-clock.ts';
import { describeAttributes } from './attributes.ts';
import { describeBatches } from './batches.ts';
import { describeBirth } from './birth.ts';
import { describeBreaker } from './breaker.ts';
import { createBreadth } from './breadth.ts';
import { describeCallers } from './callers.ts';
import { describeCapabilities } from './capabilities.ts';
import { describeChanges } from './changes.ts';
import { describeDoubt } from './doubt.ts';
import { describeExactIds } from './exact-ids.ts';
import { describeFaultsOfReads } from './faults-of-reads.ts';
import { describeFaultsOfStore } from './faults-of-store.ts';
import { describeFaultsOfWrites } from './faults-of-writes.ts';
import { NAME, type Harness, type Stage, type Subject } from './harness.ts';
import { describeIds } from './ids.ts';
import { describeKinds } from './kinds.ts';
import { describeLife } from './life.ts';
import { describeLogin } from './login.ts';
import { describeNewSecrets } from './new-secrets.ts';
import { describeNouns } from './nouns.ts';
import { describePaging } from './paging.ts';
import { describePublicErrors } from './public-errors.ts';
import { describeReads } from './reads.ts';
import { describeRedirectUris } from './redirect-uris.ts';
import { describeReplacing } from './replacing.ts';
import { describeRequests } from './requests.ts';
import { describeScope } from './scope.ts';
import { describeSecrecy } from './secrecy.ts';
import { describeSecretFacts } from './secret-facts.ts';
import { describeSecrets } from './secrets.ts';
import { describeTexts } from './texts.ts';
import { describeTraffic } from './traffic.ts';
import { describeTwoNames } from './two-names.ts';
import { describeWrites } from './writes.ts';

const MIN_PROMISES = 60;
const MIN_FAULTS = 20;

/**
 * What every provider promises, bare and inside its rings. Nothing is skipped but what the provider does not have:
 * a write that is absent, an upper bound that is null, a vendor behind it.
 */
export function describeConformance<Options extends { readonly kind: string }, Store>(
  harness: Harness<Options, Store>,
): void {
  const breadth = createBreadth();

  describe.each(['bare', 'in its rings'])(`${harness.name} %s`, (form) => {
    afterEach(({ task }) => breadth.note(task));
    const subject = subjectOf(harness, form === 'bare');
    describeBirth(subject);
    describeCapabilities(subject);
    describeReads(subject);
    describeNouns(subject);
    describeSecretFacts(subject);
    describePaging(subject);
    describeIds(subject);
    describeExactIds(subject);
    describeScope(subject);
    describeWrites(subject);
    describeTexts(subject);
    describeKinds(subject);
    describeRedirectUris(subject);
    describeAttributes(subject);
    describeChanges(subject);
    describeSecrets(subject);
    describeNewSecrets(subject);
    describeReplacing(subject);
    describeLife(subject);
    describeSecrecy(subject);
    describePublicErrors(subject);
    describeTwoNames(subject);
    describeFaultsOfReads(subject);
    describeFaultsOfWrites(subject);
    describeFaultsOfStore(subject);
    describeDoubt(subject);
    describeLogin(subject);
    describeBreaker(subject);
    describeRequests(subject);
    describeTraffic(subject);
    describeBatches(subject);
    describeCallers(subject);
  });

  it(`${harness.name} is held to enough`, () => {
    const { promises, faultsOfReads, faultsOfWrites } = breadth.count();
    expect(promises).toBeGreaterThanOrEqual(MIN_PROMISES);
    expect(faultsOfReads).toBeGreaterThanOrEqual(MIN_FAULTS);
    expect(faultsOfWrites).toBeGreaterThanOrEqual(MIN_FAULTS);
  });
}

function subjectOf<Options extends { readonly kind: string }, Store>(
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
        return openProvider(harness.definition, options, world, { log }).provider;
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

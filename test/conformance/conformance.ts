import { afterEach, describe, expect, it } from 'vitest';
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
import { describeFreshness } from './freshness.ts';
import type { Harness, Subject } from './harness.ts';
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
import { subjectOf } from './subject.ts';
import { describeTexts } from './texts.ts';
import { describeTraffic } from './traffic.ts';
import { describeTwoNames } from './two-names.ts';
import { describeWrites } from './writes.ts';

const THEMES: readonly ((subject: Subject) => void)[] = [
  describeBirth,
  describeCapabilities,
  describeReads,
  describeNouns,
  describeFreshness,
  describeSecretFacts,
  describePaging,
  describeIds,
  describeExactIds,
  describeScope,
  describeWrites,
  describeTexts,
  describeKinds,
  describeRedirectUris,
  describeAttributes,
  describeChanges,
  describeSecrets,
  describeNewSecrets,
  describeReplacing,
  describeLife,
  describeSecrecy,
  describePublicErrors,
  describeTwoNames,
  describeFaultsOfReads,
  describeFaultsOfWrites,
  describeFaultsOfStore,
  describeDoubt,
  describeLogin,
  describeBreaker,
  describeRequests,
  describeTraffic,
  describeBatches,
  describeCallers,
];
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
    for (const describeTheme of THEMES) describeTheme(subject);
  });

  it(`${harness.name} is held to enough`, () => {
    const { promises, faultsOfReads, faultsOfWrites } = breadth.count();
    expect(promises).toBeGreaterThanOrEqual(MIN_PROMISES);
    expect(faultsOfReads).toBeGreaterThanOrEqual(MIN_FAULTS);
    expect(faultsOfWrites).toBeGreaterThanOrEqual(MIN_FAULTS);
  });
}

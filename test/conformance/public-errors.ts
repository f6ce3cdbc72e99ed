import { describe, expect, it } from 'vitest';
import type { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf } from './answers.ts';
import { ATTEMPTED, ATTEMPTS, seedPlace, type Place } from './attempts.ts';
import type { Stage, Subject } from './harness.ts';
import { trouble } from './trouble.ts';
import { openWarm } from './warm-stage.ts';

/** A sentence or more, in one line. */
const SENTENCE = /^[A-Z][^\n]*\.$/;

export function describePublicErrors(subject: Subject): void {
  const { open, has, vendor } = subject;

  describe('what a failure says', () => {
    it('is a sentence that names no id, where nothing is found', async () => {
      const stage = await open();
      const place = await seedPlace(stage);
      const nowhere = missingFrom(place, stage);
      const failures: ProviderError[] = [];
      for (const write of ATTEMPTED.filter((it) => has(it) && !it.startsWith('create')))
        failures.push(await failureOf(ATTEMPTS[write](stage.provider, nowhere, stage.call, subject)));
      const ids = [place.tenant.tenant, place.client.client, stage.missing];
      expect(failures.length).toBeGreaterThan(0);
      expect(failures.flatMap((failure) => faultsOf(failure, ids))).toEqual([]);
    });

    it.runIf(vendor !== null)('is a sentence that names no address, where nobody answers', async () => {
      if (vendor === null) return;
      const { simulator, read, write, client } = await openWarm(subject, vendor);
      await simulator.close();
      const failures = [await failureOf(read()), await failureOf(write())];
      const { host, hostname } = new URL(simulator.origin);
      expect(failures.flatMap((failure) => faultsOf(failure, [host, hostname, client.client]))).toEqual([]);
    });

    it.runIf(vendor !== null)('is a sentence, whatever the vendor refuses', async () => {
      if (vendor === null) return;
      const { simulator, read } = await openWarm(subject, vendor);
      const failures: ProviderError[] = [];
      for (const { status, body, read: code } of vendor.refusals.filter((refusal) => refusal.read !== null)) {
        const refusing = trouble(simulator, { status, body }, vendor.isRead);
        const failure = await failureOf(read());
        refusing.end();
        if (code !== 'invalid_input') failures.push(failure);
      }
      expect(failures.flatMap((failure) => faultsOf(failure, []))).toEqual([]);
    });
  });
}

function missingFrom({ tenant, identity, client, secret, ...place }: Place, { missing }: Stage): Place {
  return {
    ...place,
    tenant: { ...tenant, tenant: missing },
    emptyTenant: { ...tenant, tenant: missing },
    identity: { ...identity, identity: missing },
    client: { ...client, client: missing },
    secret: { ...secret, secret: missing },
  };
}

/** What stands in a message or hint that may not, and a message that is no sentence. */
function faultsOf({ message, hint }: ProviderError, unspoken: readonly string[]): readonly string[] {
  const said = [message, hint ?? ''];
  const spoken = unspoken.filter((text) => said.some((words) => words.includes(text)));
  return [...spoken, ...[message, hint ?? 'None.'].filter((words) => !SENTENCE.test(words))];
}

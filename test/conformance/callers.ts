import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf, FIRST_PAGE } from './answers.ts';
import { ATTEMPTED, ATTEMPTS, seedPlace } from './attempts.ts';
import type { Subject } from './harness.ts';
import { trouble } from './trouble.ts';
import { openWarm } from './warm-stage.ts';

const MANY = 20;
/** As many reads as the gateway is let send at once here. */
const ALL_PLACES = 8;

/** What one caller does to another. */
export function describeCallers(subject: Subject): void {
  const { open, has, vendor } = subject;
  if (vendor === null) return;
  const { isRead } = vendor;

  describe('one caller', () => {
    it('who leaves takes no answer from another', async () => {
      const { simulator, read, seeded, sent } = await openWarm(subject, vendor);
      simulator.inject({ match: isRead, times: 2, kind: { delayMs: 50 } });
      const caller = new AbortController();
      const left = failureOf(read(caller.signal));
      const stayed = read();
      await expect.poll(() => sent().filter(isRead).length, { interval: 1 }).toBe(2);
      caller.abort();
      expect(await left).toMatchObject({ code: 'aborted' });
      expect(await stayed).toEqual(seeded);
    });

    it('whose answer is spoilt spoils no other', async () => {
      const { simulator, read, seeded } = await openWarm(subject, vendor);
      simulator.inject({ match: isRead, kind: 'html' });
      const answers = await Promise.allSettled(Array.from({ length: MANY }, () => read()));
      const right = answers.filter((answer) => answer.status === 'fulfilled');
      expect(right.map(({ value }) => value)).toEqual(Array.from({ length: MANY - 1 }, () => seeded));
    });

    it('who asks for much keeps the next place from nobody', async () => {
      const limits = { concurrent: 1 };
      const { provider, seeds, simulator, client, read, sent, call } = await openWarm(
        subject,
        vendor,
        limits,
      );
      const clients = [client];
      while (clients.length < MANY) clients.push(await seeds.client(client));
      const start = sent().length;
      await read();
      const costOfOne = sent().length - start;
      const before = sent().length;
      simulator.inject({ match: isRead, times: MANY, kind: { delayMs: 2 } });
      const pages = provider.listSecrets(clients, FIRST_PAGE, { ...call });
      await expect.poll(() => sent().length, { interval: 1 }).toBe(before + 1);
      await read();
      expect(sent().length - before).toBeLessThanOrEqual(2 * costOfOne + 2);
      expect((await pages).filter((page) => 'items' in page)).toHaveLength(MANY);
    });

    it('who leaves a batch is let go, and the rest of it is not sent', async () => {
      const limits = { concurrent: ALL_PLACES };
      const { provider, seeds, simulator, client, read, sent, call } = await openWarm(
        subject,
        vendor,
        limits,
      );
      const clients = [client];
      while (clients.length < MANY) clients.push(await seeds.client(client));
      const before = sent().length;
      const silence = trouble(simulator, 'silence', () => true);
      const caller = new AbortController();
      const answers = provider
        .listSecrets(clients, FIRST_PAGE, { ...call, signal: caller.signal })
        .catch((error: unknown) => [error]);
      await expect.poll(() => sent().length, { interval: 1 }).toBeGreaterThan(before);
      caller.abort();
      const codes = (await answers).map((answer) => answer instanceof ProviderError && answer.code);
      expect(new Set(codes)).toEqual(new Set(['aborted']));
      silence.end();
      await read();
      const sentAfterOne = sent().length;
      await read();
      const costOfOne = sent().length - sentAfterOne;
      expect(sentAfterOne - costOfOne - before).toBeLessThanOrEqual(ALL_PLACES);
    });

    it('who reads keeps nobody’s write waiting', async () => {
      const limits = { concurrent: ALL_PLACES };
      const { simulator, read, write, sent } = await openWarm(subject, vendor, limits);
      simulator.inject({ match: isRead, times: ALL_PLACES, kind: 'silence' });
      const readers = new AbortController();
      const waiting = Array.from({ length: ALL_PLACES }, () => failureOf(read(readers.signal)));
      await expect.poll(() => sent().filter(isRead).length, { interval: 1 }).toBe(ALL_PLACES);
      await expect(write()).resolves.toBeDefined();
      readers.abort();
      expect((await Promise.all(waiting)).map(({ code }) => code)).toEqual(waiting.map(() => 'aborted'));
    });

    describe.each(ATTEMPTED.filter((write) => has(write)))('who left before %s', (write) => {
      it('has nothing sent', async () => {
        const stage = await open();
        const { provider, call, traffic } = stage;
        const place = await seedPlace(stage);
        const before = traffic();
        const gone = { ...call, signal: AbortSignal.abort() };
        const failure = await failureOf(ATTEMPTS[write](provider, place, gone, subject));
        expect(failure).toMatchObject({ code: 'aborted', applied: 'no' });
        expect(traffic()).toBe(before);
      });
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { ClientId } from '../../src/domain/ids.ts';
import { DAY, MINUTE, SECOND } from '../../src/domain/duration.ts';
import type { SecretChanges } from '../../src/provider-kit/provider.ts';
import { failureOf, newSecretOf, one } from './answers.ts';
import { seedEndableSecret } from './endable-secret.ts';
import { FAULTS } from './fault-table.ts';
import type { Stage, Subject } from './harness.ts';
import { trouble } from './trouble.ts';
import { openWarm } from './warm-stage.ts';

/** Whether a value works, asked of the vendor itself: what is told of a secret has to be so. */
export function describeLife(subject: Subject): void {
  const { open, has, traits, changes, vendor } = subject;
  const { revocationDelayMs, secretLifetime, minActiveSecrets } = traits;
  const ends = secretLifetime !== null;

  /** A secret that works. */
  const openSecret = async (seed = ({ seeds }: Stage, client: ClientId) => seeds.secret(client)) => {
    const stage = await open();
    const client = await stage.seeds.client(await stage.seeds.tenant());
    const { id, value } = await seed(stage, client);
    const works = () => stage.accepts(id, value);
    expect(await works()).toBe(true);
    return { ...stage, client, id, value, works };
  };
  type Opened = Awaited<ReturnType<typeof openSecret>>;

  /** Once what was done has taken effect. */
  const worksThen = ({ clock, works }: Opened) => {
    clock.pass(revocationDelayMs);
    return works();
  };
  const issue = async ({ provider, client, call }: Opened, given: object) => {
    const issued = await provider.createSecret?.(client, { ...newSecretOf(provider), ...given }, call);
    if (issued === undefined) throw new Error('there is no answer');
    return { id: issued.secret.id, value: issued.value.reveal() };
  };

  describe('a value', () => {
    it('works as its own secret’s alone, and only as it is', async () => {
      const { seeds, client, id, value, accepts } = await openSecret();
      const other = await seeds.secret(await seeds.client(client));
      expect(await accepts(other.id, other.value)).toBe(true);
      expect(await accepts(other.id, value)).toBe(false);
      expect(await accepts(id, other.value)).toBe(false);
      expect(await accepts(id, `${value}x`)).toBe(false);
    });

    it.runIf(has('createSecret'))('that was issued works, and ends none that did before', async () => {
      const opened = await openSecret();
      const issued = await issue(opened, {});
      expect(await opened.accepts(issued.id, issued.value)).toBe(true);
      expect(await opened.works()).toBe(true);
    });

    it.runIf(has('createSecret') && ends)('works until its end, and no longer', async () => {
      const opened = await openSecret();
      const { clock, accepts } = opened;
      const { id, value } = await issue(opened, { expiresAt: new Date(clock.now().getTime() + 2 * DAY) });
      clock.pass(2 * DAY - MINUTE);
      expect(await accepts(id, value)).toBe(true);
      clock.pass(MINUTE + SECOND);
      expect(await accepts(id, value)).toBe(false);
    });

    it.runIf(has('updateSecret') && ends)('works until an end that it was given later', async () => {
      const opened = await openSecret();
      const { provider, id, clock, works, call } = opened;
      await provider.updateSecret?.(id, { expiresAt: new Date(clock.now().getTime() + 2 * DAY) }, call);
      clock.pass(2 * DAY - MINUTE);
      expect(await works()).toBe(true);
      clock.pass(MINUTE + SECOND);
      expect(await worksThen(opened)).toBe(false);
    });

    it.runIf(has('updateSecret'))('is not ended by a change of what is told of it', async () => {
      const opened = await openSecret();
      const changed: SecretChanges = changes.secret ?? {};
      await opened.provider.updateSecret?.(opened.id, changed, opened.call);
      expect(await worksThen(opened)).toBe(true);
    });

    it.runIf(vendor !== null)('is not ended by a write that was not done', async () => {
      if (vendor === null) return;
      const { simulator, seeds, client, write, accepts } = await openWarm(subject, vendor, {
        failuresToBreak: Infinity,
      });
      const { id, value } = await seeds.secret(client);
      const unacted = FAULTS.filter(({ acted, code }) => acted === 0 && code !== 'timeout');
      const refusals = vendor.refusals.map(({ status, body }) => ({ status, body }));
      for (const kind of [...unacted.map(({ fault }) => fault), ...refusals]) {
        const undone = trouble(simulator, kind, vendor.write.isIt);
        await failureOf(write());
        expect(undone.end()).toBe(true);
        expect(await accepts(id, value)).toBe(true);
      }
    });

    it.runIf(has('revokeSecret'))('that was revoked works no more, and never again', async () => {
      const opened = await openSecret(seedEndableSecret);
      const { provider, id, call } = opened;
      await provider.revokeSecret?.(id, call);
      expect(await worksThen(opened)).toBe(false);
      const tries = [provider.enableSecret?.(id, call), provider.revealSecret?.(id, call)];
      await Promise.all(tries.filter((tried) => tried !== undefined).map(failureOf));
      expect(await worksThen(opened)).toBe(false);
    });

    it.runIf(has('disableSecret', 'enableSecret'))('rests while it is disabled', async () => {
      const opened = await openSecret(seedEndableSecret);
      await opened.provider.disableSecret?.(opened.id, opened.call);
      expect(await worksThen(opened)).toBe(false);
      await opened.provider.enableSecret?.(opened.id, opened.call);
      expect(await worksThen(opened)).toBe(true);
    });

    it.runIf(has('revealSecret'))('that is shown again is the one that works', async () => {
      const { provider, seeds, call, accepts } = await open();
      const client = await seeds.client(await seeds.tenant());
      const input = { ...newSecretOf(provider), retrievable: true };
      const made = has('createSecret') && (await provider.createSecret?.(client, input, call));
      const id = made ? made.secret.id : (await seeds.secret(client)).id;
      const shown = await provider.revealSecret?.(id, call);
      expect(shown?.secret.id).toEqual(id);
      expect(await accepts(id, shown?.value.reveal() ?? '')).toBe(true);
    });

    it.runIf(minActiveSecrets > 0 && has('revokeSecret'))(
      'of the last secret that the vendor keeps ends with its client alone',
      async () => {
        const { provider, seeds, accepts, clock, call } = await open();
        const client = await seeds.client(await seeds.tenant());
        const { id, value } = await seeds.secret(client);
        const isEnded = await provider.revokeSecret?.(id, call).then(
          () => true,
          () => false,
        );
        clock.pass(revocationDelayMs);
        expect(await accepts(id, value)).toBe(!isEnded);
        expect((await one(provider.getClients([client], call))) === null).toBe(isEnded);
      },
    );

    it.runIf(has('deleteClient'))('works no more when its client is deleted, if it can be', async () => {
      const opened = await openSecret();
      const { provider, client, call } = opened;
      const isDeleted = await provider.deleteClient?.(client, call).then(
        () => true,
        () => false,
      );
      expect((await one(provider.getClients([client], call))) === null).toBe(isDeleted);
      expect(await worksThen(opened)).toBe(!isDeleted);
    });

    it.runIf(has('updateClient'))('is not ended by a change of its client', async () => {
      const opened = await openSecret();
      const { enabled: _, ...change } = changes.client ?? {};
      await opened.provider.updateClient?.(opened.client, change, opened.call);
      expect(await worksThen(opened)).toBe(true);
    });

    it.runIf(has('updateClient'))('rests while its client is switched off, if it can be', async () => {
      const opened = await openSecret();
      const { provider, client, call } = opened;
      const isOff = await provider.updateClient?.(client, { enabled: false }, call).then(
        () => true,
        () => false,
      );
      expect(await worksThen(opened)).toBe(!isOff);
      if (isOff) await provider.updateClient?.(client, { enabled: true }, call);
      expect(await worksThen(opened)).toBe(true);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { CLIENT_SECRET_STATUSES, type ClientSecret } from '../../src/domain/client-secret.ts';
import { FIRST_PAGE, found, one } from './answers.ts';
import { seedEndableSecret } from './endable-secret.ts';
import type { Subject } from './harness.ts';

/** No stretch of a hint is as long a part of the value as this. */
const GIVEN_AWAY = 1 / 3;

export function describeSecretFacts({ open, has, traits }: Subject): void {
  const { minActiveSecrets, maxActiveSecrets } = traits;
  const hasRoom = maxActiveSecrets === null || maxActiveSecrets > minActiveSecrets + 1;

  const openClient = async () => {
    const stage = await open();
    const { provider, seeds, call } = stage;
    const client = await seeds.client(await seeds.tenant());
    const { id, value } = await seedEndableSecret(stage, client);
    const list = async (status: ClientSecret['status'] | null = null) => {
      const page = { ...FIRST_PAGE, status: status && [status] };
      return (await one(provider.listSecrets([client], page, call))).items.map(({ node }) => node);
    };
    return { ...stage, client, id, value, list };
  };

  describe('what is told of one secret', () => {
    it('hints at the value, and gives no third of it away', async () => {
      const { provider, id, value, call } = await openClient();
      const { hint } = await found(provider.getSecrets([id], call));
      const length = Math.ceil(value.length * GIVEN_AWAY);
      const stretches = Array.from({ length: value.length - length + 1 }, (_, at) =>
        value.slice(at, at + length),
      );
      expect(stretches.filter((stretch) => hint?.includes(stretch))).toEqual([]);
    });

    it('says that it can be shown again only where it can', async () => {
      const { provider, id, value, call } = await openClient();
      const { retrievable } = await found(provider.getSecrets([id], call));
      const shown = retrievable ? await provider.revealSecret?.(id, call) : null;
      expect(shown?.value.reveal()).toBe(retrievable ? value : undefined);
      expect(retrievable && !has('revealSecret')).toBe(false);
    });

    it('has a state that agrees with all its dates and counts', async () => {
      const { list, clock } = await openClient();
      const secrets = await list();
      expect(secrets.length).toBeGreaterThan(0);
      expect(secrets.filter((secret) => contradictsItself(secret, clock.now()))).toEqual([]);
    });

    it('is listed under its own state, and under no other', async () => {
      const { provider, seeds, client, id, list, call } = await openClient();
      if (has('disableSecret')) await provider.disableSecret?.(id, call);
      if (hasRoom && has('revokeSecret'))
        await provider.revokeSecret?.((await seeds.secret(client)).id, call);
      const all = await list();
      const byState = await Promise.all(CLIENT_SECRET_STATUSES.map((status) => list(status)));
      CLIENT_SECRET_STATUSES.forEach((status, i) => {
        expect(byState[i]).toEqual(all.filter((secret) => secret.status === status));
      });
    });
  });
}

function contradictsItself(
  { status, expiresAt, revokedAt, useCount, maxUses }: ClientSecret,
  now: Date,
): boolean {
  const isOver = expiresAt !== null && expiresAt <= now;
  const isUsedUp = maxUses !== null && (useCount ?? 0) >= maxUses;
  if (status === 'ACTIVE') return isOver || isUsedUp || revokedAt !== null;
  return status === 'EXPIRED' && !isOver;
}

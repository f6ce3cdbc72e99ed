import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/duration.ts';
import type { ClientSecret, IssuedSecret } from '../../src/domain/client-secret.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import type { NewSecret } from '../../src/provider-kit/provider.ts';
import type { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf, FIRST_PAGE, found, newSecretOf, one } from './answers.ts';
import { seedEndableSecret } from './endable-secret.ts';
import type { Stage, Subject } from './harness.ts';

export function describeSecrets({ open, has, traits, changes }: Subject): void {
  describe('client secrets', () => {
    it.runIf(has('createSecret'))(
      'a new one is given with its value, and then listed as active',
      async () => {
        const stage = await open();
        const { issued, listed } = await create(stage);
        const { secret: _, ...id } = issued.secret.id;
        const client = await found(stage.provider.getClients([id], stage.call));
        const { description } = newSecretOf(stage.provider);
        expect(issued).toMatchObject({
          clientId: client.clientId,
          secret: { status: 'ACTIVE', description },
        });
        expect(issued.value.reveal().length).toBeGreaterThanOrEqual(16);
        expect(listed).toEqual([issued.secret]);
        expect(await one(stage.provider.getSecrets([issued.secret.id], stage.call))).toEqual(issued.secret);
      },
    );

    it.runIf(has('createSecret'))('no two values are the same', async () => {
      const stage = await open();
      const values = [await create(stage), await create(stage)].map(({ issued }) => issued.value.reveal());
      expect(new Set(values).size).toBe(2);
    });

    it.runIf(has('revokeSecret'))(
      'revoking ends it; again it is the same, or forgotten by the vendor',
      async () => {
        const stage = await open();
        const { provider, seeds, clock, call } = stage;
        const { id } = await seedEndableSecret(stage, await seeds.client(await seeds.tenant()));
        const first = await provider.revokeSecret?.(id, call);
        expect(first?.status).toBe('REVOKED');
        clock.pass(MINUTE);
        const read = await one(provider.getSecrets([id], call));
        expect([undefined, 'REVOKED']).toContain(read?.status);
        const again = await provider.revokeSecret?.(id, call).catch(({ code, applied }: ProviderError) => ({
          code,
          applied,
        }));
        const isForgotten = read === null && again !== undefined && 'code' in again;
        expect(again).toMatchObject(
          isForgotten ? { code: 'not_found', applied: 'no' } : timeless(first ?? {}),
        );
      },
    );

    it.runIf(has('disableSecret', 'enableSecret'))('switched off and on; twice is once', async () => {
      const stage = await open();
      const { provider, seeds, call } = stage;
      const { id } = await seedEndableSecret(stage, await seeds.client(await seeds.tenant()));
      const states: unknown[] = [];
      for (const change of ['disableSecret', 'disableSecret', 'enableSecret', 'enableSecret'] as const) {
        states.push((await provider[change]?.(id, call))?.status);
        expect((await found(provider.getSecrets([id], call))).status).toBe(states.at(-1));
      }
      expect(states).toEqual(['DISABLED', 'DISABLED', 'ACTIVE', 'ACTIVE']);
    });

    it.runIf(has('updateSecret'))('a change changes only what is given', async () => {
      const { provider, seeds, call } = await open();
      const { id } = await seeds.secret(await seeds.client(await seeds.tenant()));
      const before = await found(provider.getSecrets([id], call));
      const given = changes.secret ?? {};
      const after = await provider.updateSecret?.(id, given, call);
      expect(after && timeless(after)).toEqual(timeless({ ...before, ...given }));
      expect(await one(provider.getSecrets([id], call))).toEqual(after);
    });

    it.runIf(has('createSecret', 'revealSecret'))('a value that was kept can be shown again', async () => {
      const stage = await open();
      const { issued } = await create(stage, { retrievable: true });
      const shown = await stage.provider.revealSecret?.(issued.secret.id, stage.call);
      expect([shown?.value.reveal(), shown?.clientId]).toEqual([issued.value.reveal(), issued.clientId]);
    });

    it.runIf(has('verifySecret'))(
      'the right value is right, any other and any stranger learn nothing',
      async () => {
        const stage = await open();
        const { issued } = await create(stage);
        const { clientId, value, secret } = issued;
        const verify = (given: SecretValue, mayUse: boolean) =>
          stage.provider.verifySecret?.({ clientId, value: given, mayUse: () => mayUse }, stage.call);
        const mismatch = { valid: false, reason: 'MISMATCH', secret: null };
        expect(await verify(value, true)).toMatchObject({ valid: true, secret: { id: secret.id } });
        expect(await verify(new SecretValue(`${value.reveal()}x`), true)).toEqual(mismatch);
        expect(await verify(value, false)).toEqual(mismatch);
      },
    );

    it.runIf(has('createSecret') && traits.secretLifetime !== null)('ends when it was told to', async () => {
      const stage = await open();
      const expiresAt = new Date(stage.clock.now().getTime() + 2 * DAY);
      const { issued } = await create(stage, { expiresAt });
      expect(issued.secret.expiresAt).toEqual(expiresAt);
      stage.clock.pass(2 * DAY + 1);
      const [read] = await stage.provider.getSecrets([issued.secret.id], stage.call);
      expect([null, undefined, 'EXPIRED']).toContain(read && 'status' in read ? read.status : read);
    });

    const { minMs = null, maxMs = null } = traits.secretLifetime ?? {};
    const outside = [-1, 0, ...(minMs === null ? [] : [minMs - 1]), ...(maxMs === null ? [] : [maxMs + 1])];
    describe.each(traits.secretLifetime === null ? [DAY] : outside)('a lifetime of %d ms', (lifetimeMs) => {
      it.runIf(has('createSecret'))('is refused, and nothing is sent', async () => {
        const stage = await open();
        const client = await stage.seeds.client(await stage.seeds.tenant());
        const before = stage.traffic();
        const expiresAt = new Date(stage.clock.now().getTime() + lifetimeMs);
        const failure = await failureOf(
          stage.provider.createSecret?.(client, { ...newSecretOf(stage.provider), expiresAt }, stage.call),
        );
        const fields = [{ path: ['expiresAt'] }];
        expect(failure).toMatchObject({ code: 'invalid_input', applied: 'no', fields });
        expect(stage.traffic()).toBe(before);
      });
    });

    it.runIf(has('createSecret') && traits.maxActiveSecrets !== null)(
      'there are so many, and no more',
      async () => {
        const stage = await open();
        const client = await stage.seeds.client(await stage.seeds.tenant());
        const limit = traits.maxActiveSecrets ?? 0;
        for (let i = 0; i < limit; i += 1) await stage.seeds.secret(client);
        const failure = await failureOf(
          stage.provider.createSecret?.(client, newSecretOf(stage.provider), stage.call),
        );
        expect(failure).toMatchObject({ code: 'limit_reached', applied: 'no', limit });
      },
    );

    it('no write finds what is not there', async () => {
      const { provider, seeds, missing, call } = await open();
      const client = await seeds.client(await seeds.tenant());
      const secret = { ...client, secret: missing };
      const writes = [
        provider.createSecret?.({ ...client, client: missing }, newSecretOf(provider), call),
        provider.createSecret?.({ ...client, tenant: missing }, newSecretOf(provider), call),
        provider.updateSecret?.(secret, { description: 'x' }, call),
        provider.disableSecret?.(secret, call),
        provider.enableSecret?.(secret, call),
        provider.revokeSecret?.(secret, call),
        provider.revealSecret?.(secret, call),
      ].filter((write) => write !== undefined);
      const failures = await Promise.all(writes.map(failureOf));
      expect(failures.map(({ code, applied }) => [code, applied])).toEqual(
        failures.map(() => ['not_found', 'no']),
      );
    });
  });
}

async function create(
  { provider, seeds, call }: Stage,
  given: Partial<NewSecret> = {},
): Promise<{ issued: IssuedSecret; listed: readonly ClientSecret[] }> {
  const client = await seeds.client(await seeds.tenant());
  const issued = await provider.createSecret?.(client, { ...newSecretOf(provider), ...given }, call);
  if (issued === undefined) throw new Error('there is no answer');
  const { items } = await one(provider.listSecrets([client], FIRST_PAGE, call));
  return { issued, listed: items.map(({ node }) => node) };
}

function timeless({ updatedAt: _updated, freshness: _freshness, ...rest }: Partial<ClientSecret>): object {
  return rest;
}

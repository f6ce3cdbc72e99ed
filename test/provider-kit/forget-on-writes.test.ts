import { expect, test } from 'vitest';
import type { Verification } from '../../src/domain/client-secret.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { forgetOnWrites } from '../../src/provider-kit/layers/forget-on-writes.ts';
import type { Call, Provider } from '../../src/provider-kit/provider.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { memoryProvider, SECRET, TENANT } from './memory-provider.ts';

const CALL: Call = { signal: new AbortController().signal, requestId: 'r' };

function open(methods: Partial<Provider>) {
  const events: (string | null)[] = [];
  const provider = forgetOnWrites(memoryProvider(methods), async (tenant) => {
    await Promise.resolve();
    events.push(tenant);
  });
  return { provider, events };
}

test('a write is forgotten before it is answered', async () => {
  const { provider, events } = open({ revokeSecret: async () => SECRET });
  const answer = provider.revokeSecret?.(SECRET.id, CALL).then(() => events.push('answered'));
  await answer;
  expect(events).toEqual(['t', 'answered']);
});

test('so is one that failed, in doubt or not', async () => {
  const { provider, events } = open({
    revokeSecret: () => Promise.reject(new ProviderError('unavailable', 'No.', { applied: 'maybe' })),
  });
  await expect(provider.revokeSecret?.(SECRET.id, CALL)).rejects.toMatchObject({ code: 'unavailable' });
  expect(events).toEqual(['t']);
});

test('a new tenant is of no tenant yet', async () => {
  const { provider, events } = open({ createTenant: async () => TENANT });
  await provider.createTenant?.({ name: 'Acme', description: null }, CALL);
  expect(events).toEqual([null]);
});

test('what changes nothing that is read has nothing forgotten', async () => {
  const issued = { secret: SECRET, clientId: 'c', value: new SecretValue('v') };
  const { provider, events } = open({
    revealSecret: async () => issued,
    verifySecret: async () => ({ valid: true, secret: SECRET }),
  });
  await provider.getSecrets([SECRET.id], CALL);
  await provider.listTenants({ limit: 1, direction: 'forward', cursor: null, withTotal: false }, CALL);
  await provider.revealSecret?.(SECRET.id, CALL);
  await provider.verifySecret?.({ clientId: 'c', value: issued.value, mayUse: () => true }, CALL);
  expect(events).toEqual([]);
});

test('a use of a secret that has so many and no more is as a write; where it was none, nothing is forgotten', async () => {
  const secret = { ...SECRET, maxUses: 5 };
  const told = async (verification: Verification) => {
    const { provider, events } = open({ verifySecret: async () => verification });
    const request = { clientId: 'c', value: new SecretValue('v'), mayUse: () => true };
    await provider.verifySecret?.(request, CALL).then(() => events.push('answered'));
    return events;
  };
  expect(await told({ valid: true, secret })).toEqual(['t', 'answered']);
  expect(await told({ valid: false, reason: 'EXHAUSTED', secret })).toEqual(['answered']);
  expect(await told({ valid: false, reason: 'MISMATCH', secret: null })).toEqual(['answered']);
});

test('what is absent stays absent', () => {
  expect(open({}).provider.createTenant).toBeUndefined();
});

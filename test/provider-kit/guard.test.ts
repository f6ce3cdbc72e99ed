import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { guard } from '../../src/provider-kit/layers/guard.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { CLIENT, memoryProvider, SECRET, TENANT } from './memory-provider.ts';
import { callOf, failureOf } from './test-upstream.ts';

const KEY = `kf_${'a'.repeat(49)}`;
const call = callOf();
const PAGE = { limit: 1, direction: 'forward', cursor: null, withTotal: false, status: null } as const;
const pageOf = <T>(node: T) => ({
  items: [{ node, cursor: '1' }],
  hasNext: false,
  hasPrevious: false,
  totalCount: 1,
});
const elsewhere = { ...TENANT.id, tenant: 'other' };

describe('lets pass what keeps the contract', () => {
  it.each([
    ['a thing', [TENANT], [TENANT.id]],
    ['nothing', [null], [TENANT.id]],
    ['an error', [new ProviderError('timeout', 'late')], [TENANT.id]],
    ['repeats', [TENANT, null, TENANT], [TENANT.id, elsewhere, TENANT.id]],
  ])('%s', async (_, answer, keys) => {
    const provider = guard(memoryProvider({ getTenants: async () => answer }));
    expect(await provider.getTenants(keys, call)).toEqual(answer);
  });

  it('a key that says more than it has to', async () => {
    const provider = guard(memoryProvider({ getTenants: async () => [TENANT] }));
    expect(await provider.getTenants([SECRET.id], call)).toEqual([TENANT]);
  });

  it('clients of a tenant and of an identity', async () => {
    const provider = guard(memoryProvider({ listClients: async (of) => of.map(() => pageOf(CLIENT)) }));
    const parents = [TENANT.id, { ...TENANT.id, identity: 'i' }];
    expect(await provider.listClients(parents, PAGE, call)).toHaveLength(2);
  });

  it('a name that looks like a value', async () => {
    const named = { ...CLIENT, name: KEY };
    const provider = guard(
      memoryProvider({ getClients: async () => [named], updateClient: async () => named }),
    );
    expect(await provider.getClients([CLIENT.id], call)).toEqual([named]);
    expect(await provider.updateClient?.(CLIENT.id, { name: KEY }, call)).toBe(named);
  });

  it('an issued value', async () => {
    const issued = { secret: SECRET, clientId: 'c', value: new SecretValue(KEY) };
    const provider = guard(memoryProvider({ createSecret: async () => issued }));
    const input = { description: null, expiresAt: null, maxUses: null, value: null, retrievable: null };
    expect(await provider.createSecret?.(CLIENT.id, input, call)).toBe(issued);
  });
});

describe('an answer that breaks the contract is malformed', () => {
  it.each([
    ['too few', [TENANT.id, elsewhere], [TENANT]],
    ['too many', [TENANT.id], [TENANT, null]],
  ])('%s: all of them', async (_, keys, answer) => {
    const provider = guard(memoryProvider({ getTenants: async () => answer }));
    expect(await failureOf(provider.getTenants(keys, call))).toMatchObject({
      code: 'malformed',
      applied: 'no',
    });
  });

  it('out of order: those that are', async () => {
    const provider = guard(memoryProvider({ getTenants: async () => [TENANT, TENANT, null] }));
    const answers = await provider.getTenants([elsewhere, TENANT.id, TENANT.id], call);
    expect(answers).toEqual([expect.objectContaining({ code: 'malformed', applied: 'no' }), TENANT, null]);
  });

  const value = new SecretValue(KEY);
  it.each([
    ['a secret of another client', { ...SECRET, id: { ...SECRET.id, client: 'other' } }],
    ['a value', { ...SECRET, value }],
    ['a value deep inside', { ...SECRET, more: [{ of: value }] }],
  ])('%s: that one alone', async (_, bad) => {
    const provider = guard(memoryProvider({ listSecrets: async () => [pageOf(bad), pageOf(SECRET)] }));
    const [first, second] = await provider.listSecrets([CLIENT.id, CLIENT.id], PAGE, call);
    expect(first).toMatchObject({ code: 'malformed', applied: 'no' });
    expect(second).toEqual(pageOf(SECRET));
  });

  it('a list of tenants with a value', async () => {
    const provider = guard(memoryProvider({ listTenants: async () => pageOf({ ...TENANT, value }) }));
    expect((await failureOf(provider.listTenants(PAGE, call))).code).toBe('malformed');
  });

  it('a write that answers with a value may have been done', async () => {
    const provider = guard(memoryProvider({ revokeSecret: async () => ({ ...SECRET, value }) }));
    const failure = await failureOf(provider.revokeSecret?.(SECRET.id, call) ?? Promise.resolve());
    expect(failure).toMatchObject({ code: 'malformed', applied: 'maybe' });
  });
});

it('an unknown error keeps its name, codes and place, and loses its words', async () => {
  const driver = Object.assign(new Error('canary in detail'), { code: '23505' });
  const bug = new TypeError('canary in message', { cause: driver });
  const provider = guard(memoryProvider({ deleteTenant: () => Promise.reject(bug) }));
  const failure = await failureOf(provider.deleteTenant?.(TENANT.id, call) ?? Promise.resolve());
  expect(failure).toMatchObject({ code: 'malformed', applied: 'maybe' });
  expect(failure.cause).toMatchObject({
    message: 'TypeError < Error 23505',
    stack: expect.stringContaining('guard.test.ts'),
  });
  expect(inspect(failure, { depth: null })).not.toContain('canary');
});

it('a ProviderError passes as it is', async () => {
  const failure = new ProviderError('conflict', 'taken');
  const provider = guard(memoryProvider({ listTenants: () => Promise.reject(failure) }));
  expect(await failureOf(provider.listTenants(PAGE, call))).toBe(failure);
});

import { expect, it } from 'vitest';
import { namedTenant, oneTenant } from '../../src/provider-kit/one-tenant.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { TENANT } from './memory-provider.ts';
import { callOf, failureOf } from './test-upstream.ts';

const PAGE = { limit: 1, direction: 'forward', cursor: null, withTotal: true } as const;

it('the one tenant is found and listed, asked for once', async () => {
  let asked = 0;
  const reads = oneTenant(async () => {
    asked += 1;
    return namedTenant(TENANT.id, TENANT.name, TENANT.freshness.asOf);
  });
  expect(await reads.getTenants([TENANT.id, TENANT.id], callOf())).toEqual([TENANT, TENANT]);
  expect(asked).toBe(1);
  const page = await reads.listTenants(PAGE, callOf());
  expect(page).toMatchObject({ items: [{ node: TENANT }], hasNext: false, totalCount: 1 });
  const [{ cursor }] = [page.items[0]!];
  expect(await reads.listTenants({ ...PAGE, cursor }, callOf())).toMatchObject({ items: [], totalCount: 1 });
});

it('what it fails with is an answer to the keys, and fails the list', async () => {
  const failure = new ProviderError('forbidden', 'No.');
  const reads = oneTenant(() => Promise.reject(failure));
  expect(await reads.getTenants([TENANT.id], callOf())).toEqual([failure]);
  expect(await failureOf(reads.listTenants(PAGE, callOf()))).toBe(failure);
});

import { expect, it } from 'vitest';
import { around } from '../../src/provider-kit/around.ts';
import { memoryProvider, TENANT } from './memory-provider.ts';
import { callOf } from './test-upstream.ts';

it('a layer sees each call, and absent methods stay absent', async () => {
  const seen: unknown[] = [];
  const provider = around(memoryProvider({ deleteTenant: async () => {} }), (method, args, run) => {
    seen.push([method, args[0]]);
    return run();
  });
  expect(await provider.getTenants([TENANT.id], callOf())).toEqual([null]);
  await provider.deleteTenant?.(TENANT.id, callOf());
  expect(seen).toEqual([
    ['getTenants', [TENANT.id]],
    ['deleteTenant', TENANT.id],
  ]);
  expect([provider.name, provider.createTenant, 'createTenant' in provider]).toEqual([
    'memory',
    undefined,
    false,
  ]);
});

import { expect, it } from 'vitest';
import { markWrites } from '../../src/provider-kit/layers/mark-writes.ts';
import { memoryProvider, SECRET } from './memory-provider.ts';
import { callOf } from './test-upstream.ts';

it('the call of a write says so, that of a read is the same as before', async () => {
  const calls: unknown[] = [];
  const provider = markWrites(
    memoryProvider({
      getSecrets: async (_ids, call) => {
        calls.push(call);
        return [SECRET];
      },
      revokeSecret: async (_id, call) => {
        calls.push(call);
        return SECRET;
      },
    }),
  );
  const call = callOf();
  await provider.getSecrets([SECRET.id], call);
  expect(await provider.revokeSecret?.(SECRET.id, call)).toBe(SECRET);
  expect(calls[0]).toBe(call);
  expect(calls[1]).toEqual({ ...call, isWrite: true });
});

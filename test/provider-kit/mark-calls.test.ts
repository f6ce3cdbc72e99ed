import { expect, it } from 'vitest';
import { markCalls } from '../../src/provider-kit/layers/mark-calls.ts';
import type { Call } from '../../src/provider-kit/provider.ts';
import { memoryProvider, SECRET } from './memory-provider.ts';
import { callOf } from './test-upstream.ts';

function open() {
  const calls: Call[] = [];
  const own = memoryProvider({
    getSecrets: async (_ids, call) => {
      calls.push(call);
      return [SECRET];
    },
    revokeSecret: async (_id, call) => {
      calls.push(call);
      return SECRET;
    },
  });
  return { provider: markCalls(own, (isWrite) => (isWrite ? 2 : 7)), calls };
}

it('each call says whether it serves a write, how much room there is for such, and whose share it takes', async () => {
  const { provider, calls } = open();
  const call = callOf();
  expect(await provider.getSecrets([SECRET.id], call)).toEqual([SECRET]);
  expect(await provider.revokeSecret?.(SECRET.id, call)).toBe(SECRET);
  const said = calls.map(({ isWrite, room, share }) => ({ isWrite, room: room?.(), share }));
  expect(said).toEqual([
    { isWrite: false, room: 7, share: call.share },
    { isWrite: true, room: 2, share: call.share },
  ]);

  const { share: _, ...alone } = call;
  await provider.getSecrets([SECRET.id], alone);
  expect(calls[2]?.share).toBe(alone);
});

it('a read that serves a write stays one that does', async () => {
  const { provider, calls } = open();
  await provider.getSecrets([SECRET.id], { ...callOf(), isWrite: true });
  expect(calls[0]?.isWrite).toBe(true);
  expect(calls[0]?.room?.()).toBe(2);
});

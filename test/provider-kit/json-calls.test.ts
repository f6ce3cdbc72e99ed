import { expect, it } from 'vitest';
import { z } from 'zod';
import { jsonCalls } from '../../src/provider-kit/json-calls.ts';
import type { UpstreamRequest } from '../../src/provider-kit/upstream.ts';
import { callOf } from './test-upstream.ts';

function open() {
  const sent: UpstreamRequest[] = [];
  const calls = jsonCalls({
    async send(request) {
      sent.push(request);
      return { status: 200, headers: {}, json: { ok: true, more: 1 } };
    },
  });
  return { sent, ...calls };
}
const reply = z.object({ ok: z.boolean() });

it('each sends its method, and answers with what is used of the reply', async () => {
  const { sent, get, post, put, patch } = open();
  const answers = [
    await get('/a', reply, callOf(), { b: 'c' }),
    await post('/a', { d: 1 }, reply, callOf()),
    await put('/a', { d: 2 }, reply, callOf()),
    await patch('/a', { d: 3 }, reply, callOf()),
  ];
  expect(answers).toEqual(answers.map(() => ({ ok: true })));
  expect(sent).toEqual([
    { method: 'GET', path: '/a', query: { b: 'c' } },
    { method: 'POST', path: '/a', json: { d: 1 } },
    { method: 'PUT', path: '/a', json: { d: 2 }, repeatable: true },
    { method: 'PATCH', path: '/a', json: { d: 3 }, repeatable: true },
  ]);
});

it('what differs is said', async () => {
  const { sent, post, patch } = open();
  await post('/search', {}, reply, callOf(), { safe: true });
  await patch('/a', {}, reply, callOf(), {});
  expect(sent.map(({ safe, repeatable }) => [safe, repeatable])).toEqual([
    [true, undefined],
    [undefined, undefined],
  ]);
});

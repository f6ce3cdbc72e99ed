import { expect, it } from 'vitest';
import { z } from 'zod';
import { ask } from '../../src/provider-kit/ask.ts';
import { callOf, failureOf, openUpstream } from './test-upstream.ts';

it('answers with what is used of the reply', async () => {
  const { upstream } = await openUpstream();
  const reply = z.object({ acted: z.number() });
  expect(await ask(upstream, { method: 'GET', path: '/a' }, reply, callOf())).toEqual({ acted: 1 });
});

it.each([
  ['GET', undefined, 'no'],
  ['POST', true, 'no'],
  ['POST', undefined, 'maybe'],
  ['DELETE', undefined, 'maybe'],
] as const)(
  'what cannot be read of a %s (safe: %s) is malformed, applied: %s',
  async (method, safe, applied) => {
    const { upstream, acted } = await openUpstream();
    const request = { method, path: '/a', ...(safe !== undefined && { safe }) };
    expect(await failureOf(ask(upstream, request, z.object({ other: z.string() }), callOf()))).toMatchObject({
      code: 'malformed',
      applied,
    });
    expect(acted()).toBe(1);
  },
);

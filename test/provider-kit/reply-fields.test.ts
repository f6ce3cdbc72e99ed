import { expect, it } from 'vitest';
import { z } from 'zod';
import { moment, requestId, secretValue, within } from '../../src/provider-kit/reply-fields.ts';

it('a moment, and what is none', () => {
  expect(moment.parse('2026-05-01T09:30:00.125Z')).toEqual(new Date('2026-05-01T09:30:00.125Z'));
  for (const none of ['soon', null, 5]) expect(moment.safeParse(none).success).toBe(false);
});

it('what a reply wraps, and nothing else of it', () => {
  const wrapped = within('identity', z.object({ id: z.string() }));
  expect(wrapped.parse({ identity: { id: 'a', more: 1 }, more: 2 })).toEqual({ id: 'a' });
  for (const none of [{}, { id: 'a' }, { identity: null }, null, [], 'identity'])
    expect(wrapped.safeParse(none).success).toBe(false);
});

it('a value does not print', () => {
  expect(secretValue.parse('7be1').reveal()).toBe('7be1');
  expect(JSON.stringify(secretValue.parse('7be1'))).not.toContain('7be1');
  expect(secretValue.safeParse('').success).toBe(false);
});

it('the id of a request, and nothing that is none', () => {
  const id = requestId(/^req-\w{1,40}$/);
  expect([id.parse('req-1aZ'), id.parse('a text'), id.parse(undefined)]).toEqual(['req-1aZ', null, null]);
});

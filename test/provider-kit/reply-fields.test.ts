import { expect, it } from 'vitest';
import { z } from 'zod';
import { listOf, moment, requestId, secretValue, within } from '../../src/provider-kit/reply-fields.ts';

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

it('a list is read, and refused, as its schema alone has it', () => {
  const item = z.object({
    id: z.string(),
    at: moment.nullish(),
    more: z.unknown().optional().transform(Boolean),
  });
  const [compiled, plain] = [listOf(item), z.array(item)];
  const good = [{ id: 'a', at: '2026-05-01T09:30:00Z', more: 1, unknown: 2 }, { id: 'b' }];
  expect(compiled.parse(good)).toEqual(plain.parse(good));
  expect(compiled.parse([])).toEqual([]);
  for (const bad of [null, {}, [null], [{ id: 1 }], [...good, { id: 'c', at: 'soon' }]]) {
    const { error } = compiled.safeParse(bad);
    expect(error?.issues).toEqual(plain.safeParse(bad).error?.issues);
    expect(error).toBeDefined();
  }
});

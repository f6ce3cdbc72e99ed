import { expect, test } from 'vitest';
import { isStorableJson, isStorableMoment, isStorableText, storableText } from '../../src/domain/storable.ts';

test.each(['', 'a', '\u0001\n\u007f', '中', '\ud83d\ude00', '\ufffd'])('%j is kept as it is', (text) => {
  expect(isStorableText(text)).toBe(true);
  expect(storableText(text)).toBe(text);
});

test.each([
  ['\0', '\ufffd'],
  ['a\0b\0', 'a\ufffdb\ufffd'],
  ['\ud800', '\ufffd'],
  ['\udc00\ud800', '\ufffd\ufffd'],
  ['\ud83d\ude00\ud83d', '\ud83d\ude00\ufffd'],
])('%j cannot be kept', (text, instead) => {
  expect(isStorableText(text)).toBe(false);
  expect(storableText(text)).toBe(instead);
});

test.each([{ a: '\0' }, { '\ud800': 1 }, { a: { b: [null, 1, true, ['\0']] } }, [{ 'a\0': null }]])(
  'one such text anywhere in JSON is enough: %j',
  (value) => {
    expect(isStorableJson(value)).toBe(false);
  },
);

test('JSON without such a text can be kept', () => {
  expect(isStorableJson({ a: [null, 1, true, { b: '\ud83d\ude00' }] })).toBe(true);
});

test.each([
  ['0001-01-01T00:00:00.000Z', true],
  ['9999-12-31T23:59:59.999Z', true],
  ['0000-12-31T23:59:59.999Z', false],
  ['+010000-01-01T00:00:00.000Z', false],
  ['no date', false],
])('can the moment %s be kept? %s', (text, expected) => {
  expect(isStorableMoment(new Date(text))).toBe(expected);
});

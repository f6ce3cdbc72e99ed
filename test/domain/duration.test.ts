import { expect, test } from 'vitest';
import { DAY, formatDuration, HOUR, MINUTE, parseDuration, SECOND, WEEK } from '../../src/domain/duration.ts';

test.each([
  ['PT0S', 0],
  ['PT24H', DAY],
  ['P30D', 30 * DAY],
  ['P2W', 2 * WEEK],
  ['P1DT2H3M4S', DAY + 2 * HOUR + 3 * MINUTE + 4 * SECOND],
  ['PT1.5S', 1500],
  ['PT0.001S', 1],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  '',
  'P',
  'PT',
  'P1DT',
  '1D',
  'P1Y',
  'P1M',
  'P-1D',
  '-P1D',
  'PT1H30',
  'p1d',
  'P1.5D',
  'P99999999999999999D',
])('%o is no duration of fixed length', (text) => {
  expect(parseDuration(text)).toBeNull();
});

test.each([
  [0, 'PT0S'],
  [DAY, 'P1D'],
  [HOUR + 30 * MINUTE, 'PT1H30M'],
  [8 * DAY + 1500, 'P8DT1.5S'],
])('%d ms is %s, and comes back', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
  expect(parseDuration(text)).toBe(ms);
});

import { expect, test } from 'vitest';
import { median, percentile, range } from '../../bench/statistics.ts';

const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

test('a percentile is one of the numbers, which so many do not exceed', () => {
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([3, 1, 2], 0.99)).toBe(3);
});

test('the median is the one in the middle, or between the two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 10, 2])).toBe(3);
});

test('of nothing there is neither', () => {
  expect(percentile([], 0.5)).toBeNaN();
  expect(median([])).toBeNaN();
});

test('numbers keep their order', () => {
  const given = [3, 1, 2];
  percentile(given, 0.5);
  median(given);
  expect(given).toEqual([3, 1, 2]);
});

test('a range goes from the least to the most', () => {
  expect(range([2, 9, 4])).toEqual([2, 9]);
});

import { expect, test } from 'vitest';
import { goalOf } from '../../bench/outcome.ts';
import { goalTable, machine, machineLine } from '../../bench/report.ts';
import { number } from '../../bench/table.ts';

test('numbers have three digits, or all before the point', () => {
  expect([0.70512, 12.345, 123.6, 4567.8, 2].map(number)).toEqual(['0.705', '12.3', '124', '4568', '2']);
});

test('a goal that is missed stands out', () => {
  const given = { scenario: 'nested', what: 'requests/s', range: [0.6, 0.8], byCpu: 0.75 } as const;
  const goal = { ...given, unit: 'times', bound: 'at least', goal: 0.7 } as const;
  const text = goalTable([goalOf({ ...goal, measured: 0.71 }), goalOf({ ...goal, measured: 0.69 })]);
  expect(text.split('\n')).toEqual([
    '| scenario | figure     | measured | rounds     | by CPU time | goal         | met |',
    '| -------- | ---------- | -------- | ---------- | ----------- | ------------ | --- |',
    '| nested   | requests/s | 0.71     | 0.6 to 0.8 | 0.75        | at least 0.7 | yes |',
    '| nested   | requests/s | 0.69     | 0.6 to 0.8 | 0.75        | at least 0.7 | NO  |',
  ]);
});

test('the machine is told without its name', () => {
  const facts = machine('18.4', true);
  expect(machineLine({ ...facts, cores: 2, processor: 'Some CPU', node: 'v20.20.2' })).toBe(
    '2 cores (Some CPU), Node.js v20.20.2, PostgreSQL 18.4; the server under test on a core of its own',
  );
});

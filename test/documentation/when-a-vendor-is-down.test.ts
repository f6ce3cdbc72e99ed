import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { LOCAL_LIMITS } from '../../src/config/provider-limits.ts';
import { formatDuration } from '../../src/domain/duration.ts';
import { UPSTREAM_LIMITS } from '../../src/provider-kit/upstream-limits.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/when-a-vendor-is-down.md'), 'utf8');
/** The second column of the row that begins so. */
const told = (row: string) =>
  page
    .split('\n')
    .find((line) => line.startsWith(`| ${row}`))
    ?.split('|')[2]
    ?.trim()
    .replaceAll('`', '');

test('the times are those that hold', () => {
  const { requestDeadlineMs } = loadConfig({ env: {}, cwd: '/nowhere' });
  expect(told('one read of a vendor')).toBe(formatDuration(LOCAL_LIMITS.readDeadlineMs));
  expect(told('all reads of one request')).toBe(formatDuration(requestDeadlineMs));
  expect(told('one request to a vendor that changes')).toBe(formatDuration(UPSTREAM_LIMITS.unsafeDeadlineMs));
  expect(told('for how long nothing is sent')).toBe(formatDuration(UPSTREAM_LIMITS.breakMs));
});

test.each<[string, keyof typeof UPSTREAM_LIMITS]>([
  ['failures in a row', 'failuresToBreak'],
  ['tries of a request', 'maxTries'],
  ['requests at once that serve reads', 'concurrent'],
  ['of these, for work', 'concurrentOfBackground'],
  ['requests at once that serve writes', 'concurrentOfWrites'],
  ['requests that one caller', 'requestsOfCall'],
])('%s: as many as there are', (row, limit) => {
  expect(told(row)).toBe(String(UPSTREAM_LIMITS[limit]));
});

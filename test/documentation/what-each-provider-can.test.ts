import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OPERATIONS } from '../../src/domain/operation.ts';
import { ARENAS } from '../end-to-end/arenas.ts';

const PAGE = join(import.meta.dirname, '../../docs/what-each-provider-can.md');
/** The columns of the page; LaunchDarkly as it is with access tokens, which can more than without. */
const COLUMNS = ['infisical', 'aveva', 'zstack, zsphere', 'alibaba-eiam', 'launchdarkly, token'];

test('the ticks of the page are what the adapters can', () => {
  const rows = readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map(([, operation]) => operation)).toEqual(OPERATIONS.map((operation) => `\`${operation}\``));
  const ticked = (column: number) =>
    OPERATIONS.filter((_, row) => rows[row]?.[column]?.startsWith('✓') === true);
  expect(ticked(2)).toEqual(OPERATIONS);
  for (const [i, name] of COLUMNS.entries()) {
    const arena = ARENAS.find((it) => it.name === name);
    expect([name, ticked(i + 3)]).toEqual([name, arena?.capabilities.operations]);
  }
});

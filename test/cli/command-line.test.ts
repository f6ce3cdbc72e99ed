import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';

describe('a command line', () => {
  test('asks for the audit trail', () => {
    expect(parseCommandLine(['audit', 'verify'])).toEqual({ command: 'audit verify', expected: null });
  });

  test.each([
    ['12:ab34', { sequence: 12, hash: 'ab34' }],
    ['0:cd', { sequence: 0, hash: 'cd' }],
  ])('expects the end %s', (end, expected) => {
    expect(parseCommandLine(['audit', 'verify', '--expect', end])).toEqual({
      command: 'audit verify',
      expected,
    });
  });

  test.each([
    [[]],
    [['audit']],
    [['verify']],
    [['audit', 'verify', 'more']],
    [['audit', 'verify', '--force']],
    [['audit', 'verify', '--expect']],
    [['audit', 'verify', '--expect', 'ab34']],
    [['audit', 'verify', '--expect', '-1:ab34']],
    [['audit', 'verify', '--expect', '0:']],
  ])('%j is none', (args) => {
    expect(parseCommandLine(args)).toBeNull();
  });
});

import { expect, it } from 'vitest';
import { refuseDropped } from '../../src/provider-kit/dropped-fields.ts';

it('what is kept, even as null or false, was not dropped', () => {
  expect(() =>
    refuseDropped('Acme', { size: 1, lock: true }, { size: null, lock: false }, 'no'),
  ).not.toThrow();
});

it.each([
  ['no', 'This version of Acme has no lock, colour; nothing was changed.'],
  ['maybe', 'This version of Acme has no lock, colour; it was made without.'],
] as const)('what has no place is named, applied: %s', (applied, message) => {
  const asked = { lock: 'canary', size: 1, colour: 'canary' };
  expect(() => refuseDropped('Acme', asked, { size: 2 }, applied)).toThrow(
    expect.objectContaining({ code: 'unsupported', message, applied }),
  );
});

import { expect, it } from 'vitest';
import { joinId, splitId } from '../../src/provider-kit/compound-id.ts';

const KINDS = ['cc', 'hy'] as const;

it.each(['0d3c', '', 'cc:x', 'a:b/c', '中'])('%s comes back', (id) => {
  for (const kind of KINDS) expect(splitId(joinId(kind, id), KINDS)).toEqual({ kind, id });
});

it.each(['', 'cc', 'xx:1', ' cc:1', 'CC:1'])('%s is of no kind', (text) => {
  expect(splitId(text, KINDS)).toBeNull();
});

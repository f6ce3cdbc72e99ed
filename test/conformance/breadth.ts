import type { TestContext } from 'vitest';

type Suite = TestContext['task']['suite'];

/** What one provider was held to: counted while it is, so that what is skipped or fails counts for nothing. */
export interface Breadth {
  note(test: TestContext['task']): void;
  count(): { readonly promises: number; readonly faultsOfReads: number; readonly faultsOfWrites: number };
}

/** A promise is one title, whatever the rows that it is kept for; a fault is one row under the title of its theme. */
export function createBreadth(): Breadth {
  const promises = new Set<string>();
  const faults = { 'faults of reads': new Set<string>(), 'faults of writes': new Set<string>() };

  return {
    note({ name, suite, each, result }) {
      if (each) throw new Error(`${name}: rows belong to describe.each, so that a title is a promise`);
      if (result?.state !== 'pass') return;
      const suites = suitesAbove(suite);
      const titles = suites.filter(({ isRow }) => !isRow).map((above) => above.name);
      promises.add([...titles, name].join(' > '));
      for (const [theme, rows] of Object.entries(faults)) {
        const place = suites.findIndex((above) => above.name === theme);
        const row = place < 0 ? [] : suites.slice(place + 1).map((above) => above.name);
        if (row.length > 0) rows.add(row.join(' > '));
      }
    },
    count: () => ({
      promises: promises.size,
      faultsOfReads: faults['faults of reads'].size,
      faultsOfWrites: faults['faults of writes'].size,
    }),
  };
}

/** From the outermost in. */
function suitesAbove(suite: Suite): readonly { readonly name: string; readonly isRow: boolean }[] {
  if (suite === undefined) return [];
  return [...suitesAbove(suite.suite), { name: suite.name, isRow: suite.each === true }];
}

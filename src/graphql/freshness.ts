import type { Freshness } from '../domain/freshness.ts';
import { builder } from './builder.ts';

const FreshnessSourceEnum = builder.enumType('FreshnessSource', {
  description: 'Where an answer comes from.',
  values: {
    LIVE: { description: 'From the provider, in this request.' },
    CACHE: { description: 'From the provider, in an earlier request.' },
    INVENTORY: { description: 'From the list of what was last seen there.' },
  },
});

export const FreshnessRef = builder.objectRef<Freshness>('Freshness').implement({
  description: 'How old an answer is.',
  fields: (t) => ({
    asOf: t.expose('asOf', { type: 'DateTime', description: 'When it was so.' }),
    source: t.expose('source', { type: FreshnessSourceEnum, description: 'Where the answer comes from.' }),
  }),
});

import { parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** GraphiQL's question for the whole schema has about 200; checking a document costs more than in proportion to it. */
export const MAX_TOKENS = 2000;

/** Refuses a longer document while it is read, before it is checked. */
export function useTokenLimit(): Plugin {
  return {
    onParse: ({ setParseFn }) =>
      setParseFn((source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS })),
  };
}

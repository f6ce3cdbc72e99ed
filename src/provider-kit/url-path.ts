import { ProviderError } from './provider-error.ts';

/** Empty, a step within the path, or half a character, which no URL can carry. */
const NO_SEGMENT = /^\.{0,2}$|\p{Surrogate}/u;

/**
 * An absolute path in which each id is one segment: path`/api/v1/identities/${id}`. An id that cannot be one can be no
 * id of the vendor's either: `not_found`, and nothing is sent.
 */
export function path(texts: TemplateStringsArray, ...ids: readonly string[]): string {
  if (ids.some((id) => NO_SEGMENT.test(id)))
    throw new ProviderError('not_found', 'There is nothing with this id.');
  return String.raw({ raw: texts }, ...ids.map(encodeURIComponent));
}

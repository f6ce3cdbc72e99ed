import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { InvalidInputError } from '../domain/gateway-error.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const LONGEST_WORD = 64;
const MOST_WORDS = 500;
const MOST_SEARCHED = 32;

/**
 * The words of some texts, each once: runs of letters and digits of any script, in lower case. What can be written in
 * several ways (a letter and its accent, wide letters) is one word.
 */
export function wordsOf(texts: readonly (string | null)[]): readonly string[] {
  const found = texts.flatMap((text) => text?.normalize('NFKC').toLowerCase().match(WORD) ?? []);
  return [...new Set(found.map((word) => beginning(word, LONGEST_WORD)))].slice(0, MOST_WORDS);
}

/** At most so many characters of a text, none of them cut in half. */
export function beginning(text: string, length: number): string {
  return Array.from(text.slice(0, 2 * length))
    .slice(0, length)
    .join('');
}

/**
 * Holds where each word of the text begins a word of `words`. The query is built of letters and digits alone, so that
 * nothing in the text is read as syntax. Throws InvalidInputError.
 */
export function matchesSearch(words: SQLWrapper, text: string): SQL {
  const searched = wordsOf([text]);
  if (searched.length === 0) throw badSearch('needs a letter or a digit');
  if (searched.length > MOST_SEARCHED) throw badSearch(`must not have more than ${MOST_SEARCHED} words`);
  return sql`${words} @@ ${searched.map((word) => `'${word}':*`).join(' & ')}::tsquery`;
}

function badSearch(message: string): InvalidInputError {
  return new InvalidInputError([{ path: ['filter', 'search'], message }]);
}

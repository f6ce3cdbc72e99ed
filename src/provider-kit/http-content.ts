import type { UpstreamRequest } from './upstream.ts';

/** With its question mark, as it is sent and signed. Empty: there is none. */
export function queryOf({ query }: Pick<UpstreamRequest, 'query'>): string {
  let text = '';
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of value === undefined ? [] : [value].flat())
      text += `${text === '' ? '?' : '&'}${encode(name)}=${encode(String(one))}`;
  }
  return text;
}

/** `encodeURIComponent` leaves five of the reserved characters of RFC 3986 as they are, and rejects half a surrogate pair. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const COMMON = { accept: 'application/json', 'user-agent': 'keyfold' };
const FORM = { ...COMMON, 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TEXT = { ...COMMON, 'content-type': 'application/json' };

/** What is sent beside method and path; `signature` goes before all other headers. */
export function contentOf(
  { headers, json, form }: UpstreamRequest,
  signature: UpstreamRequest['headers'],
): { headers: Record<string, string>; body: string | null } {
  if (form !== undefined) {
    return { headers: { ...FORM, ...headers, ...signature }, body: new URLSearchParams(form).toString() };
  }
  if (json === undefined) return { headers: { ...COMMON, ...headers, ...signature }, body: null };
  return { headers: { ...JSON_TEXT, ...headers, ...signature }, body: JSON.stringify(json) };
}

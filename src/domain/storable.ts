import type { JsonObject, JsonValue } from './json.ts';

/** PostgreSQL keeps no U+0000, and UTF-8 has no form for half a surrogate pair: it comes back as another text. */
export function isStorableText(text: string): boolean {
  return storableText(text) === text;
}

/** The text with U+FFFD in place of each character that cannot be stored. */
export function storableText(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '\ufffd');
}

/** Holds of every text in it, keys included. */
export function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, item]) => isStorableText(key) && isStorableJson(item));
}

/** The object with every text in it as it can be stored, keys included. */
export function storableObject(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [storableText(key), storableJson(value)]),
  );
}

function storableJson(value: JsonValue): JsonValue {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  return isList(value) ? value.map(storableJson) : storableObject(value);
}

function isList(value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] {
  return Array.isArray(value);
}

const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

export const EARLIEST_MOMENT = new Date(FIRST);
export const LATEST_MOMENT = new Date(LAST);

/** RFC 3339 writes a year in four digits, and PostgreSQL knows no year 0. False for an invalid date. */
export function isStorableMoment(moment: Date): boolean {
  return moment.getTime() >= FIRST && moment.getTime() <= LAST;
}

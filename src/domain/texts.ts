import { isStorableText } from './storable.ts';

/** The texts of a JSON array of texts. Null for anything else, and where one of them cannot be stored. */
export function parseTexts(json: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.every(isText) ? value : null;
  } catch {
    return null;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && isStorableText(value);
}

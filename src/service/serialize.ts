import { SecretValue } from '../domain/secret-value.ts';

/**
 * Plain values, dates and secret values as text, to be sealed or hashed. Equal values give equal texts, whatever the
 * order of their keys.
 */
export function serialize(value: unknown): SecretValue {
  return new SecretValue(JSON.stringify(mark(value)));
}

/** Dates, secret values and `undefined` come back as what they were. */
export function deserialize(text: SecretValue): unknown {
  return unmark(JSON.parse(text.reveal()));
}

function mark(value: unknown): unknown {
  if (value === undefined) return { undefined: true };
  if (value instanceof Date) return { date: value.toISOString() };
  if (value instanceof SecretValue) return { secret: value.reveal() };
  if (Array.isArray(value)) return value.map(mark);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { object: entries.filter(([, item]) => item !== undefined).map(([key, item]) => [key, mark(item)]) };
}

function unmark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmark);
  if (typeof value !== 'object' || value === null) return value;
  if ('date' in value) return new Date(String(value.date));
  if ('secret' in value) return new SecretValue(String(value.secret));
  if ('object' in value && Array.isArray(value.object)) {
    return Object.fromEntries(value.object.map(([key, item]: [string, unknown]) => [key, unmark(item)]));
  }
  return undefined;
}

import { HOUR } from '../../../domain/duration.ts';
import type { Dialect } from '../config.ts';

const PACIFIC_MS = -8 * HOUR;

/**
 * As it goes over the wire: without the properties that are null, unless all are asked for (vendor facts, section 7).
 * Dates end with `Z` in v1, and in v1-preview have seven digits and an offset.
 */
export function toWire(value: unknown, dialect: Dialect, isVerbose: boolean): unknown {
  if (value instanceof Date) return dialect === 'v1' ? value.toISOString() : withOffset(value);
  if (Array.isArray(value)) return value.map((item) => toWire(item, dialect, isVerbose));
  if (typeof value !== 'object' || value === null) return value;
  const told = Object.entries(value).filter(([, property]) => isVerbose || property !== null);
  return Object.fromEntries(told.map(([name, property]) => [name, toWire(property, dialect, isVerbose)]));
}

function withOffset(date: Date): string {
  return new Date(date.getTime() + PACIFIC_MS).toISOString().replace('Z', '4882-08:00');
}

import type { JsonObject, JsonValue } from '../domain/json.ts';

/** Those that the vendor tells. */
export function attributesOf(values: Readonly<Record<string, JsonValue | null | undefined>>): JsonObject {
  const told = Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [[key, value]],
  );
  return Object.fromEntries(told);
}

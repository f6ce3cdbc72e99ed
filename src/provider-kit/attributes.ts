import type { JsonObject, JsonValue } from '../domain/json.ts';

/** Those that the vendor tells. */
export function attributesOf(values: Readonly<Record<string, JsonValue | null | undefined>>): JsonObject {
  const told: Record<string, JsonValue> = {};
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value !== undefined && value !== null) told[name] = value;
  }
  return told;
}

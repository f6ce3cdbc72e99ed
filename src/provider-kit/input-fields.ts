import { z } from 'zod';
import type { JsonObject } from '../domain/json.ts';
import { isStorableText } from '../domain/storable.ts';
import { invalidInput, ProviderError } from './provider-error.ts';

/** Refuses what a vendor has no place for, where it is given: not absent, null or empty. Public reasons, by field. */
export function refuseGiven<Field extends string>(
  input: { readonly [F in Field]?: unknown },
  reasons: Readonly<Record<Field, string>>,
): void {
  for (const field in reasons) {
    const value = input[field];
    const isGiven = Array.isArray(value)
      ? value.length > 0
      : value !== undefined && value !== null && value !== '';
    if (isGiven) throw invalidInput(field, reasons[field]);
  }
}

/** The text without space at its ends, as vendors keep it. `max` counts characters; what we cannot store is none that they keep. */
export function textOf(
  field: string,
  text: string,
  { max, required = false }: { readonly max: number; readonly required?: boolean },
): string {
  const trimmed = text.trim();
  if (required && trimmed === '') throw invalidInput(field, 'must not be empty');
  if (Array.from(trimmed).length > max) throw invalidInput(field, `must have at most ${max} characters`);
  if (!isStorableText(trimmed)) throw invalidInput(field, 'must not hold U+0000 or half a surrogate pair');
  return trimmed;
}

/** The attributes that a vendor takes, all of them optional; any other is refused by naming these. */
export function attributesSchema<Shape extends z.ZodRawShape>(vendor: string, shape: Shape) {
  const names = Object.keys(shape).join(', ');
  const known = `${vendor} has no such attribute here; ${names === '' ? 'it takes none' : `it has ${names}`}`;
  const error = ({ code }: { code?: string }) => (code === 'unrecognized_keys' ? known : undefined);
  return z.strictObject(shape, { error }).partial();
}

/** Rejects with every fault of the attributes, none of which names a value. */
export function parseAttributes<T>(schema: z.ZodType<T>, attributes: JsonObject | null | undefined): T {
  const { data, error } = schema.safeParse(attributes ?? {});
  if (error === undefined) return data;
  const fields = error.issues.map(({ path, message }) => ({
    path: ['attributes', ...path.map(String)],
    message,
  }));
  throw new ProviderError('invalid_input', fields.map(({ message }) => message).join('; '), { fields });
}

import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import WithInputPlugin from '@pothos/plugin-with-input';
import ZodPlugin from '@pothos/plugin-zod';
import type { JsonObject } from '../domain/json.ts';
import type { Session } from '../service/session.ts';
import { LIMITS, tooComplex } from './complexity.ts';
import { invalidInput } from './invalid-input.ts';
import type { Loaders } from './loaders.ts';

/** What every resolver works with; a new one for each request. */
export interface Context {
  readonly session: Session;
  readonly loaders: Loaders;
}

interface Settings {
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Duration: { Input: string; Output: string };
    URL: { Input: URL; Output: URL };
    JSONObject: { Input: JsonObject; Output: JsonObject };
  };
}

/** Errors are outermost, so that what the checks find becomes a member of the mutation's union too. */
export const builder = new SchemaBuilder<Settings>({
  plugins: [ErrorsPlugin, ZodPlugin, WithInputPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true },
  zod: { validationError: invalidInput },
  complexity: { limit: LIMITS, complexityError: tooComplex },
});

export type SchemaTypes = typeof builder.$inferSchemaTypes;

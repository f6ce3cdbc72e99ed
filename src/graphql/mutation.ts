import type { InputFieldMap, InputShapeFromFields, ObjectFieldsShape } from '@pothos/core';
import {
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  LimitReachedError,
  NotFoundError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  UnsupportedError,
} from '../domain/gateway-error.ts';
import type { Session } from '../service/session.ts';
import { builder, type SchemaTypes } from './builder.ts';
import type { Rule } from './input-rules.ts';

/** What any write can be answered with. The rest (no token, no audit, a fault of the gateway) is a top-level error. */
export const GATEWAY_ERRORS = [InvalidInputError, NotFoundError, ForbiddenError, ConflictError];
/** What a write at a provider can be answered with. */
export const PROVIDER_ERRORS = [
  ...GATEWAY_ERRORS,
  UnsupportedError,
  ProviderUnavailableError,
  ProviderRejectedError,
  RateLimitedError,
];
/** What a write can be answered with that leaves one more of something at a provider. */
export const CREATION_ERRORS = [...PROVIDER_ERRORS, LimitReachedError];

interface Verb<Input extends InputFieldMap, Success extends object> {
  readonly description: string;
  readonly errors: typeof CREATION_ERRORS;
  readonly input: (t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) => Input;
  /** Of several fields together. Each field's own checks stand with the field. */
  readonly rules?: readonly Rule<InputShapeFromFields<Input>>[];
  readonly resolve: (session: Session, input: InputShapeFromFields<Input>) => Promise<Success>;
  readonly success: ObjectFieldsShape<SchemaTypes, Success>;
}

/**
 * The field `verbNoun(input: VerbNounInput!): VerbNounResult!` with its three types: the input, the success, and the
 * union of that and the errors. Inside it is of no matter what is in the input and in the success.
 */
export function mutation<Input extends InputFieldMap, Success extends object>(
  name: string,
  verb: Verb<Input, Success>,
): void;
export function mutation(name: string, verb: Verb<InputFieldMap, object>): void {
  const typeName = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const success = builder
    .objectRef<object>(`${typeName}Success`)
    .implement({ description: `\`${name}\` has been carried out.`, fields: verb.success });
  builder.mutationField(name, (t) =>
    t.fieldWithInput({
      type: success,
      description: verb.description,
      errors: {
        types: [...verb.errors],
        union: { name: `${typeName}Result`, description: `What became of \`${name}\`.` },
      },
      input: verb.input(t.input),
      typeOptions: {
        name: `${typeName}Input`,
        description: `What \`${name}\` takes.`,
        validate: [...(verb.rules ?? [])],
      },
      argOptions: { description: 'What to do it with.' },
      resolve: (_root, { input }, { session, loaders }) =>
        verb.resolve(session, input).finally(() => loaders.forget()),
    }),
  );
}

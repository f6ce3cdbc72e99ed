import { execute, parse, validate, type GraphQLError } from 'graphql';
import { formatError } from '../../src/graphql/format-error.ts';
import { createLoaders } from '../../src/graphql/loaders.ts';
import { schema } from '../../src/graphql/schema.ts';
import type { Session } from '../../src/service/session.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { memorySession } from './memory-session.ts';

export interface Answer<Data> {
  readonly data: Data | null | undefined;
  readonly errors: readonly ReturnType<GraphQLError['toJSON']>[];
  /** All of it as it goes over the wire. */
  readonly text: string;
}

/** What a caller gets: errors as the server formats them. */
export async function ask<Data = Record<string, unknown>, Variables extends object = object>(
  document: string | TypedDocumentString<Data, Variables>,
  variables?: NoInfer<Variables>,
  session: Session = memorySession(),
): Promise<Answer<Data>> {
  const { data, errors } = await run(document.toString(), { ...variables }, session);
  const formatted = errors.map((error) => formatError(error, session.requestId).error.toJSON());
  return {
    data: data as Data | null | undefined,
    errors: formatted,
    text: JSON.stringify({ data, errors: formatted }),
  };
}

async function run(text: string, variableValues: Readonly<Record<string, unknown>>, session: Session) {
  try {
    const document = parse(text);
    const invalid = validate(schema, document);
    if (invalid.length > 0) return { data: undefined, errors: invalid };
    const contextValue = { session, loaders: createLoaders(session) };
    const { data, errors } = await execute({ schema, document, variableValues, contextValue });
    return { data, errors: errors ?? [] };
  } catch (error) {
    return { data: undefined, errors: [error] };
  }
}

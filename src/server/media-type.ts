import type { IncomingMessage } from 'node:http';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';

/** What an answer may be (GraphQL over HTTP, section 4). */
export type MediaType = typeof GRAPHQL_RESPONSE | typeof JSON_TYPE;

/** Null: the client accepts neither. */
export function acceptedMediaType({ headers }: IncomingMessage): MediaType | null {
  const ranges = (headers.accept ?? '*/*').toLowerCase().split(',').map(rangeOf);
  if (ranges.includes(GRAPHQL_RESPONSE)) return GRAPHQL_RESPONSE;
  return ranges.some((range) => [JSON_TYPE, 'application/*', '*/*'].includes(range)) ? JSON_TYPE : null;
}

function rangeOf(entry: string): string {
  return entry.split(';')[0]?.trim() ?? '';
}

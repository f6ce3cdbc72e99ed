import type { AccessToken, State } from './state.ts';

export interface Asked {
  /** The last id in the path; empty where there is none. */
  readonly id: string;
  readonly query: URLSearchParams;
  /** Null: none. */
  readonly body: unknown;
  readonly caller: AccessToken;
  /** Is the list paged? Not in the versions before 20240415 (vendor facts, section 1). */
  readonly isPaged: boolean;
}

export interface Answer {
  readonly status?: number;
  readonly body?: object;
}

/** What the path leads to, by method. Each throws a `Refusal`. */
export interface Route {
  /** Its one group is the id. */
  readonly path: RegExp;
  readonly methods: Readonly<Partial<Record<string, (state: State, asked: Asked) => Answer>>>;
}

export function linkTo(href: string): object {
  return { href, type: 'application/json' };
}

/** A list with its links, as far as there are pages. */
export function listAnswer<T>(
  { mostAtOnce }: State,
  path: string,
  all: readonly T[],
  { query, isPaged }: Asked,
  byDefault: number,
  answerOf: (item: T) => object,
): Answer {
  if (!isPaged) return { body: { items: all.map(answerOf), _links: { self: linkTo(path) } } };
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? byDefault), mostAtOnce);
  const items = all.slice(offset, offset + limit).map(answerOf);
  const next = offset + limit < all.length && {
    next: linkTo(`${path}?limit=${limit}&offset=${offset + limit}`),
  };
  return { body: { items, totalCount: all.length, _links: { self: linkTo(path), ...next } } };
}

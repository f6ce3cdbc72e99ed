import type { Caller } from './access-token.ts';
import type { State } from './state.ts';

export interface Asked {
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Null: none. */
  readonly body: unknown;
  readonly caller: Caller;
}

export interface Route {
  readonly method: string;
  /** `/api/v1/identities/:identityId` */
  readonly path: string;
  /** What the limiter counts it as. Null: not at all. */
  readonly counts: 'read' | 'write' | null;
  readonly needsToken: boolean;
  /** Missing in the other generation. Null: both have it. */
  readonly only: State['generation'] | null;
  /** The body of a 200. Throws a `Refusal`. */
  readonly answer: (state: State, asked: Asked) => object;
}

/** A route in both generations that takes a token, counted as its method says (vendor facts, section 8). */
export function route(signature: string, answer: Route['answer'], differing: Partial<Route> = {}): Route {
  const [method = '', path = ''] = signature.split(' ');
  const counts = method === 'GET' ? 'read' : 'write';
  return { method, path, counts, needsToken: true, only: null, answer, ...differing };
}

/** Specific paths stand before those with a parameter. */
export function findRoute(routes: readonly Route[], state: State, method: string, path: string) {
  for (const route of routes) {
    if (route.method !== method || (route.only !== null && route.only !== state.generation)) continue;
    const params = match(route.path, path);
    if (params !== null) return { route, params };
  }
  return null;
}

function match(pattern: string, path: string): Record<string, string> | null {
  const [names, parts] = [pattern.split('/'), path.split('/')];
  if (names.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [i, name] of names.entries()) {
    const part = parts[i] ?? '';
    if (name.startsWith(':') && part !== '') params[name.slice(1)] = decodeURIComponent(part);
    else if (name !== part) return null;
  }
  return params;
}

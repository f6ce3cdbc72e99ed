import { z } from 'zod';
import { badRequest, forbidden, notFound } from './refusal.ts';
import { clientsOf, type Client, type State, type Tenant } from './state.ts';

/** A request that came with a good token of this tenant. */
export interface Asked {
  readonly state: State;
  readonly tenant: Tenant;
  readonly caller: Client;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  /** Undefined: none, or no JSON. */
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Of the list that the body is a page of. */
  readonly total?: number;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the tenant. */
  readonly path: RegExp;
  readonly answer: (asked: Asked) => Answer;
}

/** Self: the client named in the path, with its own token. */
export type Role = 'administrator' | 'member' | 'self';

export function mayOrRefuse({ tenant, caller, params }: Asked, roles: readonly Role[], hasBody = true): void {
  const { RoleIds } = caller.settings;
  const isAdministrator = RoleIds.includes(tenant.roles.administrator);
  const holds = {
    administrator: isAdministrator,
    member: isAdministrator || RoleIds.includes(tenant.roles.member),
    self: caller.id === params['client'] && caller.kind === params['kind'],
  };
  if (!roles.some((role) => holds[role])) throw forbidden(hasBody);
}

export function read<T>(schema: z.ZodType<T>, { body }: Asked): T {
  const { data, success } = schema.safeParse(body);
  if (success) return data;
  throw badRequest('The body is not what this takes.');
}

/** The client that the path names; `Clients` names any, as in the obsolete routes. */
export function clientOrRefuse({ tenant, params: { kind, client } }: Asked): Client {
  const found = clientsOf(tenant).find((it) => it.id === client && (kind === 'Clients' || it.kind === kind));
  if (found === undefined) throw notFound('Client');
  return found;
}

/** A page of the list, and its total. Neither `skip` nor `count` is looked at where there are ids. */
export function pageFrom<T>(
  items: readonly T[],
  query: URLSearchParams,
): { body: readonly T[]; total: number } {
  const [skip, count] = [Number(query.get('skip') ?? 0), Number(query.get('count') ?? 100)];
  if (!Number.isInteger(skip) || !Number.isInteger(count) || skip < 0 || count < 0)
    throw badRequest('skip and count are whole numbers.');
  return { body: items.slice(skip, skip + count), total: items.length };
}

import { GatewayError, InvalidInputError } from '../domain/gateway-error.ts';
import type { Page, PageItem, PageRequest } from '../domain/page.ts';
import type { Tenant } from '../domain/tenant.ts';
import { parseTexts } from '../domain/texts.ts';
import { failureNow, type ProviderFailure } from './provider-failure.ts';
import type { ProviderReads } from './session.ts';

export interface TenantPage extends Page<Tenant> {
  readonly failures: readonly ProviderFailure[];
}

/**
 * Over several providers as one list: in the order of the configuration, and in each in its own order. All are asked
 * at once; one that fails is listed in `failures` and is passed over.
 */
export async function listTenants(
  read: ProviderReads,
  { providers }: { readonly providers: readonly string[] | null },
  request: PageRequest,
): Promise<TenantPage> {
  const names = read.providers().map(({ name }) => name);
  checkNames(providers, names);
  const asked = names.filter((name) => providers === null || providers.includes(name));
  const start = request.cursor === null ? null : parseCursor(request.cursor, request.direction, asked);
  const forward = request.direction === 'forward';
  const from = start === null ? (forward ? 0 : asked.length - 1) : asked.indexOf(start.provider);
  const reached = forward ? asked.slice(from) : asked.slice(0, from + 1);
  const parts = await Promise.all(reached.map((name) => readPart(read, name, start, request)));
  const items = parts.flatMap(({ items: own }) => own);
  const taken = forward ? items.slice(0, request.limit) : items.slice(-request.limit);
  const beyond = items.length > taken.length || parts.some(({ more }) => more);
  const total = parts.length < asked.length ? null : sum(parts.map(({ totalCount }) => totalCount));
  return {
    items: taken,
    hasNext: forward ? beyond : request.cursor !== null,
    hasPrevious: forward ? request.cursor !== null : beyond,
    totalCount: request.withTotal ? total : null,
    failures: parts.flatMap(({ failure }) => failure ?? []),
  };
}

interface Part {
  readonly items: readonly PageItem<Tenant>[];
  readonly more: boolean;
  readonly totalCount: number | null;
  readonly failure: ProviderFailure | null;
}

async function readPart(
  read: ProviderReads,
  provider: string,
  start: Start | null,
  request: PageRequest,
): Promise<Part> {
  const cursor = start?.provider === provider ? start.cursor : null;
  try {
    const page = await read.listTenants(provider, { ...request, cursor });
    return {
      items: page.items.map(({ node, cursor: own }) => ({ node, cursor: encodeCursor(provider, own) })),
      more: request.direction === 'forward' ? page.hasNext : page.hasPrevious,
      totalCount: page.totalCount,
      failure: null,
    };
  } catch (error) {
    if (!(error instanceof GatewayError) || error instanceof InvalidInputError) throw error;
    return { items: [], more: false, totalCount: null, failure: failureNow(provider, error) };
  }
}

interface Start {
  readonly provider: string;
  readonly cursor: string;
}

function encodeCursor(provider: string, cursor: string): string {
  return Buffer.from(JSON.stringify([provider, cursor])).toString('base64url');
}

function parseCursor(text: string, direction: PageRequest['direction'], names: readonly string[]): Start {
  const [provider, cursor, ...more] = parseTexts(Buffer.from(text, 'base64url').toString()) ?? [];
  if (provider !== undefined && cursor !== undefined && more.length === 0 && names.includes(provider)) {
    return { provider, cursor };
  }
  const path = [direction === 'forward' ? 'after' : 'before'];
  throw new InvalidInputError([{ path, message: 'is not a cursor of this list; use one that it gave you' }]);
}

function checkNames(providers: readonly string[] | null, known: readonly string[]): void {
  const fields = (providers ?? []).flatMap((name, i) =>
    known.includes(name)
      ? []
      : [{ path: ['providers', String(i)], message: 'is not the name of a provider here' }],
  );
  if (fields.length > 0) {
    throw new InvalidInputError(fields, {
      hint: `The providers that you may read are: ${known.join(', ')}.`,
    });
  }
}

function sum(counts: readonly (number | null)[]): number | null {
  return counts.includes(null) ? null : counts.reduce<number>((total, count) => total + (count ?? 0), 0);
}

import type { Client } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { ClientId, TenantId } from '../../domain/ids.ts';
import { MAX_PAGE_SIZE, type Page } from '../../domain/page.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Provider } from '../../provider-kit/provider.ts';
import type { Place } from './sweep-place.ts';

/** What one step has shown. */
export interface Piece {
  /** All of a page that was listed in this step. */
  readonly clients: readonly Client[];
  readonly secrets: readonly ClientSecret[];
  /** For each client whose secrets could not be listed, why. */
  readonly failures: readonly ProviderError[];
  /** Null: the walk is over. */
  readonly next: Place | null;
}

/**
 * Walks through the clients of a tenant and their secrets, a piece in each step: the first page of the secrets of each
 * of the next `size` clients, or one more page of those of one client. The page of clients in hand is kept from step to
 * step. A step rejects with ProviderError where the clients cannot be listed.
 */
export function walkTenant(
  provider: Provider,
  tenant: TenantId,
): (from: Place, size: number, call: Call) => Promise<Piece> {
  let inHand: { readonly after: string | null; readonly page: Page<Client> } | null = null;

  const clientsBehind = async (after: string | null, call: Call) => {
    if (inHand?.after === after) return { page: inHand.page, isNew: false };
    const page = answerOf(await provider.listClients([tenant], { ...WHOLE_PAGE, cursor: after }, call));
    inHand = { after, page };
    return { page, isNew: true };
  };

  const secretsOf = async (of: readonly ClientId[], cursor: string | null, call: Call) => {
    const answers = await provider.listSecrets(of, { ...WHOLE_PAGE, cursor, status: null }, call);
    const goesOn = (answer: (typeof answers)[number], i: number): Place['more'] => {
      if (answer instanceof ProviderError || !answer.hasNext) return [];
      const [client, end] = [of[i]?.client, answer.items.at(-1)?.cursor];
      return client === undefined || end === undefined ? [] : [[client, end]];
    };
    return {
      secrets: answers.flatMap((it) => (it instanceof ProviderError ? [] : it.items.map(({ node }) => node))),
      failures: answers.filter((answer) => answer instanceof ProviderError),
      more: answers.flatMap(goesOn),
    };
  };

  return async function step(from, size, call) {
    const [open, ...others] = from.more;
    if (open !== undefined) {
      const [client, cursor] = open;
      const { more, ...found } = await secretsOf([{ ...tenant, client }], cursor, call);
      return { clients: [], ...found, next: { ...from, more: [...others, ...more] } };
    }
    const { page, isNew } = await clientsBehind(from.after, call);
    const listed = page.items.map(({ node }) => node);
    const done = listed.findIndex(({ id }) => id.client === from.last) + 1;
    const ids = listed.slice(done, done + size).map(({ id }) => id);
    const end = page.hasNext ? page.items.at(-1)?.cursor : undefined;
    if (ids.length === 0) {
      if (end === undefined) return { clients: [], secrets: [], failures: [], next: null };
      return step({ after: end, last: null, more: [] }, size, call);
    }
    const { more, ...found } = await secretsOf(ids, null, call);
    const isEnd = more.length === 0 && end === undefined && done + ids.length >= listed.length;
    const next = { after: from.after, last: ids.at(-1)?.client ?? null, more };
    return { clients: isNew ? listed : [], ...found, next: isEnd ? null : next };
  };
}

const WHOLE_PAGE = { limit: MAX_PAGE_SIZE, direction: 'forward', withTotal: false } as const;

/** Throws what the one answer failed with. */
function answerOf<T>([answer]: readonly (T | ProviderError)[]): T {
  if (answer instanceof ProviderError) throw answer;
  if (answer === undefined) throw new TypeError('one key has no answer');
  return answer;
}

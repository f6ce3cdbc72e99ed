import { expect, it } from 'vitest';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import { pageOfSecrets } from '../../src/provider-kit/secret-page.ts';
import { SECRET } from './memory-provider.ts';

const made = (secret: string, day: number | null, status: ClientSecret['status'] = 'ACTIVE') => ({
  ...SECRET,
  id: { ...SECRET.id, secret },
  createdAt: day === null ? null : new Date(Date.UTC(2026, 4, day)),
  status,
});
const all = [made('a', 9), made('b', 10, 'EXPIRED'), made('d', 2), made('c', 2), made('e', null)];
const page = { limit: 2, direction: 'forward', cursor: null, withTotal: true, status: null } as const;
const idsOf = ({ items }: ReturnType<typeof pageOfSecrets>) => items.map(({ node }) => node.id.secret);

it('oldest first, page by page, each once', () => {
  const first = pageOfSecrets(all, page);
  const second = pageOfSecrets(all, { ...page, cursor: first.items[1]!.cursor });
  const third = pageOfSecrets(all, { ...page, cursor: second.items[1]!.cursor });
  expect([first, second, third].map(idsOf)).toEqual([['e', 'c'], ['d', 'a'], ['b']]);
  expect([first.hasNext, third.hasNext, first.totalCount]).toEqual([true, false, 5]);
});

it('of the wanted statuses', () => {
  expect(idsOf(pageOfSecrets(all, { ...page, status: ['EXPIRED', 'REVOKED'] }))).toEqual(['b']);
  expect(idsOf(pageOfSecrets(all, { ...page, status: [] }))).toEqual([]);
});

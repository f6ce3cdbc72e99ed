import { invalidRequest, notFound } from './refusal.ts';
import { linkTo, listAnswer, type Asked, type Route } from './route.ts';
import type { Member, State } from './state.ts';

const PATH = '/api/v2/members';

/** vendor facts, section 5 */
export const accountRoutes: readonly Route[] = [
  {
    path: /^\/api\/v2\/caller-identity$/,
    methods: {
      GET: ({ accountId }, { caller: { id: tokenId, memberId, serviceToken, fields } }) => ({
        body: { accountId, memberId, tokenId, tokenName: fields['name'] ?? '', serviceToken, scopes: [] },
      }),
    },
  },
  {
    path: /^\/api\/v2\/members$/,
    methods: { GET: (state, asked) => listAnswer(state, PATH, wanted(state, asked), asked, 20, answerOf) },
  },
  {
    path: /^\/api\/v2\/members\/([^/]+)$/,
    methods: {
      GET: ({ members }, { id }) => {
        const member = members.get(id);
        if (member === undefined) throw notFound();
        return { body: answerOf(member) };
      },
    },
  },
];

/** `id:a|b,role:admin`: of all that is said, each has to hold. */
function wanted({ members }: State, { query }: Asked): readonly Member[] {
  const filters = (query.get('filter') ?? '').split(',').filter((it) => it !== '');
  return filters.reduce<readonly Member[]>(
    (left, filter) => {
      const [field, values = '', ...more] = filter.split(':');
      const isKnown = field === 'id' || field === 'email' || field === 'role';
      if (!isKnown || more.length > 0) throw invalidRequest('invalid filter');
      return left.filter((member) => values.split('|').includes(member[field]));
    },
    [...members.values()],
  );
}

function answerOf({ id, createdAt, pendingInvite, firstName, lastName, ...rest }: Member): object {
  return {
    _id: id,
    ...rest,
    ...(firstName !== null && { firstName }),
    ...(lastName !== null && { lastName }),
    mfa: 'disabled',
    _pendingInvite: pendingInvite,
    _verified: !pendingInvite,
    _lastSeen: createdAt.getTime(),
    creationDate: createdAt.getTime(),
    _links: { self: linkTo(`${PATH}/${id}`) },
  };
}

import { z } from 'zod';
import { isFilled, patched } from './json-patch.ts';
import { invalidRequest, notFound, Refusal, unauthorized } from './refusal.ts';
import { linkTo, listAnswer, type Answer, type Asked, type Route } from './route.ts';
import { addToken, resetToken, type AccessToken, type Fields, type State } from './state.ts';

const PATH = '/api/v2/tokens';
const RIGHTS = ['role', 'customRoleIds', 'inlineRole'];

const statement = z.looseObject({ effect: z.enum(['allow', 'deny']) });
const fields = z.object({
  name: z.string().nullable().default(null),
  description: z.string().nullable().default(null),
  role: z.enum(['reader', 'writer', 'admin']).nullable().default(null),
  customRoleIds: z
    .array(z.string())
    .nullable()
    .transform((ids) => ids ?? [])
    .default([]),
  inlineRole: z
    .array(statement)
    .nullable()
    .transform((statements) => statements ?? [])
    .default([]),
});
const kind = z.object({
  serviceToken: z.boolean().default(false),
  defaultApiVersion: z.int().default(20240415),
});

/** vendor facts, section 4 */
export const tokenRoutes: readonly Route[] = [
  {
    path: /^\/api\/v2\/tokens$/,
    methods: {
      GET: (state, asked) =>
        listAnswer(state, PATH, seen(state, asked), asked, 25, (it) => answerOf(state, it)),
      POST: (state, asked) => {
        const { fields: sent, ...rest } = checked(asked);
        const token = addToken(state, { ...rest, memberId: asked.caller.memberId, fields: sent });
        return { status: 201, body: answerOf(state, token, token.value) };
      },
    },
  },
  {
    path: /^\/api\/v2\/tokens\/([^/]+)$/,
    methods: {
      GET: (state, asked) => ({ body: answerOf(state, found(state, asked)) }),
      PATCH: (state, asked) => {
        const token = found(state, asked, 'write');
        token.fields = checkedFields(patched(token.fields, asked.body));
        token.lastModified = state.clock.now();
        return { body: answerOf(state, token) };
      },
      DELETE: (state, asked) => {
        state.tokens.delete(found(state, asked, 'write').id);
        return { status: 204 };
      },
    },
  },
  { path: /^\/api\/v2\/tokens\/([^/]+)\/reset$/, methods: { POST: reset } },
];

function reset(state: State, asked: Asked): Answer {
  const token = found(state, asked, 'write');
  const expiry = asked.query.get('expiry');
  if (expiry !== null && !/^\d+$/.test(expiry)) throw invalidRequest('expiry must be a time in milliseconds');
  resetToken(state, token, expiry === null ? null : new Date(Number(expiry)));
  return { body: answerOf(state, token, token.value) };
}

/** An admin sees the personal tokens of others too, where he asks for them. */
function seen({ tokens }: State, { caller, query }: Asked): readonly AccessToken[] {
  const isAll = query.get('showAll') === 'true' && isAdmin(caller);
  return [...tokens.values()].filter((token) => isAll || isOpenTo(caller, token));
}

function isOpenTo(caller: AccessToken, token: AccessToken): boolean {
  return token.serviceToken || token.memberId === caller.memberId;
}

function isAdmin({ fields }: AccessToken): boolean {
  return fields['role'] === 'admin';
}

function found({ tokens }: State, { id, caller }: Asked, what: 'read' | 'write' = 'read'): AccessToken {
  const token = tokens.get(id);
  if (token === undefined) throw notFound();
  if (!isAdmin(caller) && what === 'write') throw unauthorized();
  if (!isAdmin(caller) && !isOpenTo(caller, token)) throw new Refusal('forbidden', 'Access denied');
  return token;
}

function checked({ body, caller }: Asked) {
  const { data, success } = kind.safeParse(body);
  if (!success) throw invalidRequest('invalid access token');
  if (!isAdmin(caller)) throw unauthorized();
  return { ...data, fields: checkedFields(body) };
}

/** With one of the three that say what it may do. */
function checkedFields(sent: unknown): Fields {
  const { data, success } = fields.safeParse(sent);
  if (!success) throw invalidRequest('invalid access token');
  const given: Fields = z.record(z.string(), z.json()).parse(data);
  if (RIGHTS.filter((name) => isFilled(given[name])).length !== 1) throw invalidRequest('one role is needed');
  return given;
}

/** `value`: whole, in the reply that issues it. */
function answerOf(state: State, token: AccessToken, value = shownOf(state, token)): object {
  const { id, memberId, serviceToken, createdAt, lastModified, lastUsed, defaultApiVersion } = token;
  const email = state.members.get(memberId)?.email;
  return {
    _id: id,
    ownerId: state.accountId,
    memberId,
    ...(email !== undefined && { _member: { _id: memberId, email, _links: {} } }),
    ...Object.fromEntries(Object.entries(token.fields).filter(([, it]) => isFilled(it))),
    token: value,
    serviceToken,
    creationDate: createdAt.getTime(),
    lastModified: lastModified.getTime(),
    ...(lastUsed !== null && { lastUsed: lastUsed.getTime() }),
    defaultApiVersion,
    _links: { self: linkTo(`${PATH}/${id}`) },
  };
}

function shownOf({ showsWholeTokens }: State, { value }: AccessToken): string {
  return showsWholeTokens ? value : value.slice(-4);
}

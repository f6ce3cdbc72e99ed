import { z } from 'zod';
import { patched } from './json-patch.ts';
import { invalidRequest, notFound, unauthorized } from './refusal.ts';
import { linkTo, type Answer, type Asked, type Route } from './route.ts';
import { addOAuthClient, type Fields, type OAuthClient, type State } from './state.ts';

const PATH = '/api/v2/oauth/clients';
const redirectUri = z.url({ protocol: /^https$/ }).refine((uri) => !uri.includes('?'));
const fields = z.object({
  name: z.string().min(1),
  redirectUri,
  description: z.string().nullable().default(null),
});

/** vendor facts, section 3: for admins alone. */
export const oauthClientRoutes: readonly Route[] = [
  {
    path: /^\/api\/v2\/oauth\/clients$/,
    methods: {
      GET: (state, asked) => {
        admitAdmin(asked);
        const items = [...state.oauthClients.values()].map((client) => answerOf(state, client));
        return { body: { items, _links: { self: linkTo(PATH) } } };
      },
      POST: (state, asked) => {
        admitAdmin(asked);
        const client = addOAuthClient(state, checked(asked.body));
        return { status: 201, body: { ...answerOf(state, client), _clientSecret: client.secret } };
      },
    },
  },
  {
    path: /^\/api\/v2\/oauth\/clients\/([^/]+)$/,
    methods: {
      GET: (state, asked) => ({ body: answerOf(state, found(state, asked)) }),
      PATCH: (state, asked): Answer => {
        const client = found(state, asked);
        client.fields = checked(patched(client.fields, asked.body));
        return { body: answerOf(state, client) };
      },
      DELETE: (state, asked) => {
        state.oauthClients.delete(found(state, asked).id);
        return { status: 204 };
      },
    },
  },
];

function admitAdmin({ caller }: Asked): void {
  if (caller.fields['role'] !== 'admin') throw unauthorized();
}

function found({ oauthClients }: State, asked: Asked): OAuthClient {
  admitAdmin(asked);
  const client = oauthClients.get(asked.id);
  if (client === undefined) throw notFound();
  return client;
}

function checked(sent: unknown): Fields {
  const { data, success } = fields.safeParse(sent);
  if (!success) throw invalidRequest('invalid OAuth client');
  return data;
}

function answerOf(
  { accountId }: State,
  { id, createdAt, fields: { description, ...rest } }: OAuthClient,
): object {
  return {
    _links: { parent: linkTo(PATH), self: linkTo(`${PATH}/${id}`) },
    ...rest,
    ...(description !== null && { description }),
    _accountId: accountId,
    _clientId: id,
    _creationDate: createdAt.getTime(),
  };
}

import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../../domain/clock.ts';
import type { JsonValue } from '../../../domain/json.ts';

export interface Member {
  readonly id: string;
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly role: string;
  readonly customRoles: readonly string[];
  readonly pendingInvite: boolean;
  readonly createdAt: Date;
}

/** What can be patched stands under the vendor's names in `fields`; null: it is not there. */
export type Fields = Record<string, JsonValue>;

export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
  readonly createdAt: Date;
  fields: Fields;
}

export interface AccessToken {
  readonly id: string;
  readonly memberId: string;
  readonly serviceToken: boolean;
  readonly defaultApiVersion: number;
  readonly createdAt: Date;
  readonly lastUsed: Date | null;
  lastModified: Date;
  fields: Fields;
  value: string;
  /** How often it was reset. */
  resets: number;
  /** What it was before, and until when that still works. */
  readonly old: { readonly value: string; readonly endsAt: Date }[];
}

/** One account and all that is in it, in the order in which it came. */
export interface State {
  readonly clock: Clock;
  readonly accountId: string;
  readonly members: Map<string, Member>;
  readonly oauthClients: Map<string, OAuthClient>;
  readonly tokens: Map<string, AccessToken>;
  /** How many items a list gives at once, whatever it is asked for. */
  readonly mostAtOnce: number;
  /** Does it break its promise, and show whole tokens where it should show four characters? */
  readonly showsWholeTokens: boolean;
}

/** The form of the ids of accounts, members and tokens. */
export function objectId(): string {
  return randomBytes(12).toString('hex');
}

export function addMember(state: State, given: Partial<Member>): Member {
  const id = objectId();
  const member: Member = {
    id,
    email: `${id}@example.com`,
    firstName: null,
    lastName: null,
    role: 'writer',
    customRoles: [],
    pendingInvite: false,
    createdAt: state.clock.now(),
    ...given,
  };
  state.members.set(member.id, member);
  return member;
}

export function addOAuthClient(state: State, fields: Fields): OAuthClient {
  const client: OAuthClient = {
    id: randomUUID(),
    secret: randomBytes(32).toString('base64url'),
    createdAt: state.clock.now(),
    fields,
  };
  state.oauthClients.set(client.id, client);
  return client;
}

export type NewToken = Pick<AccessToken, 'memberId'> &
  Partial<Pick<AccessToken, 'serviceToken' | 'defaultApiVersion' | 'lastUsed' | 'fields' | 'value'>>;

export function addToken(state: State, given: NewToken): AccessToken {
  const now = state.clock.now();
  const token: AccessToken = {
    id: objectId(),
    serviceToken: false,
    defaultApiVersion: 20240415,
    lastUsed: null,
    createdAt: now,
    lastModified: now,
    value: newValue(),
    resets: 0,
    old: [],
    ...given,
    fields: {
      name: null,
      description: null,
      role: 'reader',
      customRoleIds: [],
      inlineRole: [],
      ...given.fields,
    },
  };
  state.tokens.set(token.id, token);
  return token;
}

/** The old value works until then; null: no longer. */
export function resetToken(state: State, token: AccessToken, endsAt: Date | null): void {
  if (endsAt !== null) token.old.push({ value: token.value, endsAt });
  token.value = newValue();
  token.resets += 1;
  token.lastModified = state.clock.now();
}

/** The token that this is a value of now. */
export function tokenOfValue({ tokens, clock }: State, value: string): AccessToken | null {
  const isValue = (token: AccessToken) =>
    token.value === value || token.old.some((it) => it.value === value && it.endsAt > clock.now());
  return [...tokens.values()].find(isValue) ?? null;
}

function newValue(): string {
  return `api-${randomUUID()}`;
}

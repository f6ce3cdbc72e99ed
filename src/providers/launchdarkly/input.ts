import { z } from 'zod';
import type { ClientKind } from '../../domain/client.ts';
import type { JsonValue } from '../../domain/json.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { attributesSchema, parseAttributes, refuseGiven, textOf } from '../../provider-kit/input-fields.ts';
import { invalidInput } from '../../provider-kit/provider-error.ts';
import type { ClientChanges } from '../../provider-kit/provider.ts';
import type { Kind, Registered } from './api.ts';
import { filled } from './translate.ts';

/** The vendor states no limit. */
const TEXT_LENGTH = 1000;
/** Absolute, https, and without a query (vendor facts, section 3). */
const REDIRECT_URI = /^https:\/\/[^\s?#]+$/;
const RIGHTS = {
  role: z.enum(['reader', 'writer', 'admin']),
  customRoleIds: z.array(z.string().min(1)).min(1),
  inlineRole: z.array(z.record(z.string(), z.json())).min(1),
};
const WITHOUT_RIGHTS = { role: null, customRoleIds: null, inlineRole: null };
const NONE = attributesSchema('LaunchDarkly', {});
type Attributes = z.ZodType<Readonly<Record<string, JsonValue | undefined>>>;
/** That a token is a service's is said when it is made, and cannot change. */
const ATTRIBUTES: Readonly<Record<'created' | 'changed', Readonly<Record<Kind, Attributes>>>> = {
  created: { oauth: NONE, token: attributesSchema('LaunchDarkly', { ...RIGHTS, serviceToken: z.boolean() }) },
  changed: { oauth: NONE, token: attributesSchema('LaunchDarkly', RIGHTS) },
};

/** The vendor's fields. Null: it is not to have this, or no longer. */
type Asked = Readonly<Record<string, JsonValue>>;

export function kindOf(kind: ClientKind | null, { accessTokens }: { readonly accessTokens: boolean }): Kind {
  if (kind === null || kind === 'AUTHORIZATION_CODE') return 'oauth';
  if (kind === 'ACCESS_TOKEN' && accessTokens) return 'token';
  const kinds = accessTokens ? 'AUTHORIZATION_CODE and ACCESS_TOKEN' : 'AUTHORIZATION_CODE only';
  throw invalidInput('kind', `LaunchDarkly has ${kinds} here`);
}

/** What a client is asked for with, in whichever fields are given; a new one has to have all that it needs. */
export function parseClient(kind: Kind, given: ClientChanges, when: keyof typeof ATTRIBUTES): Asked {
  const { name, description, redirectUris, enabled, attributes } = given;
  refuseGiven({ enabled }, { enabled: 'LaunchDarkly cannot switch a client on or off; leave it out' });
  if (kind === 'token')
    refuseGiven({ redirectUris }, { redirectUris: 'an access token has none; leave it out' });
  const rights = attributesOf(parseAttributes(ATTRIBUTES[when][kind], attributes));
  const count = Object.keys(rights).filter((field) => field in RIGHTS).length;
  if (count > 1 || (count === 0 && kind === 'token' && when === 'created'))
    throw invalidInput('attributes', `give one of ${Object.keys(RIGHTS).join(', ')}`);
  return {
    ...(name !== undefined && { name: textOf('name', name, { max: TEXT_LENGTH, required: true }) }),
    ...(description !== undefined && {
      description: textOf('description', description ?? '', { max: TEXT_LENGTH }) || null,
    }),
    ...(redirectUris !== undefined && kind === 'oauth' && { redirectUri: redirectUriOf(redirectUris) }),
    ...(count > 0 && WITHOUT_RIGHTS),
    ...rights,
  };
}

function redirectUriOf(uris: readonly string[]): string {
  const [uri = '', ...more] = uris;
  if (more.length === 0 && REDIRECT_URI.test(uri) && URL.canParse(uri)) return uri;
  throw invalidInput(
    'redirectUris',
    'LaunchDarkly takes exactly one: an https URL without a query or fragment',
  );
}

/** JSON Patch (RFC 6902). Only what is there can be removed (section 3). */
export function patchOf(asked: Asked, { description, attributes }: Registered): readonly object[] {
  const had = filled({ ...attributes, description: description || null });
  return Object.entries(asked).flatMap(([field, value]): object[] => {
    const path = `/${field}`;
    if (value !== null) return [{ op: 'replace', path, value }];
    return field in had ? [{ op: 'remove', path }] : [];
  });
}

import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { refuseClientFields } from '../../provider-kit/client-fields.ts';
import { attributesSchema, parseAttributes, textOf } from '../../provider-kit/input-fields.ts';
import { invalidAttribute } from '../../provider-kit/invalid-attribute.ts';
import { invalidInput } from '../../provider-kit/provider-error.ts';
import type { ClientChanges } from '../../provider-kit/provider.ts';
import type { Kind, Registered } from './api.ts';

/** The vendor states no limit. */
const MAX = { max: 1000 };
const ATTRIBUTES: Readonly<Record<Kind, z.ZodType<Readonly<Record<string, JsonValue | undefined>>>>> = {
  oauth: attributesSchema('LaunchDarkly', {}),
  token: attributesSchema('LaunchDarkly', {
    role: z.enum(['reader', 'writer', 'admin']),
    customRoleIds: z.array(z.string().min(1)).min(1),
    inlineRole: z.array(z.record(z.string(), z.json())).min(1),
    serviceToken: z.boolean(),
  }),
};
const WITHOUT_RIGHTS = { role: null, customRoleIds: null, inlineRole: null };

/** The vendor's fields. Null: it is not to have this, or no longer. */
type Asked = Readonly<Record<string, JsonValue>>;

/** What a client is asked for with, in whichever fields are given; a new one has to have all that it needs. */
export function parseClient(kind: Kind, given: ClientChanges, isNew: boolean): Asked {
  const { name, description, redirectUris, enabled } = given;
  refuseClientFields('LaunchDarkly', kind === 'oauth' ? { enabled } : { enabled, redirectUris });
  const attributes = attributesOf(parseAttributes(ATTRIBUTES[kind], given.attributes));
  return {
    ...(name !== undefined && { name: textOf('name', name, { ...MAX, required: true }) }),
    ...(description !== undefined && { description: textOf('description', description ?? '', MAX) || null }),
    ...(redirectUris !== undefined && kind === 'oauth' && { redirectUri: redirectUriOf(redirectUris) }),
    ...(kind === 'token' && rightsOf(attributes, isNew)),
  };
}

/** Absolute, https, and without a query (vendor facts, section 3). */
function redirectUriOf([uri = '', ...more]: readonly string[]): string {
  if (more.length === 0 && /^https:\/\/[^\s?#]+$/.test(uri) && URL.canParse(uri)) return uri;
  throw invalidInput('redirectUris', 'has to be exactly one https URL, without a query or a fragment');
}

/** With one of the three that say what a token may do, the others go. */
function rightsOf(attributes: JsonObject, isNew: boolean): Asked {
  const count = Object.keys(attributes).filter((name) => name in WITHOUT_RIGHTS).length;
  if (count > 1 || (isNew && count === 0))
    throw invalidInput('attributes', `give one of ${Object.keys(WITHOUT_RIGHTS).join(', ')}`);
  if (!isNew && 'serviceToken' in attributes)
    throw invalidAttribute('serviceToken', 'is said of a new token, and stays; leave it out');
  return count === 0 ? attributes : { ...WITHOUT_RIGHTS, ...attributes };
}

/** JSON Patch (RFC 6902). Only what is there can be removed (section 3). */
export function patchOf(asked: Asked, { told }: Registered): readonly object[] {
  const had = attributesOf({ ...told.attributes, description: told.description });
  return Object.entries(asked).flatMap(([field, value]): object[] => {
    const path = `/${field}`;
    if (value !== null) return [{ op: 'replace', path, value }];
    return field in had ? [{ op: 'remove', path }] : [];
  });
}

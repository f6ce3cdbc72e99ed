import { z } from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import type { SecretValue } from '../../domain/secret-value.ts';
import { isStorableText } from '../../domain/storable.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { attributesSchema, parseAttributes, refuseGiven, textOf } from '../../provider-kit/input-fields.ts';
import { invalidAttribute } from '../../provider-kit/invalid-attribute.ts';
import { invalidInput } from '../../provider-kit/provider-error.ts';
import type { ClientChanges, NewClient, Replacement } from '../../provider-kit/provider.ts';
import type { Product } from './config.ts';
import { isUuid } from './ids.ts';
import { kindOf } from './translate.ts';

/** What ZStack shows in the place of a secret where its site hides them (vendor facts, section 3.2). */
export const MASK = '*****';
const LENGTH = 255;
const LONG = 2048;

const text = (max = LENGTH) =>
  z.string('is needed, as a text').trim().min(1).max(max).refine(isStorableText, 'cannot be kept as it is');
const uuid = z.string().refine(isUuid, 'must be a uuid of ZStack');

/** vendor facts, section 3.2 */
const urls = { tokenUrl: text(), authorizationUrl: text(), userinfoUrl: text(), logoutUrl: text() };
const onCloud = {
  loginType: text(64),
  identityProvider: text(),
  scopeList: z.array(text()),
  pluginUuid: uuid,
};
const common = { clientId: text(), ...urls };
const changeable = { zsphere: { ...common, usernameProperty: text() }, cloud: { ...common, ...onCloud } };
/** What a client cannot be made without. All that is not changeable it keeps. */
const onBoth = { clientId: text(), tokenUrl: text(), grantType: text(64), urlTemplate: text(LONG) };
const needed = { zsphere: onBoth, cloud: { ...onBoth, loginType: text(64), clientType: text(64) } };

/** What a client is made with: never its secret. */
export function parseNewClient(product: Product, { identity, kind, ...input }: NewClient): JsonObject {
  refuseGiven({ identity }, { identity: 'a client of ZStack acts for none; leave it out' });
  const all = attributesSchema('ZStack', { ...changeable[product], ...needed[product] });
  const asked = parse(all.extend(needed[product]), input);
  if (kind === null || kind === kindOf(asked['grantType'])) return asked;
  throw invalidInput('kind', 'follows from attributes.grantType; leave it out');
}

/** What is left out stays as it is. How something is cleared ZStack does not say (vendor facts, section 3.2). */
export function parseChanges(product: Product, { enabled, ...changes }: ClientChanges): JsonObject {
  refuseGiven({ enabled }, { enabled: 'ZStack cannot switch a client on or off; leave it out' });
  const message = 'cannot be cleared in ZStack; give another one, or leave it out';
  if (changes.description === null) throw invalidInput('description', message);
  if (changes.redirectUris?.length === 0) throw invalidInput('redirectUris', message);
  return parse(attributesSchema('ZStack', changeable[product]), changes);
}

function parse(
  schema: z.ZodType<Parameters<typeof attributesOf>[0]>,
  { name, description, redirectUris, attributes }: Partial<Omit<NewClient, 'identity' | 'kind'>>,
): JsonObject {
  if (Object.hasOwn(attributes ?? {}, 'clientSecret'))
    throw invalidAttribute('clientSecret', 'would be shown; give it with rotateClientSecret instead');
  const [redirectUrl, ...more] = redirectUris ?? [];
  if (more.length > 0) throw invalidInput('redirectUris', 'a client of ZStack has one at the most');
  const given = (field: string, value: string | null | undefined, max: number) =>
    typeof value === 'string' ? textOf(field, value, { max, required: true }) : null;
  return attributesOf({
    ...parseAttributes(schema, attributes),
    name: given('name', name, LENGTH),
    description: given('description', description, LONG),
    redirectUrl: given('redirectUris', redirectUrl, LENGTH),
  });
}

/** The new value, just as it is: a trimmed one might not be what the identity provider issued. */
export function parseReplacement({ value, oldEndsAt }: Replacement): SecretValue {
  refuseGiven({ oldEndsAt }, { oldEndsAt: 'the new value ends the old one at once; leave it out' });
  if (value === null) throw invalidInput('value', 'is needed: the identity provider issues it, not ZStack');
  const plain = value.reveal();
  const { length } = Array.from(plain);
  if (length === 0 || length > LENGTH) throw invalidInput('value', `must have 1 to ${LENGTH} characters`);
  if (!isStorableText(plain)) throw invalidInput('value', 'cannot be kept as it is');
  if (plain === MASK) throw invalidInput('value', 'is what ZStack shows in the place of a secret');
  return value;
}

import { z } from 'zod';
import type { SecretValue } from '../../domain/secret-value.ts';
import { isStorableText } from '../../domain/storable.ts';
import { attributesSchema, parseAttributes, refuseGiven, textOf } from '../../provider-kit/input-fields.ts';
import { invalidAttribute } from '../../provider-kit/invalid-attribute.ts';
import { invalidInput } from '../../provider-kit/provider-error.ts';
import type { ClientChanges, NewClient, Replacement } from '../../provider-kit/provider.ts';
import type { Params } from './api.ts';
import type { Product } from './config.ts';
import { isUuid } from './ids.ts';
import { kindOf } from './translate.ts';

/** What ZStack shows in the place of a secret where its site hides them (vendor facts, section 3.2). */
export const MASK = '*****';
const TEXT_LENGTH = 255;
const DESCRIPTION_LENGTH = 2048;

const text = (max = TEXT_LENGTH) =>
  z.string('is needed, as a text').trim().min(1).max(max).refine(isStorableText, 'cannot be kept as it is');
const uuid = z.string().refine(isUuid, 'must be a uuid of ZStack');

/** vendor facts, section 3.2 */
const common = {
  clientId: text(),
  tokenUrl: text(),
  authorizationUrl: text(),
  userinfoUrl: text(),
  logoutUrl: text(),
};
const changeable = {
  zsphere: { ...common, usernameProperty: text() },
  cloud: {
    ...common,
    loginType: text(64),
    identityProvider: text(),
    scopeList: z.array(text()),
    pluginUuid: uuid,
  },
};
/** What a client is made with, and keeps. */
const fixed = { grantType: text(64), urlTemplate: text(DESCRIPTION_LENGTH) };
const needed = { clientId: text(), tokenUrl: text(), ...fixed };
const neededOnCloud = { ...needed, loginType: text(64), clientType: text(64) };

const ATTRIBUTES = {
  zsphere: {
    ofNew: attributesSchema('ZStack', { ...changeable.zsphere, ...needed }).extend(needed),
    ofChanges: attributesSchema('ZStack', changeable.zsphere),
  },
  cloud: {
    ofNew: attributesSchema('ZStack', { ...changeable.cloud, ...neededOnCloud }).extend(neededOnCloud),
    ofChanges: attributesSchema('ZStack', changeable.cloud),
  },
};

/** What a client is made with: never its secret. */
export function parseNewClient(product: Product, { identity, kind, ...input }: NewClient): Params {
  refuseGiven({ identity }, { identity: 'a client of ZStack acts for none; leave it out' });
  const asked = parse(ATTRIBUTES[product].ofNew, input);
  if (kind !== null && kind !== kindOf(asked['grantType']))
    throw invalidInput('kind', 'follows from attributes.grantType; leave it out');
  return asked;
}

/** What is left out stays as it is. How something is cleared ZStack does not say (vendor facts, section 3.2). */
export function parseChanges(product: Product, { enabled, ...changes }: ClientChanges): Params {
  refuseGiven({ enabled }, { enabled: 'ZStack cannot switch a client on or off; leave it out' });
  const message = 'cannot be cleared in ZStack; give another one, or leave it out';
  if (changes.description === null) throw invalidInput('description', message);
  if (changes.redirectUris?.length === 0) throw invalidInput('redirectUris', message);
  return parse(ATTRIBUTES[product].ofChanges, changes);
}

function parse(
  schema: z.ZodType<Params>,
  { name, description, redirectUris, attributes }: Omit<Partial<NewClient>, 'identity' | 'kind'>,
): Params {
  if (Object.hasOwn(attributes ?? {}, 'clientSecret'))
    throw invalidAttribute(
      'clientSecret',
      'is shown, as attributes are; give it by rotateClientSecret instead',
    );
  const [redirectUrl, ...more] = redirectUris ?? [];
  if (more.length > 0) throw invalidInput('redirectUris', 'a client of ZStack has one at the most');
  const given = (field: string, value: string | null | undefined, max: number, to = field) =>
    value === undefined || value === null ? {} : { [to]: textOf(field, value, { max, required: true }) };
  return {
    ...parseAttributes(schema, attributes),
    ...given('name', name, TEXT_LENGTH),
    ...given('description', description, DESCRIPTION_LENGTH),
    ...given('redirectUris', redirectUrl, TEXT_LENGTH, 'redirectUrl'),
  };
}

/** The new value, just as it is: a trimmed one might not be what the identity provider issued. */
export function parseReplacement({ value, oldEndsAt }: Replacement): SecretValue {
  refuseGiven({ oldEndsAt }, { oldEndsAt: 'the new value ends the old one at once; leave it out' });
  if (value === null) throw invalidInput('value', 'is needed: the identity provider issues it, not ZStack');
  const plain = value.reveal();
  const { length } = Array.from(plain);
  if (length === 0 || length > TEXT_LENGTH)
    throw invalidInput('value', `must have 1 to ${TEXT_LENGTH} characters`);
  if (!isStorableText(plain)) throw invalidInput('value', 'cannot be kept as it is');
  if (plain === MASK) throw invalidInput('value', 'is what ZStack shows in the place of a secret');
  return value;
}

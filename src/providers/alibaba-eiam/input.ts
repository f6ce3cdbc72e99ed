import { DAY } from '../../domain/duration.ts';
import { attributesSchema, parseAttributes, refuseGiven, textOf } from '../../provider-kit/input-fields.ts';
import { lifetimeMs } from '../../provider-kit/new-secret-fields.ts';
import { invalidInput } from '../../provider-kit/provider-error.ts';
import type { ClientChanges, NewClient, NewSecret, SecretChanges } from '../../provider-kit/provider.ts';
import type { Parameters } from './api.ts';

/** vendor facts, section 4.2; a year has 365 days. */
export const LIFETIME = { minMs: DAY, maxMs: 3 * 365 * DAY };

const NO_DESCRIPTION = { description: 'a secret of EIAM has none; leave it out' };
const NO_REDIRECTS = { redirectUris: 'EIAM keeps them with its single sign-on settings; set them there' };
const NO_ATTRIBUTES = attributesSchema('EIAM', {});

export function parseNewSecret({ expiresAt, retrievable, ...given }: NewSecret, now: Date): Parameters {
  refuseGiven(given, {
    ...NO_DESCRIPTION,
    maxUses: 'EIAM does not count uses; leave it out',
    value: 'EIAM makes the value itself; leave it out',
  });
  if (retrievable === false) throw invalidInput('retrievable', 'EIAM shows every value again; leave it out');
  lifetimeMs(expiresAt, LIFETIME, now);
  return { ExpirationTime: expiresAt?.getTime() };
}

/** Null: it stays as it is. */
export function parseSecretChanges({ expiresAt, ...given }: SecretChanges, now: Date): Date | null {
  refuseGiven(given, NO_DESCRIPTION);
  if (expiresAt === null) throw invalidInput('expiresAt', 'EIAM takes no end back; give a later one');
  lifetimeMs(expiresAt ?? null, LIFETIME, now);
  return expiresAt ?? null;
}

/** For OpenID Connect: the other kind that the API makes, SAML, may have no secret (vendor facts, section 4.3). */
export function parseNewClient({ name, description, kind, attributes, ...given }: NewClient): Parameters {
  const identity = 'an application of EIAM hangs on its instance; leave it out';
  refuseGiven(given, { ...NO_REDIRECTS, identity });
  parseAttributes(NO_ATTRIBUTES, attributes);
  if (kind !== null && kind !== 'AUTHORIZATION_CODE')
    throw invalidInput('kind', 'EIAM makes AUTHORIZATION_CODE; switch on more of it there');
  return {
    ApplicationName: nameOf(name),
    Description: descriptionOf(description) || undefined,
    ApplicationSourceType: 'urn:alibaba:idaas:app:source:standard',
    SsoType: 'oidc',
  };
}

/** With texts as the vendor keeps them. */
export function parseClientChanges({ name, description, enabled, attributes, ...given }: ClientChanges) {
  refuseGiven(given, NO_REDIRECTS);
  parseAttributes(NO_ATTRIBUTES, attributes);
  return {
    enabled,
    name: name === undefined ? undefined : nameOf(name),
    description: description === undefined ? undefined : descriptionOf(description),
  };
}

const nameOf = (text: string) => textOf('name', text, { max: 64, required: true });
const descriptionOf = (text: string | null) => textOf('description', text ?? '', { max: 128 });

import { DAY } from '../../domain/duration.ts';
import { attributesSchema, parseAttributes, refuseGiven, textOf } from '../../provider-kit/input-fields.ts';
import { lifetimeMs } from '../../provider-kit/new-secret-fields.ts';
import { invalidInput } from '../../provider-kit/provider-error.ts';
import type { ClientChanges, NewClient, NewSecret, SecretChanges } from '../../provider-kit/provider.ts';
import type { Action, Parameters } from './api.ts';

/** vendor facts, section 4.2; a year has 365 days. */
export const LIFETIME = { minMs: DAY, maxMs: 3 * 365 * DAY };

const NO_DESCRIPTION = { description: 'a secret of EIAM has none; leave it out' };
const NO_REDIRECTS = { redirectUris: 'EIAM keeps them with its single sign-on settings; set them there' };
const NO_ATTRIBUTES = attributesSchema('EIAM', {});

export function parseNewSecret({ expiresAt, retrievable, ...given }: NewSecret, now: Date): Parameters {
  const maxUses = 'EIAM does not count uses; leave it out';
  refuseGiven(given, { ...NO_DESCRIPTION, maxUses, value: 'EIAM makes the value itself; leave it out' });
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
  const ApplicationSourceType = 'urn:alibaba:idaas:app:source:standard';
  return { ...nameOf(name), ...descriptionOf(description), ApplicationSourceType, SsoType: 'oidc' };
}

/** What is asked for, one operation each (vendor facts, section 4.3). */
export function parseClientChanges(changes: ClientChanges): readonly (readonly [Action, Parameters])[] {
  const { name, description, enabled, attributes } = changes;
  refuseGiven(changes, NO_REDIRECTS);
  parseAttributes(NO_ATTRIBUTES, attributes);
  const steps: [Action, Parameters][] = [];
  if (name !== undefined) steps.push(['UpdateApplicationInfo', nameOf(name)]);
  if (description !== undefined) steps.push(['UpdateApplicationDescription', descriptionOf(description)]);
  if (enabled !== undefined) steps.push([enabled ? 'EnableApplication' : 'DisableApplication', {}]);
  return steps;
}

function nameOf(text: string): Parameters {
  return { ApplicationName: textOf('name', text, { max: 64, required: true }) };
}

function descriptionOf(text: string | null): Parameters {
  return { Description: textOf('description', text ?? '', { max: 128 }) };
}

import { z } from 'zod';
import { isStorableMoment, isStorableText } from '../../domain/storable.ts';
import { attributesSchema, parseAttributes, refuseGiven, textOf } from '../../provider-kit/input-fields.ts';
import { refuseOwnValue } from '../../provider-kit/new-secret-fields.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { ClientChanges, NewClient, NewSecret, SecretChanges } from '../../provider-kit/provider.ts';
import type { Dialect } from './config.ts';

const MAX_URIS = 10;
const uris = z.array(z.url()).max(MAX_URIS);
const flags = { AllowOfflineAccess: z.boolean(), AllowAccessTokensViaBrowser: z.boolean() };
const isAhead = (moment: Date, now: Date) => moment > now && isStorableMoment(moment);

/** The attributes that may be written (vendor facts, section 4). */
const OF_KIND = {
  cc: { RoleIds: z.array(z.guid()).min(1) },
  hy: { PostLogoutRedirectUris: uris, ClientUri: z.url(), LogoUri: z.url(), ...flags },
};
const OF_V1 = { AccessTokenLifetime: z.int().min(60).max(3600) };
/** With a new client is said what its first secret is to be. */
const ofNew = (dialect: Dialect, now: Date) => ({
  [dialect === 'v1' ? 'Id' : 'ClientId']: z.guid().toLowerCase(),
  SecretDescription: z.string().refine(isStorableText),
  SecretExpirationDate: z.iso
    .datetime({ offset: true })
    .refine((text) => isAhead(new Date(text), now), 'must lie ahead')
    .transform((text) => new Date(text).toISOString()),
});

type ClientInput = Partial<Omit<NewClient, 'kind'>> & Pick<ClientChanges, 'enabled'>;

/** `newAt`: when the client is made. Null: it is there, and what is not named stays as it is. */
export function clientBody(
  isHybrid: boolean,
  input: ClientInput,
  dialect: Dialect,
  newAt: Date | null,
): object {
  const { identity, description, name, enabled, redirectUris, attributes } = input;
  refuseGiven(
    { identity, description, redirectUris: isHybrid ? null : redirectUris },
    {
      identity: 'a client of AVEVA hangs on its tenant; leave it out',
      description: 'a client of AVEVA has none; leave it out',
      redirectUris: 'only a HYBRID client of AVEVA has them; leave them out',
    },
  );
  const RedirectUris = isHybrid ? (redirectUris ?? (newAt && [])) : null;
  if (RedirectUris && (RedirectUris.length === 0 || RedirectUris.length > MAX_URIS))
    throw invalidInput('redirectUris', `a HYBRID client of AVEVA has 1 to ${MAX_URIS}`);
  const Name = name === undefined ? null : textOf('name', name, { max: Infinity, required: true });
  const ofKind = isHybrid ? OF_KIND.hy : OF_KIND.cc;
  const shape = { ...ofKind, ...(dialect === 'v1' && OF_V1), ...(newAt && ofNew(dialect, newAt)) };
  const asked = parseAttributes(attributesSchema('AVEVA', shape), attributes);
  return { Name, Enabled: enabled, RedirectUris, ...asked };
}

export function newSecretBody({ maxUses, ...input }: NewSecret, dialect: Dialect, now: Date): object {
  refuseOwnValue(input, 'AVEVA');
  refuseGiven({ maxUses }, { maxUses: 'AVEVA does not count uses; leave it out' });
  const body = secretBody(input, dialect, now);
  if (dialect === 'v1') return { Expires: false, ...body };
  if (input.expiresAt !== null) return body;
  const hint = 'Say when it is to expire, or configure the dialect v1.';
  throw new ProviderError('unsupported', 'A secret made through v1-preview has to expire.', { hint });
}

/** What is absent stays as it is; null would too, so that a description is emptied instead (vendor facts, section 3). */
export function secretBody({ description, expiresAt }: SecretChanges, dialect: Dialect, now: Date): object {
  if (expiresAt && !isAhead(expiresAt, now))
    throw invalidInput('expiresAt', 'must lie ahead, before the year 10000');
  const Description = description === null ? '' : description;
  // To the letter: a rotation knows its secret by the end of it.
  if (!isStorableText(Description ?? '')) throw invalidInput('description', 'cannot be stored as it is');
  if (!expiresAt) return { Description };
  return { Description, Expiration: expiresAt.toISOString(), ...(dialect === 'v1' && { Expires: true }) };
}

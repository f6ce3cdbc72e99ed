import { z } from 'zod';
import { isStorableMoment, isStorableText } from '../../domain/storable.ts';
import { attributesSchema, parseAttributes, refuseGiven } from '../../provider-kit/input-fields.ts';
import { refuseOwnValue } from '../../provider-kit/new-secret-fields.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { ClientChanges, NewClient, NewSecret } from '../../provider-kit/provider.ts';
import type { Holder } from './api.ts';
import type { Dialect } from './config.ts';

const MAX_URIS = 10;

/** The attributes that may be written (vendor facts, section 4). */
const OF_KIND = {
  cc: { RoleIds: z.array(z.guid()).min(1) },
  hy: {
    PostLogoutRedirectUris: z.array(z.url()).max(MAX_URIS),
    ClientUri: z.url(),
    LogoUri: z.url(),
    AllowOfflineAccess: z.boolean(),
    AllowAccessTokensViaBrowser: z.boolean(),
  },
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

export function kindOf(kind: NewClient['kind']): Holder['kind'] {
  if (kind === null || kind === 'CLIENT_CREDENTIALS') return 'cc';
  if (kind === 'HYBRID') return 'hy';
  throw invalidInput('kind', 'must be CLIENT_CREDENTIALS or HYBRID in AVEVA');
}

type ClientInput = Partial<Pick<NewClient, 'identity' | 'redirectUris' | 'attributes'>> &
  Pick<ClientChanges, 'name' | 'description' | 'enabled'>;

/** `newAt`: when the client is made. Null: it is there, and what is not named here stays as it is. */
export function clientBody(
  kind: Holder['kind'],
  { identity, description, name, enabled, redirectUris, attributes }: ClientInput,
  dialect: Dialect,
  newAt: Date | null,
): object {
  refuseGiven(
    { identity, description, redirectUris: kind === 'cc' ? redirectUris : null },
    {
      identity: 'a client of AVEVA hangs on its tenant; leave it out',
      description: 'a client of AVEVA has none; leave it out',
      redirectUris: 'only a HYBRID client of AVEVA has them; leave them out',
    },
  );
  const shape = { ...OF_KIND[kind], ...(dialect === 'v1' && OF_V1), ...(newAt && ofNew(dialect, newAt)) };
  const hasUris = kind === 'hy' && (newAt !== null || redirectUris !== undefined);
  return {
    ...(name !== undefined && { Name: nameOf(name) }),
    ...(enabled !== undefined && { Enabled: enabled }),
    ...(hasUris && { RedirectUris: parseUris(redirectUris ?? []) }),
    ...parseAttributes(attributesSchema('AVEVA', shape), attributes),
  };
}

function nameOf(name: string): string {
  if (name.trim() === '') throw invalidInput('name', 'must not be empty');
  return textOf('name', name.trim());
}

function parseUris(redirectUris: readonly string[]): readonly string[] {
  if (redirectUris.length > 0 && redirectUris.length <= MAX_URIS) return redirectUris;
  throw invalidInput('redirectUris', `a HYBRID client of AVEVA has 1 to ${MAX_URIS}`);
}

/** To the letter: a rotation finds its secret by the end of the description, and no length is stated. */
export function textOf(field: string, text: string): string {
  if (isStorableText(text)) return text;
  throw invalidInput(field, 'holds a character that cannot be stored');
}

export function newSecretBody(
  { expiresAt, maxUses, ...given }: NewSecret,
  dialect: Dialect,
  now: Date,
): object {
  refuseOwnValue(given, 'AVEVA');
  refuseGiven({ maxUses }, { maxUses: 'AVEVA does not count uses; leave it out' });
  const Description = given.description === null ? null : textOf('description', given.description);
  if (expiresAt !== null) return { Description, ...expirationOf(expiresAt, dialect, now) };
  if (dialect === 'v1') return { Description, Expires: false };
  const hint = 'Say when it is to expire, or configure the dialect v1.';
  throw new ProviderError('unsupported', 'A secret made through v1-preview has to expire.', { hint });
}

/** In v1 the flag goes with the date: one that never expires keeps its own otherwise (vendor facts, section 3). */
export function expirationOf(expiresAt: Date, dialect: Dialect, now: Date): object {
  if (!isAhead(expiresAt, now)) throw invalidInput('expiresAt', 'must lie ahead, before the year 10000');
  return { Expiration: expiresAt.toISOString(), ...(dialect === 'v1' && { Expires: true }) };
}

function isAhead(moment: Date, now: Date): boolean {
  return moment > now && isStorableMoment(moment);
}

import { z } from 'zod';
import { SECOND } from '../../domain/duration.ts';
import { refuseClientFields } from '../../provider-kit/client-fields.ts';
import { attributesSchema, parseAttributes, textOf } from '../../provider-kit/input-fields.ts';
import { lifetimeMs, refuseOwnValue } from '../../provider-kit/new-secret-fields.ts';
import { invalidInput } from '../../provider-kit/provider-error.ts';
import type { ClientChanges, NewClient, NewSecret } from '../../provider-kit/provider.ts';

/** Of all that the vendor counts in seconds. */
const MAX_SECONDS = 315_360_000;
export const LIFETIME = { minMs: SECOND, maxMs: MAX_SECONDS * SECOND, clearable: false };

/** As long as its column, as are other texts (sections 4 and 6). */
export const NAME = { max: 255, required: true };

export const identityAttributes = attributesSchema('Infisical', {
  role: z.string().trim().min(1),
  metadata: z.array(z.strictObject({ key: z.string().min(1), value: z.string().min(1) })),
  hasDeleteProtection: z.boolean(),
});

const seconds = z.int().min(0).max(MAX_SECONDS);
const range = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be an IP address or a CIDR block');
const ranges = z.array(range.transform((ipAddress) => ({ ipAddress }))).min(1);
/** vendor facts, section 5 */
export const clientAttributes = attributesSchema('Infisical', {
  accessTokenTTL: seconds,
  accessTokenMaxTTL: seconds,
  accessTokenNumUsesLimit: z.int().min(0),
  accessTokenPeriod: seconds,
  clientSecretTrustedIps: ranges,
  accessTokenTrustedIps: ranges,
  lockoutEnabled: z.boolean(),
  lockoutThreshold: z.int().min(1).max(30),
  lockoutDurationSeconds: z.int().min(30).max(86_400),
  lockoutCounterResetSeconds: z.int().min(5).max(3600),
});

/** The settings of a client; what else a client may have elsewhere, the vendor has no place for. */
export function parseClient(input: Partial<NewClient> & Pick<ClientChanges, 'enabled'>) {
  refuseClientFields('Infisical', input);
  if (input.kind && input.kind !== 'UNIVERSAL_AUTH')
    throw invalidInput('kind', 'Infisical has UNIVERSAL_AUTH only');
  return parseAttributes(clientAttributes, input.attributes);
}

/** What a new secret is asked for with, in whole seconds: it does not outlive what was asked, and 0 is for ever. */
export function parseNewSecret({ description, expiresAt, maxUses, ...given }: NewSecret, now: Date): object {
  refuseOwnValue(given, 'Infisical');
  if (maxUses !== null && !(Number.isSafeInteger(maxUses) && maxUses > 0))
    throw invalidInput('maxUses', 'must be a whole number from 1 on');
  return {
    description: textOf('description', description ?? '', { max: NAME.max }),
    numUsesLimit: maxUses ?? 0,
    ttl: Math.floor((lifetimeMs(expiresAt, LIFETIME, now) ?? 0) / SECOND),
  };
}

import { z } from 'zod';
import { credential, origin } from '../../provider-kit/option-fields.ts';

/** An organisation of Infisical, and the universal auth of the machine identity that the gateway works as. */
export const infisicalOptions = z.strictObject({
  kind: z.literal('infisical'),
  /** The cloud's region or a self-hosted instance. */
  url: origin('https://eu.infisical.com'),
  /** A machine identity reaches one organisation and cannot list any (vendor facts, section 2). */
  organizationId: z.uuid().toLowerCase(),
  clientId: z.uuid().toLowerCase(),
  /** Its use limit has to be 0: each login counts as one use. */
  clientSecret: credential,
});

export type InfisicalOptions = z.output<typeof infisicalOptions>;

import { z } from 'zod';
import { SecretValue } from '../../domain/secret-value.ts';

const ORIGIN_HINT =
  'must be an http or https address without path, query or credentials: https://eu.infisical.com';

/** An organisation of Infisical, and the universal auth of the machine identity that the gateway works as. */
export const infisicalOptions = z.strictObject({
  kind: z.literal('infisical'),
  /** The cloud's region or a self-hosted instance. */
  url: z.string().transform((text, context) => {
    const origin = parseOrigin(text);
    if (origin === null) context.addIssue(ORIGIN_HINT);
    return origin ?? z.NEVER;
  }),
  /** A machine identity reaches one organisation and cannot list any (vendor facts, section 2). */
  organizationId: z.uuid().toLowerCase(),
  clientId: z.uuid().toLowerCase(),
  /** Its use limit has to be 0: each login counts as one use. */
  clientSecret: z
    .string()
    .trim()
    .min(1)
    .transform((text) => new SecretValue(text)),
});

export type InfisicalOptions = z.output<typeof infisicalOptions>;

function parseOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin, href, protocol } = new URL(text);
  return /^https?:$/.test(protocol) && href === `${origin}/` ? origin : null;
}

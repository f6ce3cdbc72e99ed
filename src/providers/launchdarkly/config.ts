import { z } from 'zod';
import { credential, origin } from '../../provider-kit/option-fields.ts';

export const launchdarklyOptions = z.strictObject({
  kind: z.literal('launchdarkly'),
  url: origin('https://app.launchdarkly.com'),
  /** Of the account, which tells no name of its own (vendor facts, section 5). */
  name: z.string().trim().min(1),
  /** Of an Admin; a header has it as it is. */
  accessToken: credential.refine((token) => /^[\x21-\x7e]+$/.test(token.reveal()), 'is no access token'),
  /** Are access tokens shown as clients, beside the OAuth clients? */
  accessTokens: z.boolean().default(false),
});
export type LaunchDarklyOptions = z.output<typeof launchdarklyOptions>;

import { z } from 'zod';
import { credential, origin } from '../../provider-kit/option-fields.ts';

export const PRODUCTS = ['zsphere', 'cloud'] as const;
export type Product = (typeof PRODUCTS)[number];

const LOGIN = ['account', 'password'] as const;
const ACCESS_KEY = ['accessKeyId', 'accessKeySecret'] as const;
const ONE_PAIR = 'give account and password, or accessKeyId and accessKeySecret, never of both';

/**
 * An installation of ZStack, and what the gateway works with there: either an account with its password, or an access
 * key, which knows no session, no captcha and no end (vendor facts, section 1). Where a site permits an account one
 * session only, several gateways need access keys: else each ends the session of the other.
 */
export const zstackOptions = z
  .strictObject({
    kind: z.literal('zstack'),
    url: origin('http://zstack.example.com:8080'),
    /** They differ in what a client has, and ZSphere alone shows a secret. */
    product: z.enum(PRODUCTS),
    account: z.string().trim().min(1).optional(),
    password: credential.optional(),
    /** It goes into a header, and ends there at the first colon. */
    accessKeyId: z
      .string()
      .regex(/^[\w.~+/=-]+$/, 'is no id of an access key')
      .optional(),
    accessKeySecret: credential.optional(),
  })
  .superRefine(
    (given, context) => {
      const isGiven = (field: keyof typeof given) => given[field] !== undefined;
      const isKey = ACCESS_KEY.some(isGiven) && !LOGIN.some(isGiven);
      const [wanted, other] = isKey ? [ACCESS_KEY, LOGIN] : [LOGIN, ACCESS_KEY];
      const wrong = [...wanted.filter((field) => !isGiven(field)), ...other.filter(isGiven)];
      for (const field of wrong) context.addIssue({ code: 'custom', path: [field], message: ONE_PAIR });
    },
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );

export type ZstackOptions = z.output<typeof zstackOptions>;

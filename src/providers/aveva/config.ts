import { z } from 'zod';
import { credential, origin } from '../../provider-kit/option-fields.ts';

/** The client-credential client of a tenant that the gateway works as; to write, it has to be an administrator. */
const tenant = z.strictObject({
  id: z.guid().toLowerCase(),
  clientId: z.string().trim().min(1),
  clientSecret: credential,
});
const idOf = (it: unknown) => z.object({ id: z.string() }).safeParse(it).data?.id;

/** A credential reaches one tenant and cannot list any, so that all are named (vendor facts, section 5). */
const tenants = z
  .array(tenant)
  .min(1)
  .superRefine(
    (all, context) => {
      for (const [i, id] of all.map(idOf).entries()) {
        if (id === undefined || all.findIndex((other) => idOf(other) === id) === i) continue;
        context.addIssue({ code: 'custom', path: [i, 'id'], message: 'stands here twice' });
      }
    },
    // Beside whatever else is wrong with them.
    { when: ({ value }) => Array.isArray(value) },
  );

export const avevaOptions = z.strictObject({
  kind: z.literal('aveva'),
  /** Of any region: the one that takes changes is found from there. */
  url: origin('https://uswe.datahub.connect.aveva.com'),
  /** The generation of the API (vendor facts, section 2). */
  dialect: z.enum(['v1', 'v1-preview']).default('v1'),
  tenants,
});

export type AvevaOptions = z.output<typeof avevaOptions>;
export type Dialect = AvevaOptions['dialect'];

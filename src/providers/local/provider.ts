import { z } from 'zod';
import { around } from '../../provider-kit/around.ts';
import type { Definition } from '../../provider-kit/definition.ts';
import type { Traits } from '../../provider-kit/provider.ts';
import type { Store } from '../../store/database.ts';
import { clientMethods } from './clients.ts';
import { identityMethods } from './identities.ts';
import { ownErrors } from './own-errors.ts';
import { secretReads } from './secret-reads.ts';
import { secretWrites } from './secret-writes.ts';
import { tenantMethods } from './tenants.ts';
import { verification } from './verification.ts';

const options = z.strictObject({ kind: z.literal('local') });

/** A value can be revealed only where it was kept: `ClientSecret.retrievable` tells. */
const TRAITS: Traits = {
  maxActiveSecrets: null,
  minActiveSecrets: 0,
  secretLifetime: { minMs: null, maxMs: null, clearable: true },
  retrieval: 'ANY_TIME',
  revocationDelayMs: 0,
  replacement: null,
  describesSecrets: true,
  instead: {
    replaceSecret: 'Rotate the secret: the new one and the old one both work until the overlap ends.',
  },
};

/** The gateway's own store. */
export const local: Definition<z.infer<typeof options>, Store> = {
  kind: 'local',
  options,
  open: (_, { name, database, clock }) => {
    const own = { name, store: database, clock };
    return around(
      {
        name,
        traits: TRAITS,
        ...tenantMethods(own),
        ...identityMethods(own),
        ...clientMethods(own),
        ...secretReads(own),
        ...secretWrites(own),
        ...verification(own),
      },
      ownErrors,
    );
  },
};

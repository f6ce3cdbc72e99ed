import type { Definition } from '../../provider-kit/definition.ts';
import { ownIds } from '../../provider-kit/own-ids.ts';
import type { Traits } from '../../provider-kit/provider.ts';
import { createApi } from './api.ts';
import { classify, MAX_SECRETS } from './classify.ts';
import { createClientWrites } from './client-writes.ts';
import { alibabaEiamOptions, type AlibabaEiamOptions } from './config.ts';
import { createReads } from './reads.ts';
import { createSecretWrites, LIFETIME } from './secret-writes.ts';
import { createSigner } from './signature.ts';

const INSTANCES = 'Create, change and delete instances in the console of Alibaba Cloud.';
const USERS = 'Create, change and delete users in EIAM, or where it takes them from.';

/** Each operation has a quota of its own, which is published nowhere but in the customer's console (vendor facts, section 5). */
const CONCURRENT = 16;

/** Of ids, which are opaque texts of at most 64 characters (vendor facts, section 4.2). */
const POSSIBLE = /^[ -~]{1,64}$/;

const traits: Traits = {
  maxActiveSecrets: MAX_SECRETS,
  minActiveSecrets: 1,
  secretLifetime: { ...LIFETIME, clearable: false },
  retrieval: 'ANY_TIME',
  revocationDelayMs: 0,
  replacement: null,
  describesSecrets: false,
  instead: {
    createTenant: INSTANCES,
    updateTenant: INSTANCES,
    deleteTenant: INSTANCES,
    createIdentity: USERS,
    updateIdentity: USERS,
    deleteIdentity: USERS,
    replaceSecret: 'Rotate the client secret: the new one and the old one both work until the overlap ends.',
    verifySecret: 'Ask the token endpoint of the instance for a token, with the client id and the value.',
  },
};

/** Alibaba Cloud IDaaS EIAM: instances, their users, their applications as clients, and the secrets of these. */
export const alibabaEiam: Definition<AlibabaEiamOptions> = {
  kind: 'alibaba-eiam',
  options: alibabaEiamOptions,
  open({ region, url, ...credentials }, { name, connect, clock }) {
    const origin = url ?? `https://eiam.${region}.aliyuncs.com`;
    const sign = createSigner(credentials, new URL(origin).host, clock);
    const eiam = {
      api: createApi(connect({ origin, classify, sign, concurrent: CONCURRENT })),
      clock,
      name,
      region,
    };
    const reads = createReads(eiam);
    const writes = { ...createClientWrites(eiam, reads), ...createSecretWrites(eiam) };
    return ownIds({ name, traits, ...reads, ...writes }, (_, id) => POSSIBLE.test(id));
  },
};

import { bearer } from '../../provider-kit/bearer.ts';
import type { Definition } from '../../provider-kit/definition.ts';
import { ownIds } from '../../provider-kit/own-ids.ts';
import type { Traits } from '../../provider-kit/provider.ts';
import { createApi } from './api.ts';
import { classify, quotaAfter } from './classify.ts';
import { infisicalOptions, type InfisicalOptions } from './config.ts';
import { LIFETIME } from './input.ts';
import { createReads } from './reads.ts';
import { createWrites } from './writes.ts';

/** The one form in which the vendor gives ids: any other breaks its server (vendor facts, section 1). */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const traits: Traits = {
  maxActiveSecrets: null,
  minActiveSecrets: 0,
  secretLifetime: LIFETIME,
  retrieval: 'ONCE',
  /** No login from then on. An access token got before may work until its own time is over (vendor facts, section 3). */
  revocationDelayMs: 0,
  replacement: null,
  describesSecrets: true,
  instead: {
    createTenant: 'Create the organisation in Infisical, and configure a provider for it.',
    updateTenant: 'Change the organisation in Infisical.',
    deleteTenant: 'Delete the organisation in Infisical.',
    updateSecret: 'Create a new client secret and revoke the old one, or rotate it.',
    disableSecret: 'Revoke the client secret, which is final, and create a new one when it is needed again.',
    enableSecret: 'A revoked client secret stays revoked; create a new one.',
    replaceSecret: 'Rotate the client secret: the new one and the old one both work until the overlap ends.',
    revealSecret: 'Infisical shows a value only when it is created; create a new client secret or rotate.',
    verifySecret: 'Log in to Infisical with clientId and value at /api/v1/auth/universal-auth/login.',
  },
};

/** Infisical: machine identities, their universal auth as clients, and its client secrets. */
export const infisical: Definition<InfisicalOptions> = {
  kind: 'infisical',
  options: infisicalOptions,
  open(own, { name, connect, clock }) {
    const upstream = connect({ origin: own.url, classify, quotaAfter });
    const api = createApi(bearer(upstream, (call) => createApi(upstream)(call).login(own), clock));
    const organization = { api, clock, id: { provider: name, tenant: own.organizationId }, own };
    const reads = createReads(organization);
    const provider = { name, traits, ...reads, ...createWrites(organization, reads) };
    return ownIds(provider, (part, id) => (part === 'tenant' ? id === own.organizationId : UUID.test(id)));
  },
};

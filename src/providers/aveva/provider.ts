import { HOUR } from '../../domain/duration.ts';
import type { Definition } from '../../provider-kit/definition.ts';
import { ownIds } from '../../provider-kit/own-ids.ts';
import type { Traits } from '../../provider-kit/provider.ts';
import { avevaOptions, type AvevaOptions } from './config.ts';
import { canBe, openDeployment } from './deployment.ts';
import { createReads } from './reads.ts';
import { createWrites, MAX_SECRETS } from './writes.ts';

const TENANT = 'Manage the tenant in AVEVA; which tenants there are is said in the configuration.';
const IDENTITY = 'Manage users and automation identities in AVEVA.';
const NO_SWITCH =
  'Revoke the client secret, which is final, or disable its client, which stops all its secrets.';

const traits: Traits = {
  maxActiveSecrets: MAX_SECRETS,
  minActiveSecrets: 0,
  secretLifetime: { minMs: null, maxMs: null, clearable: false },
  retrieval: 'ONCE',
  /** At the most, until nobody gets a token with it; one got before works until its own time is over (section 3). */
  revocationDelayMs: HOUR,
  replacement: null,
  describesSecrets: true,
  instead: {
    createTenant: TENANT,
    updateTenant: TENANT,
    deleteTenant: TENANT,
    createIdentity: IDENTITY,
    updateIdentity: IDENTITY,
    deleteIdentity: IDENTITY,
    disableSecret: NO_SWITCH,
    enableSecret: NO_SWITCH,
    replaceSecret: 'Rotate the client secret: the new one and the old one both work until the overlap ends.',
    revealSecret: 'AVEVA shows a value only when it is created; create a new client secret or rotate.',
    verifySecret: 'Ask the token endpoint of AVEVA for a token with clientId and value.',
  },
};

/** AVEVA: the client-credential and hybrid clients of CONNECT data services, and their secrets. */
export const aveva: Definition<AvevaOptions> = {
  kind: 'aveva',
  options: avevaOptions,
  open(options, world) {
    const deployment = openDeployment(options, world);
    const provider = { name: world.name, traits, ...createReads(deployment), ...createWrites(deployment) };
    return ownIds(provider, (part, text) => canBe(deployment, part, text));
  },
};

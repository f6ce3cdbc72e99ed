import { HOUR } from '../../domain/duration.ts';
import { splitId } from '../../provider-kit/compound-id.ts';
import type { Definition } from '../../provider-kit/definition.ts';
import { ownIds } from '../../provider-kit/own-ids.ts';
import type { Traits } from '../../provider-kit/provider.ts';
import { avevaOptions, type AvevaOptions } from './config.ts';
import { createReads } from './reads.ts';
import { openTenants } from './tenants.ts';
import { createWrites, MAX_SECRETS } from './writes.ts';

const TENANT = 'Manage the tenant in AVEVA; which tenants there are is said in the configuration.';
const IDENTITY = 'Manage users and automation identities in AVEVA.';
const SWITCH =
  'Revoke the client secret, which is final, or disable its client, which stops all its secrets.';

const traits: Traits = {
  maxActiveSecrets: MAX_SECRETS,
  minActiveSecrets: 0,
  secretLifetime: { minMs: null, maxMs: null, clearable: false },
  retrieval: 'ONCE',
  /** Until nobody gets a token with it; one got before works until its own time is over (vendor facts, section 3). */
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
    disableSecret: SWITCH,
    enableSecret: SWITCH,
    replaceSecret: 'Rotate the client secret: the new one and the old one both work until the overlap ends.',
    revealSecret: 'AVEVA shows a value only when it is created; create a new client secret or rotate.',
    verifySecret: 'Ask the token endpoint of AVEVA for a token with clientId and value.',
  },
};

/** The vendor's pages show no other ids: most are GUIDs. */
const ID = /^\w[\w.~-]{0,63}$/;
const KINDS = { client: ['cc', 'hy'], identity: ['user', 'auto'] };

/** AVEVA: the client-credential and hybrid clients of CONNECT data services, and their secrets. */
export const aveva: Definition<AvevaOptions> = {
  kind: 'aveva',
  options: avevaOptions,
  open(options, world) {
    const deployment = openTenants(options, world);
    const provider = { name: world.name, traits, ...createReads(deployment), ...createWrites(deployment) };
    return ownIds(provider, (part, text) => {
      if (part === 'tenant') return options.tenants.some(({ id }) => id === text);
      // In v1 a whole number of 32 bits, in the one form that it is written in.
      if (part === 'secret')
        return options.dialect === 'v1' ? String(Number(text) | 0) === text : ID.test(text);
      return ID.test(splitId(text, KINDS[part])?.id ?? '');
    });
  },
};

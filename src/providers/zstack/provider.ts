import { splitId } from '../../provider-kit/compound-id.ts';
import type { Definition, World } from '../../provider-kit/definition.ts';
import { ownIds } from '../../provider-kit/own-ids.ts';
import type { Instead, Traits } from '../../provider-kit/provider.ts';
import { signedBy } from './access-key.ts';
import { createApi, type Entrance } from './api.ts';
import { classify } from './classify.ts';
import { zstackOptions, type Product, type ZstackOptions } from './config.ts';
import { parseIdentity } from './identities.ts';
import { INSTALLATION, isUuid } from './installation.ts';
import { createReads } from './reads.ts';
import { loggedIn } from './session.ts';
import { createWrites } from './writes.ts';

const INSTALLED = 'Configure a provider for each installation of ZStack; it has no properties of its own.';
const IN_ZSTACK = 'Make the change in ZStack, under its accounts.';
const BY_ISSUER =
  'The identity provider issues the secret and ends it there; give ZStack a new value with rotateClientSecret.';

const instead: Instead = {
  createTenant: INSTALLED,
  updateTenant: INSTALLED,
  deleteTenant: INSTALLED,
  createIdentity: IN_ZSTACK,
  updateIdentity: IN_ZSTACK,
  deleteIdentity: IN_ZSTACK,
  createSecret: BY_ISSUER,
  updateSecret:
    'A secret of ZStack has neither a description nor an end; rotateClientSecret sets a new value.',
  disableSecret: BY_ISSUER,
  enableSecret: BY_ISSUER,
  revokeSecret: BY_ISSUER,
  verifySecret: 'Ask the identity provider that issued the secret; ZStack presents it and judges nothing.',
};
const NOT_SHOWN = 'ZStack Cloud shows no secret; take it from the identity provider that issued it.';

function traitsOf(product: Product): Traits {
  return {
    maxActiveSecrets: 1,
    minActiveSecrets: 1,
    secretLifetime: null,
    retrieval: product === 'zsphere' ? 'ANY_TIME' : 'ONCE',
    revocationDelayMs: 0,
    replacement: 'AT_ONCE',
    describesSecrets: false,
    instead: product === 'zsphere' ? instead : { ...instead, revealSecret: NOT_SHOWN },
  };
}

/** ZStack: the OAuth2 clients by which its users sign in elsewhere, and the one secret that each of them has. */
export const zstack: Definition<ZstackOptions> = {
  kind: 'zstack',
  options: zstackOptions,
  open(options, world) {
    const { name, clock } = world;
    const { product, url } = options;
    const api = createApi(entranceOf(options, world), world);
    const installation = { api, clock, product, id: { provider: name, tenant: INSTALLATION } };
    const reads = createReads(installation, new URL(url).host);
    return ownIds(
      { name, traits: traitsOf(product), ...reads, ...createWrites(installation) },
      (part, text) => {
        if (part === 'tenant') return text === INSTALLATION;
        if (part === 'identity') return parseIdentity(product, text) !== null;
        return isUuid(part === 'secret' ? (splitId(text, ['current'])?.id ?? '') : text);
      },
    );
  },
};

function entranceOf(options: ZstackOptions, { connect, clock }: World): Entrance {
  const { url: origin, account, password, accessKeyId: id, accessKeySecret: secret } = options;
  if (id !== undefined && secret !== undefined) {
    const upstream = connect({ origin, classify, sign: signedBy({ id, secret }, clock) });
    return (_call, use) => use(upstream);
  }
  if (account === undefined || password === undefined) throw new Error('there is nothing to log in with');
  return loggedIn(connect({ origin, classify }), { account, password }, clock);
}

import type { Definition } from '../../provider-kit/definition.ts';
import { ownIds } from '../../provider-kit/own-ids.ts';
import type { Instead, Traits } from '../../provider-kit/provider.ts';
import { createApi } from './api.ts';
import { zstackOptions, type Product, type ZstackOptions } from './config.ts';
import { connectTo } from './connection.ts';
import { idsOf, INSTALLATION } from './ids.ts';
import { createReads } from './reads.ts';
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

const traits = {
  maxActiveSecrets: 1,
  minActiveSecrets: 1,
  secretLifetime: null,
  revocationDelayMs: 0,
  replacement: 'AT_ONCE',
  describesSecrets: false,
} as const;
const TRAITS: Readonly<Record<Product, Traits>> = {
  zsphere: { ...traits, retrieval: 'ANY_TIME', instead },
  cloud: { ...traits, retrieval: 'ONCE', instead: { ...instead, revealSecret: NOT_SHOWN } },
};

/** ZStack: the OAuth2 clients by which its users sign in elsewhere, and the one secret that each of them has. */
export const zstack: Definition<ZstackOptions> = {
  kind: 'zstack',
  options: zstackOptions,
  open(options, world) {
    const { name, clock } = world;
    const { product, url } = options;
    const id = { provider: name, tenant: INSTALLATION };
    const api = createApi(connectTo(options, world));
    const installation = { api, clock, product, id, host: new URL(url).host };
    const reads = createReads(installation);
    const methods = { ...reads, ...createWrites(installation, reads) };
    return ownIds({ name, traits: TRAITS[product], ...methods }, idsOf(product));
  },
};

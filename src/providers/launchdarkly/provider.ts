import type { Definition } from '../../provider-kit/definition.ts';
import { ownIds } from '../../provider-kit/own-ids.ts';
import type { Instead, Provider, Traits } from '../../provider-kit/provider.ts';
import { openAccount } from './account.ts';
import { keyOf } from './api.ts';
import { launchdarklyOptions, type LaunchDarklyOptions } from './config.ts';
import { createReads } from './reads.ts';
import { createWrites, ONLY_OF_TOKENS } from './writes.ts';

/** In a filter, `|`, `,` and `:` would say something else (vendor facts, section 5). */
const ID = /^[\w-]{1,64}$/;
const MEMBERS = 'Invite, change and remove members in LaunchDarkly.';
const ONE_SWITCH = 'The secret works as long as its client is there; delete the client to end it.';
const INSTEAD: Instead = {
  createTenant: 'Create the account at LaunchDarkly, and configure a provider for it.',
  updateTenant: 'Change the name of the account in the configuration of its provider.',
  deleteTenant: 'Close the account at LaunchDarkly, and take its provider out of the configuration.',
  createIdentity: MEMBERS,
  updateIdentity: MEMBERS,
  deleteIdentity: MEMBERS,
  createSecret: 'A client has exactly one secret, which comes with it; create another client.',
  updateSecret: 'The secret has nothing of its own that could change; update its client.',
  disableSecret: ONE_SWITCH,
  enableSecret: ONE_SWITCH,
  revealSecret: 'LaunchDarkly shows a value only when it is issued; create another client.',
  verifySecret: 'Use the value at LaunchDarkly, which tells nobody else whether it is right.',
};

const TRAITS: Traits = {
  maxActiveSecrets: 1,
  minActiveSecrets: 1,
  secretLifetime: null,
  retrieval: 'ONCE',
  revocationDelayMs: 0,
  replacement: null,
  describesSecrets: false,
  instead: { ...INSTEAD, ...ONLY_OF_TOKENS },
};

/** LaunchDarkly: an account, its members, its OAuth clients, and if wanted its access tokens as clients. */
export const launchdarkly: Definition<LaunchDarklyOptions> = {
  kind: 'launchdarkly',
  options: launchdarklyOptions,
  open(options, world) {
    const account = openAccount(options, world);
    const { ofClients, ofTokens } = createWrites(account);
    const common = { name: world.name, traits: TRAITS, ...createReads(account), ...ofClients };
    const withTokens = {
      ...ofTokens,
      traits: { ...TRAITS, replacement: 'OVERLAP', instead: INSTEAD },
      lacking: ({ client }) => (keyOf(client)?.kind === 'oauth' ? ONLY_OF_TOKENS : {}),
    } satisfies Partial<Provider>;
    const provider = { ...common, ...(options.accessTokens && withTokens) };
    const clientId = options.accessTokens ? /^(oauth|token):[\w-]{1,64}$/ : /^oauth:[\w-]{1,64}$/;
    return ownIds(provider, (part, text) => (part === 'client' ? clientId : ID).test(text));
  },
};

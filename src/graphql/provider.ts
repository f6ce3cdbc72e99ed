import { formatDuration } from '../domain/duration.ts';
import { encodeGlobalId } from '../domain/ids.ts';
import * as registry from '../providers/registry.ts';
import type { Capabilities, Health } from '../service/provider-view.ts';
import { builder } from './builder.ts';
import { pageCost } from './complexity.ts';
import { TenantConnection } from './connection.ts';
import { ErrorCodeEnum, OperationEnum } from './enums.ts';
import { GLOBAL_ID } from './global-id.ts';
import { maxStaleness } from './input-fields.ts';
import { pageArguments, pageRequest } from './page-request.ts';
import { NodeRef, ProviderRef } from './refs.ts';
import { text } from './storable-input.ts';

const ProviderKindEnum = builder.enumType('ProviderKind', {
  description: 'What a provider is a connection to.',
  values: Object.fromEntries(
    Object.values(registry).map(({ kind }: { readonly kind: string }) => [
      kind.toUpperCase().replaceAll('-', '_'),
      { value: kind, description: `\`kind: ${kind}\` in the configuration.` },
    ]),
  ),
});

const SecretRetrievalEnum = builder.enumType('SecretRetrieval', {
  description: 'When the value of a secret can be had.',
  values: {
    ONCE: { description: 'Only when it is issued.' },
    ANY_TIME: { description: 'Later too, by `revealClientSecret`.' },
  },
});

const RotationSupportEnum = builder.enumType('RotationSupport', {
  description: 'How a secret can be exchanged for another.',
  values: {
    OVERLAP: { description: 'The new and the old secret both work for a while.' },
    REPLACE: { description: 'There is one slot: the new value ends the old one at once.' },
    NONE: { description: 'It cannot.' },
  },
});

const ProviderStatusEnum = builder.enumType('ProviderStatus', {
  description: 'Does a provider answer?',
  values: {
    UP: { description: 'It does.' },
    DEGRADED: { description: 'Not always.' },
    DOWN: { description: 'It does not.' },
    UNKNOWN: { description: 'It has not been asked yet.' },
  },
});

const BreakerStateEnum = builder.enumType('BreakerState', {
  description: 'Are requests sent to a provider?',
  values: {
    CLOSED: { description: 'All are.' },
    HALF_OPEN: { description: 'One is, which tries whether the provider is well again.' },
    OPEN: { description: 'None is for a while: it has failed several times in a row.' },
  } satisfies Record<Health['breaker'], object>,
});

const ProviderCapabilitiesRef = builder.objectRef<Capabilities>('ProviderCapabilities').implement({
  description: 'What a provider can do.',
  fields: (t) => ({
    operations: t.expose('operations', {
      type: [OperationEnum],
      description: 'What can be asked of it. `availableOperations` says what can be done with one object.',
    }),
    secretRetrieval: t.expose('secretRetrieval', {
      type: SecretRetrievalEnum,
      description: 'When the value of a secret can be had.',
    }),
    rotation: t.expose('rotation', {
      type: RotationSupportEnum,
      description: 'How a secret can be exchanged for another.',
    }),
    maxActiveSecretsPerClient: t.exposeInt('maxActiveSecretsPerClient', {
      nullable: true,
      description: 'How many secrets of one client may be there at once. Null: no limit is known.',
    }),
    minSecretLifetime: t.field({
      type: 'Duration',
      nullable: true,
      description: 'The shortest lifetime of a secret. Null: no lower bound, or secrets do not expire.',
      resolve: ({ minSecretLifetimeMs: ms }) => (ms === null ? null : formatDuration(ms)),
    }),
    maxSecretLifetime: t.field({
      type: 'Duration',
      nullable: true,
      description: 'The longest lifetime of a secret. Null: no upper bound, or secrets do not expire.',
      resolve: ({ maxSecretLifetimeMs: ms }) => (ms === null ? null : formatDuration(ms)),
    }),
    supportsSecretExpiry: t.exposeBoolean('supportsSecretExpiry', {
      description: 'Can a secret expire by itself?',
    }),
    revocationDelay: t.field({
      type: 'Duration',
      description: 'How long a revoked secret may still authenticate. `PT0S`: not at all.',
      resolve: ({ revocationDelayMs }) => formatDuration(revocationDelayMs),
    }),
  }),
});

const ProviderHealthRef = builder.objectRef<Health>('ProviderHealth').implement({
  description: 'How a provider answers.',
  fields: (t) => ({
    status: t.expose('status', { type: ProviderStatusEnum, description: 'Does it answer?' }),
    checkedAt: t.expose('checkedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last asked. Null: never.',
    }),
    latencyMs: t.exposeInt('latencyMs', {
      nullable: true,
      description: 'How long its last answer took, in milliseconds. Null: there is none.',
    }),
    message: t.exposeString('message', {
      nullable: true,
      description: 'What is wrong. Null: nothing.',
    }),
    breaker: t.expose('breaker', {
      type: BreakerStateEnum,
      description: 'Are requests sent to it? Of several connections, the worst.',
    }),
    lastError: t.field({
      type: ErrorCodeEnum,
      nullable: true,
      description:
        'What was wrong when it last failed, though it may be well again. Null: it has not failed.',
      resolve: ({ lastError }) => lastError?.code ?? null,
    }),
    lastErrorMessage: t.string({
      nullable: true,
      description: 'The same in plain words.',
      resolve: ({ lastError }) => lastError?.message ?? null,
    }),
    lastErrorAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it last failed. Null: never since the gateway was started.',
      resolve: ({ lastError }) => lastError?.at ?? null,
    }),
  }),
});

ProviderRef.implement({
  description: 'A configured connection to a vendor, or the store of the gateway itself.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: GLOBAL_ID,
      resolve: ({ name }) => encodeGlobalId('Provider', { provider: name }),
    }),
    name: t.exposeString('name', {
      description: 'Its name in the configuration: unique, and part of all ids.',
    }),
    kind: t.expose('kind', { type: ProviderKindEnum, description: 'What it is a connection to.' }),
    capabilities: t.expose('capabilities', {
      type: ProviderCapabilitiesRef,
      description: 'What it can do.',
    }),
    health: t.field({
      type: ProviderHealthRef,
      description: 'How it answers. It is asked where its last answer is older than half a minute.',
      resolve: (provider) => provider.health(),
    }),
    tenants: t.field({
      type: TenantConnection,
      nullable: true,
      description: 'Its tenants. Null, with an error: it did not answer.',
      args: pageArguments(t),
      complexity: pageCost,
      resolve: ({ name }, args, { loaders }, info) => loaders.of(info).tenants(name, pageRequest(args, info)),
    }),
  }),
});

builder.queryFields((t) => ({
  providers: t.field({
    type: [ProviderRef],
    description: 'The providers that you may read, in the order of the configuration.',
    args: { maxStaleness: t.arg(maxStaleness) },
    resolve: (_root, { maxStaleness }, { loaders }, info) => loaders.ofRoot(info, maxStaleness).providers,
  }),
  provider: t.field({
    type: ProviderRef,
    nullable: true,
    description: 'A provider by its name. Null: there is none, or you may not read it.',
    args: {
      name: t.arg.string({
        required: true,
        description: 'Its name in the configuration.',
        validate: { schema: text },
      }),
      maxStaleness: t.arg(maxStaleness),
    },
    resolve: (_root, { name, maxStaleness }, { loaders }, info) =>
      loaders.ofRoot(info, maxStaleness).provider(name),
  }),
}));

import { encodeGlobalId } from '../domain/ids.ts';
import { builder } from './builder.ts';
import { seenPageCost } from './complexity.ts';
import { DriftEventConnection } from './connection.ts';
import { GLOBAL_ID, idOf } from './global-id.ts';
import { id } from './input-fields.ts';
import { providerNames } from './inventory-input.ts';
import { pageArguments, pageRequest } from './page-request.ts';
import { present } from './present.ts';
import { ClientRef, ClientSecretRef, DriftEventRef, NodeRef, ProviderRef, TenantRef } from './refs.ts';
import { moment } from './storable-input.ts';

const DriftKindEnum = builder.enumType('DriftKind', {
  description: 'What was found to differ.',
  values: {
    ADDED: { description: 'It is there, and was not.' },
    REMOVED: { description: 'It was there, and is not.' },
    CHANGED: { description: 'It says something else of itself.' },
    EXPIRY_MOVED: { description: 'It ends at another time than it did.' },
  },
});

DriftEventRef.implement({
  description:
    'A difference at a provider that no operation of this gateway explains: somebody else made it.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: GLOBAL_ID, resolve: (event) => encodeGlobalId('DriftEvent', event) }),
    kind: t.expose('kind', { type: DriftKindEnum, description: 'What differs.' }),
    provider: t.field({
      type: ProviderRef,
      description: 'Where it was found.',
      resolve: ({ client }, _args, { loaders }, info) => present(loaders.of(info).provider(client.provider)),
    }),
    tenant: t.field({
      type: TenantRef,
      description: 'Whose it is, as last seen.',
      resolve: ({ client, seenAt: asOf }, _args, { loaders }, info) =>
        loaders.of(info).tenantOf({ id: client, freshness: { asOf, source: 'INVENTORY' } }),
    }),
    client: t.field({
      type: ClientRef,
      nullable: true,
      description: 'The client, or that of the secret, as last seen. Null: it was never seen.',
      resolve: ({ client }, _args, { loaders }, info) => loaders.of(info).seenClient(client),
    }),
    clientSecret: t.field({
      type: ClientSecretRef,
      nullable: true,
      description: 'The secret, as last seen. Null: it is about the client itself.',
      resolve: ({ secret }, _args, { loaders }, info) => secret && loaders.of(info).seenSecret(secret),
    }),
    firstSeenAt: t.expose('seenAt', { type: 'DateTime', description: 'When it was first seen.' }),
    before: t.expose('before', {
      type: 'JSONObject',
      nullable: true,
      description: 'The fields that differ, as they were. Null: it was not there.',
    }),
    after: t.expose('after', {
      type: 'JSONObject',
      nullable: true,
      description: 'The same fields as they were then found. Null: it was gone.',
    }),
  }),
});

const DriftEventFilter = builder.inputType('DriftEventFilter', {
  description: 'Which differences: those that fit every field that is given.',
  fields: (t) => ({
    providers: t.stringList(providerNames),
    tenant: t.id({ ...id('Tenant'), description: 'In this tenant, by its global id.' }),
    client: t.id({ ...id('Client'), description: 'Of this client or its secrets, by its global id.' }),
    kinds: t.field({ type: [DriftKindEnum], description: 'Of one of these kinds.' }),
    since: t.field({
      type: 'DateTime',
      description: 'First seen then or later.',
      validate: { schema: moment },
    }),
    until: t.field({
      type: 'DateTime',
      description: 'First seen before then.',
      validate: { schema: moment },
    }),
  }),
});

builder.queryField('driftEvents', (t) =>
  t.field({
    type: DriftEventConnection,
    description:
      'What others than this gateway have changed at the providers that you may read, newest first. A difference ' +
      'stands here some minutes after it was seen, when all that the gateway itself did until then is on record.',
    args: { filter: t.arg({ type: DriftEventFilter, description: 'Left out: all.' }), ...pageArguments(t) },
    complexity: seenPageCost,
    resolve: (_root, { filter, ...args }, { session }, info) => {
      const { providers = null, tenant, client, kinds = null, since = null, until = null } = filter ?? {};
      return session.inventory.listDriftEvents(
        {
          providers,
          tenant: tenant ? idOf('Tenant', tenant) : null,
          client: client ? idOf('Client', client) : null,
          kind: kinds,
          since,
          until,
        },
        pageRequest(args, info),
      );
    },
  }),
);

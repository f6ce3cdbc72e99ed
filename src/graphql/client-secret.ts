import { encodeGlobalId } from '../domain/ids.ts';
import { builder } from './builder.ts';
import { ClientSecretStatusEnum, OperationEnum } from './enums.ts';
import { GLOBAL_ID } from './global-id.ts';
import { givenName, maxStaleness } from './input-fields.ts';
import { nounFields } from './noun-fields.ts';
import {
  ClientRef,
  ClientSecretRef,
  IssuedClientSecretRef,
  NodeRef,
  RotationRef,
  TenantRef,
} from './refs.ts';

ClientSecretRef.implement({
  description:
    'One credential of a client. It has no field for its value: that leaves only as the result of a mutation.',
  interfaces: [NodeRef],
  fields: (t) => ({
    ...nounFields(t),
    id: t.id({ description: GLOBAL_ID, resolve: (secret) => encodeGlobalId('ClientSecret', secret.id) }),
    tenant: t.field({
      type: TenantRef,
      description: 'Whose it is.',
      resolve: (secret, _args, { loaders }, info) => loaders.of(info).tenantOf(secret),
    }),
    client: t.field({
      type: ClientRef,
      description: 'What authenticates with it.',
      resolve: (secret, _args, { loaders }, info) => loaders.of(info).clientOf(secret),
    }),
    externalId: t.string({
      description: 'The id that the vendor gave it.',
      resolve: (secret) => secret.id.secret,
    }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    hint: t.exposeString('hint', {
      nullable: true,
      description: 'What tells it apart without giving it away: a prefix, or the masked form of the vendor.',
    }),
    status: t.expose('status', { type: ClientSecretStatusEnum, description: 'Can it authenticate?' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself. Null: never.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last authenticated. Null: never, or the vendor does not say.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked. Null: it was not, or the vendor does not say when.',
    }),
    useCount: t.exposeInt('useCount', {
      nullable: true,
      description: 'How often it has authenticated. Null: the vendor does not count.',
    }),
    maxUses: t.exposeInt('maxUses', {
      nullable: true,
      description: 'How often it may authenticate. Null: without limit.',
    }),
    retrievable: t.exposeBoolean('retrievable', { description: 'Can its value be revealed later?' }),
    rotation: t.field({
      type: RotationRef,
      nullable: true,
      description: 'The open rotation that it is part of, as the old secret or the new one. Null: none.',
      resolve: (secret, _args, { loaders }, info) => loaders.of(info).openRotation(secret.id),
    }),
    availableOperations: t.field({
      type: [OperationEnum],
      description: 'What can be done with it now: by this vendor, in its state, by you.',
      resolve: (secret, _args, { session }) => session.read.secretOperations(secret),
    }),
  }),
});

IssuedClientSecretRef.implement({
  description: 'A secret together with its value.',
  fields: (t) => ({
    clientSecret: t.expose('secret', { type: ClientSecretRef, description: 'The secret.' }),
    clientId: t.exposeString('clientId', { description: 'The `client_id` that it is presented with.' }),
    value: t.string({
      description: 'The value. Keep it now: where `retrievable` is false, nobody can show it again.',
      resolve: ({ value }) => value.reveal(),
    }),
  }),
});

builder.queryField('clientSecret', (t) =>
  t.field({
    type: ClientSecretRef,
    nullable: true,
    description: 'A secret by the ids that the vendor gave. Null: nothing is there, or you may not read it.',
    args: {
      provider: t.arg.string({ ...givenName('Name of the provider.'), required: true }),
      tenant: t.arg.string({ ...givenName('The id that the vendor gave the tenant.'), required: true }),
      client: t.arg.string({ ...givenName('The id that the vendor gave the client.'), required: true }),
      externalId: t.arg.string({ ...givenName('The id that the vendor gave the secret.'), required: true }),
      maxStaleness: t.arg(maxStaleness),
    },
    resolve: (_root, { provider, tenant, client, externalId, maxStaleness }, { loaders }, info) =>
      loaders.ofRoot(info, maxStaleness).secret({ provider, tenant, client, secret: externalId }),
  }),
);

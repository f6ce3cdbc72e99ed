import { encodeGlobalId } from '../domain/ids.ts';
import { createClient } from '../service/create-client.ts';
import { deleteClient } from '../service/delete-client.ts';
import { updateClient } from '../service/update-client.ts';
import { builder } from './builder.ts';
import { pageCost } from './complexity.ts';
import { ClientSecretConnection } from './connection.ts';
import { ClientKindEnum, ClientSecretStatusEnum, OperationEnum } from './enums.ts';
import { deletion } from './deletion.ts';
import { GLOBAL_ID, idOf } from './global-id.ts';
import {
  attributes,
  description,
  givenName,
  id,
  idempotencyKey,
  maxStaleness,
  name,
  redirectUris,
} from './input-fields.ts';
import { neverNull } from './input-rules.ts';
import { CREATION_ERRORS, mutation, PROVIDER_ERRORS } from './mutation.ts';
import { nounFields } from './noun-fields.ts';
import { pageArguments, pageRequest } from './page-request.ts';
import { ClientRef, IdentityRef, IssuedClientSecretRef, NodeRef, TenantRef } from './refs.ts';

ClientRef.implement({
  description: 'What is registered to authenticate: it has a `client_id` (RFC 6749, section 2).',
  interfaces: [NodeRef],
  fields: (t) => ({
    ...nounFields(t),
    id: t.id({ description: GLOBAL_ID, resolve: (client) => encodeGlobalId('Client', client.id) }),
    tenant: t.field({
      type: TenantRef,
      description: 'Whose it is.',
      resolve: (client, _args, { loaders }, info) => loaders.of(info).tenantOf(client),
    }),
    identity: t.field({
      type: IdentityRef,
      nullable: true,
      description: 'Who acts with it. Null: this vendor hangs clients on the tenant.',
      resolve: ({ identity }, _args, { loaders }, info) => identity && loaders.of(info).identity(identity),
    }),
    externalId: t.string({
      description: 'The id that the vendor gave it.',
      resolve: (client) => client.id.client,
    }),
    clientId: t.exposeString('clientId', {
      description:
        'The `client_id` that it presents. Empty where nobody can tell it: below a secret in a list out of the ' +
        'inventory, below a write or a rotation, of a client that was never seen, while its provider does not answer.',
    }),
    name: t.exposeString('name', {
      description: 'What people call it; its external id where nobody can tell.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    kind: t.expose('kind', { type: ClientKindEnum, description: 'How it authenticates.' }),
    enabled: t.exposeBoolean('enabled', {
      nullable: true,
      description: 'Can it authenticate? Null: this vendor cannot switch a client off.',
    }),
    redirectUris: t.exposeStringList('redirectUris', {
      description: 'Where an authorization may be sent (RFC 6749, 3.1.2).',
    }),
    availableOperations: t.field({
      type: [OperationEnum],
      description: 'What can be done with it now: by this vendor, in its state, by you.',
      resolve: (client, _args, { session }) => session.read.clientOperations(client),
    }),
    secrets: t.field({
      type: ClientSecretConnection,
      nullable: true,
      description: 'Its secrets. Null, with an error: the provider did not answer.',
      args: {
        status: t.arg({
          type: [ClientSecretStatusEnum],
          description: 'Only those in one of these states. Left out: all that the vendor lists.',
        }),
        ...pageArguments(t),
      },
      complexity: pageCost,
      resolve: (client, { status, ...args }, { loaders }, info) =>
        loaders.of(info).secrets(client.id, { ...pageRequest(args, info), status: status ?? null }),
    }),
  }),
});

builder.queryField('client', (t) =>
  t.field({
    type: ClientRef,
    nullable: true,
    description: 'A client by the ids that the vendor gave. Null: nothing is there, or you may not read it.',
    args: {
      provider: t.arg.string({ ...givenName('Name of the provider.'), required: true }),
      tenant: t.arg.string({ ...givenName('The id that the vendor gave the tenant.'), required: true }),
      externalId: t.arg.string({ ...givenName('The id that the vendor gave the client.'), required: true }),
      maxStaleness: t.arg(maxStaleness),
    },
    resolve: (_root, { provider, tenant, externalId, maxStaleness }, { loaders }, info) =>
      loaders.ofRoot(info, maxStaleness).client({ provider, tenant, client: externalId }),
  }),
);

mutation('createClient', {
  description: 'Registers a new client.',
  errors: CREATION_ERRORS,
  input: (t) => ({
    tenant: t.id({ ...id('Tenant'), required: true }),
    identity: t.id({
      ...id('Identity'),
      description:
        'Global id of the Identity that is to act with it, where the vendor hangs clients on identities.',
    }),
    name: t.string({ ...name, required: true }),
    description: t.string(description),
    kind: t.field({
      type: ClientKindEnum,
      description: 'How it authenticates. Left out: the usual way there.',
    }),
    redirectUris: t.stringList(redirectUris),
    attributes: t.field({ ...attributes, type: 'JSONObject' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  resolve: (
    session,
    {
      tenant,
      identity,
      name,
      description = null,
      kind = null,
      redirectUris = null,
      attributes = null,
      idempotencyKey = null,
    },
  ) =>
    createClient(session, {
      tenant: idOf('Tenant', tenant),
      identity: identity ? idOf('Identity', identity) : null,
      name,
      description,
      kind,
      redirectUris,
      attributes,
      idempotencyKey,
    }),
  success: (t) => ({
    client: t.expose('client', { type: ClientRef, description: 'The new client.' }),
    issued: t.expose('issued', {
      type: IssuedClientSecretRef,
      nullable: true,
      description: 'Its first secret. Null: this vendor makes none with the client.',
    }),
  }),
});

mutation('updateClient', {
  description: 'Changes the given fields of a client.',
  errors: PROVIDER_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('Client'), required: true }),
    name: t.string(name),
    description: t.string({ ...description, description: `${description.description} Null clears it.` }),
    enabled: t.boolean({ description: 'May it authenticate?' }),
    redirectUris: t.stringList(redirectUris),
    attributes: t.field({ ...attributes, type: 'JSONObject' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  rules: [neverNull('name'), neverNull('enabled'), neverNull('redirectUris'), neverNull('attributes')],
  resolve: async (
    session,
    { id, name, description, enabled, redirectUris, attributes, idempotencyKey = null },
  ) => ({
    client: await updateClient(session, {
      id: idOf('Client', id),
      changes: {
        ...(name && { name }),
        ...(description !== undefined && { description }),
        ...(typeof enabled === 'boolean' && { enabled }),
        ...(redirectUris && { redirectUris }),
        ...(attributes && { attributes }),
      },
      idempotencyKey,
    }),
  }),
  success: (t) => ({ client: t.expose('client', { type: ClientRef, description: 'As it is now.' }) }),
});

deletion('Client', deleteClient, 'Deletes a client that has no live secret any more.');

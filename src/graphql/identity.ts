import { encodeGlobalId } from '../domain/ids.ts';
import { createIdentity } from '../service/create-identity.ts';
import { deleteIdentity } from '../service/delete-identity.ts';
import { updateIdentity } from '../service/update-identity.ts';
import { builder } from './builder.ts';
import { pageCost } from './complexity.ts';
import { ClientConnection } from './connection.ts';
import { deletion } from './deletion.ts';
import { GLOBAL_ID, idOf } from './global-id.ts';
import { attributes, givenName, id, idempotencyKey, maxStaleness, name } from './input-fields.ts';
import { neverNull } from './input-rules.ts';
import { CREATION_ERRORS, mutation, PROVIDER_ERRORS } from './mutation.ts';
import { nounFields } from './noun-fields.ts';
import { pageArguments, pageRequest } from './page-request.ts';
import { IdentityRef, NodeRef, TenantRef } from './refs.ts';

const IdentityKindEnum = builder.enumType('IdentityKind', {
  description: 'Who acts.',
  values: {
    MACHINE: { description: 'A machine.' },
    USER: { description: 'A person.' },
    ACCOUNT: { description: 'An account that people or machines share.' },
  },
});

IdentityRef.implement({
  description: 'A person or a machine that acts.',
  interfaces: [NodeRef],
  fields: (t) => ({
    ...nounFields(t),
    id: t.id({ description: GLOBAL_ID, resolve: (identity) => encodeGlobalId('Identity', identity.id) }),
    tenant: t.field({
      type: TenantRef,
      description: 'Where it acts.',
      resolve: (identity, _args, { loaders }, info) => loaders.of(info).tenantOf(identity),
    }),
    externalId: t.string({
      description: 'The id that the vendor gave it.',
      resolve: (identity) => identity.id.identity,
    }),
    name: t.exposeString('name', { description: 'What people call it.' }),
    kind: t.expose('kind', { type: IdentityKindEnum, description: 'Who it is.' }),
    clients: t.field({
      type: ClientConnection,
      nullable: true,
      description: 'What it authenticates with. Null, with an error: the provider did not answer.',
      args: pageArguments(t),
      complexity: pageCost,
      resolve: (identity, args, { loaders }, info) =>
        loaders.of(info).clients(identity.id, pageRequest(args, info)),
    }),
  }),
});

builder.queryField('identity', (t) =>
  t.field({
    type: IdentityRef,
    nullable: true,
    description:
      'An identity by the ids that the vendor gave. Null: nothing is there, or you may not read it.',
    args: {
      provider: t.arg.string({ ...givenName('Name of the provider.'), required: true }),
      tenant: t.arg.string({ ...givenName('The id that the vendor gave the tenant.'), required: true }),
      externalId: t.arg.string({ ...givenName('The id that the vendor gave the identity.'), required: true }),
      maxStaleness: t.arg(maxStaleness),
    },
    resolve: (_root, { provider, tenant, externalId, maxStaleness }, { loaders }, info) =>
      loaders.ofRoot(info, maxStaleness).identity({ provider, tenant, identity: externalId }),
  }),
);

mutation('createIdentity', {
  description: 'Makes a new identity.',
  errors: CREATION_ERRORS,
  input: (t) => ({
    tenant: t.id({ ...id('Tenant'), required: true }),
    name: t.string({ ...name, required: true }),
    kind: t.field({
      type: IdentityKindEnum,
      required: true,
      defaultValue: 'MACHINE',
      description: 'Who it is.',
    }),
    attributes: t.field({ ...attributes, type: 'JSONObject' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  resolve: async (session, { tenant, attributes = null, idempotencyKey = null, ...identity }) => ({
    identity: await createIdentity(session, {
      ...identity,
      tenant: idOf('Tenant', tenant),
      attributes,
      idempotencyKey,
    }),
  }),
  success: (t) => ({
    identity: t.expose('identity', { type: IdentityRef, description: 'The new identity.' }),
  }),
});

mutation('updateIdentity', {
  description: 'Changes the given fields of an identity.',
  errors: PROVIDER_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('Identity'), required: true }),
    name: t.string(name),
    attributes: t.field({ ...attributes, type: 'JSONObject' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  rules: [neverNull('name'), neverNull('attributes')],
  resolve: async (session, { id, name, attributes, idempotencyKey = null }) => ({
    identity: await updateIdentity(session, {
      id: idOf('Identity', id),
      changes: { ...(name && { name }), ...(attributes && { attributes }) },
      idempotencyKey,
    }),
  }),
  success: (t) => ({ identity: t.expose('identity', { type: IdentityRef, description: 'As it is now.' }) }),
});

deletion('Identity', deleteIdentity, 'Deletes an identity that holds no client any more.');

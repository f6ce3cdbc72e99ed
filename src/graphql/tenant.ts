import { encodeGlobalId } from '../domain/ids.ts';
import { createTenant } from '../service/create-tenant.ts';
import { deleteTenant } from '../service/delete-tenant.ts';
import { updateTenant } from '../service/update-tenant.ts';
import { builder } from './builder.ts';
import { pageCost } from './complexity.ts';
import { ClientConnection, IdentityConnection, TenantConnection } from './connection.ts';
import { deletion } from './deletion.ts';
import { GLOBAL_ID, idOf } from './global-id.ts';
import { description, givenName, id, idempotencyKey, maxStaleness, name } from './input-fields.ts';
import { neverNull } from './input-rules.ts';
import { CREATION_ERRORS, mutation, PROVIDER_ERRORS } from './mutation.ts';
import { nounFields } from './noun-fields.ts';
import { pageArguments, pageRequest } from './page-request.ts';
import { NodeRef, TenantRef } from './refs.ts';
import { text } from './storable-input.ts';

TenantRef.implement({
  description: 'The boundary that separates the clients of one owner from those of another.',
  interfaces: [NodeRef],
  fields: (t) => ({
    ...nounFields(t),
    id: t.id({ description: GLOBAL_ID, resolve: (tenant) => encodeGlobalId('Tenant', tenant.id) }),
    externalId: t.string({
      description: 'The id that the vendor gave it.',
      resolve: (tenant) => tenant.id.tenant,
    }),
    name: t.exposeString('name', {
      description: 'What people call it; its external id where nobody can tell.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    enabled: t.exposeBoolean('enabled', {
      nullable: true,
      description: 'Can its clients authenticate? Null: this vendor cannot switch a tenant off.',
    }),
    clients: t.field({
      type: ClientConnection,
      nullable: true,
      description:
        'What is registered in it to authenticate. Null, with an error: the provider did not answer.',
      args: pageArguments(t),
      complexity: pageCost,
      resolve: (tenant, args, { loaders }, info) =>
        loaders.of(info).clients(tenant.id, pageRequest(args, info)),
    }),
    identities: t.field({
      type: IdentityConnection,
      nullable: true,
      description: 'Who acts in it. Null, with an error: the provider did not answer.',
      args: pageArguments(t),
      complexity: pageCost,
      resolve: (tenant, args, { loaders }, info) =>
        loaders.of(info).identities(tenant.id, pageRequest(args, info)),
    }),
  }),
});

builder.queryFields((t) => ({
  tenants: t.field({
    type: TenantConnection,
    description:
      'The tenants of every provider that you may read, or of the named ones, in the order of the configuration. ' +
      'Live: a provider that does not answer is listed in `failures`.',
    args: {
      providers: t.arg.stringList({
        description: 'Names of providers. Left out: all of them.',
        validate: { items: { schema: text } },
      }),
      ...pageArguments(t),
      maxStaleness: t.arg(maxStaleness),
    },
    complexity: pageCost,
    resolve: (_root, { providers, maxStaleness, ...args }, { loaders }, info) =>
      loaders.ofRoot(info, maxStaleness).tenantsOfAll(providers ?? null, pageRequest(args, info)),
  }),
  tenant: t.field({
    type: TenantRef,
    nullable: true,
    description:
      'A tenant by the id that the vendor gave it. Null: nothing is there, or you may not read it.',
    args: {
      provider: t.arg.string({ ...givenName('Name of the provider.'), required: true }),
      externalId: t.arg.string({ ...givenName('The id that the vendor gave it.'), required: true }),
      maxStaleness: t.arg(maxStaleness),
    },
    resolve: (_root, { provider, externalId, maxStaleness }, { loaders }, info) =>
      loaders.ofRoot(info, maxStaleness).tenant({ provider, tenant: externalId }),
  }),
}));

mutation('createTenant', {
  description: 'Makes a new tenant.',
  errors: CREATION_ERRORS,
  input: (t) => ({
    provider: t.string({ ...givenName('Name of the provider that is to keep it.'), required: true }),
    name: t.string({ ...name, required: true }),
    description: t.string(description),
    idempotencyKey: t.string(idempotencyKey),
  }),
  resolve: async (session, { provider, name, description = null, idempotencyKey = null }) => ({
    tenant: await createTenant(session, { provider, name, description, idempotencyKey }),
  }),
  success: (t) => ({ tenant: t.expose('tenant', { type: TenantRef, description: 'The new tenant.' }) }),
});

mutation('updateTenant', {
  description: 'Changes the given fields of a tenant.',
  errors: PROVIDER_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('Tenant'), required: true }),
    name: t.string(name),
    description: t.string({ ...description, description: `${description.description} Null clears it.` }),
    enabled: t.boolean({ description: 'May its clients authenticate?' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  rules: [neverNull('name'), neverNull('enabled')],
  resolve: async (session, { id, name, description, enabled, idempotencyKey = null }) => ({
    tenant: await updateTenant(session, {
      id: idOf('Tenant', id),
      changes: {
        ...(name && { name }),
        ...(description !== undefined && { description }),
        ...(typeof enabled === 'boolean' && { enabled }),
      },
      idempotencyKey,
    }),
  }),
  success: (t) => ({ tenant: t.expose('tenant', { type: TenantRef, description: 'As it is now.' }) }),
});

deletion('Tenant', deleteTenant, 'Deletes a tenant that holds nothing any more.');

import { encodeGlobalId } from '../domain/ids.ts';
import { createAccessToken } from '../service/create-access-token.ts';
import { revokeAccessToken } from '../service/revoke-access-token.ts';
import { builder } from './builder.ts';
import { pageCost } from './complexity.ts';
import { AccessTokenConnection } from './connection.ts';
import { GLOBAL_ID, idOf } from './global-id.ts';
import { expiresIn, givenName, id, idempotencyKey, millisecondsOf, name } from './input-fields.ts';
import { tenantWithinProvider } from './input-rules.ts';
import { GATEWAY_ERRORS, mutation } from './mutation.ts';
import { pageArguments, pageRequest } from './page-request.ts';
import { AccessTokenRef, NodeRef, RoleGrantRef } from './refs.ts';

const RoleEnum = builder.enumType('Role', {
  description: 'What somebody may do.',
  values: {
    READER: { description: 'Read what providers hold, and verify secrets.' },
    OPERATOR: { description: 'What a READER may; and create, change, rotate, revoke and delete.' },
    REVEALER: { description: 'What a READER may; and reveal values.' },
    AUDITOR: { description: 'Read the audit trail.' },
    ADMIN: { description: 'Everything, access tokens included.' },
  },
});

RoleGrantRef.implement({
  description: 'A role, and where it holds.',
  fields: (t) => ({
    role: t.expose('role', { type: RoleEnum, description: 'What may be done.' }),
    provider: t.exposeString('provider', {
      nullable: true,
      description: 'Name of the provider. Null: all of them, and the gateway itself.',
    }),
    tenant: t.exposeString('tenant', {
      nullable: true,
      description: 'The id that the vendor gave the tenant. Null: all of the provider.',
    }),
  }),
});

AccessTokenRef.implement({
  description: 'What a caller of the gateway authenticates with. It has no field for its value.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: GLOBAL_ID, resolve: (token) => encodeGlobalId('AccessToken', token) }),
    name: t.exposeString('name', { description: 'What people call it.' }),
    hint: t.exposeString('hint', { description: 'Its first characters.' }),
    roles: t.expose('roles', { type: [RoleGrantRef], description: 'What its holder may do, and where.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself. Null: never.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last authenticated. Null: never.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked. Null: it was not.',
    }),
  }),
});

builder.queryField('accessTokens', (t) =>
  t.field({
    type: AccessTokenConnection,
    description: 'The access tokens of the gateway, newest first. It takes the role ADMIN.',
    args: pageArguments(t),
    complexity: pageCost,
    resolve: (_root, args, { session }, info) => session.records.listAccessTokens(pageRequest(args, info)),
  }),
);

const RoleGrantInput = builder.inputType('RoleGrantInput', {
  description: 'A role, and where it is to hold.',
  validate: [tenantWithinProvider],
  fields: (t) => ({
    role: t.field({ type: RoleEnum, required: true, description: 'What may be done.' }),
    provider: t.string(givenName('Name of the provider. Left out: all of them, and the gateway itself.')),
    tenant: t.string(givenName('The id that the vendor gave the tenant. Left out: all of the provider.')),
  }),
});

mutation('createAccessToken', {
  description: 'Makes an access token for a caller of the gateway.',
  errors: GATEWAY_ERRORS,
  input: (t) => ({
    name: t.string({ ...name, required: true }),
    roles: t.field({
      type: [RoleGrantInput],
      required: true,
      description: 'What its holder may do, and where: from 1 to 50 grants.',
      validate: {
        minLength: [1, { message: 'must not be empty' }],
        maxLength: [50, { message: 'must have at most 50 items' }],
      },
    }),
    expiresIn: t.field(expiresIn),
    idempotencyKey: t.string(idempotencyKey),
  }),
  resolve: (session, { name, roles, expiresIn, idempotencyKey = null }) =>
    createAccessToken(session, {
      name,
      roles: roles.map(({ role, provider = null, tenant = null }) => ({ role, provider, tenant })),
      expiresInMs: millisecondsOf(expiresIn),
      idempotencyKey,
    }),
  success: (t) => ({
    accessToken: t.expose('accessToken', { type: AccessTokenRef, description: 'The new access token.' }),
    value: t.string({
      description: 'Its value. Keep it now: nobody can show it again.',
      resolve: ({ value }) => value.reveal(),
    }),
  }),
});

mutation('revokeAccessToken', {
  description: 'Ends an access token for good.',
  errors: GATEWAY_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('AccessToken'), required: true }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  resolve: async (session, { id, idempotencyKey = null }) => ({
    accessToken: await revokeAccessToken(session, {
      id: idOf('AccessToken', id).id,
      idempotencyKey,
    }),
  }),
  success: (t) => ({
    accessToken: t.expose('accessToken', { type: AccessTokenRef, description: 'As it is now.' }),
  }),
});

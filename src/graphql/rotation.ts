import type { Rotation } from '../domain/rotation.ts';
import { encodeGlobalId } from '../domain/ids.ts';
import { cancelRotation } from '../service/cancel-rotation.ts';
import { completeRotation } from '../service/complete-rotation.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { pageCost } from './complexity.ts';
import { RotationConnection } from './connection.ts';
import { GLOBAL_ID, globalId, idOf } from './global-id.ts';
import { id, idempotencyKey } from './input-fields.ts';
import { mutation, PROVIDER_ERRORS } from './mutation.ts';
import { pageArguments, pageRequest } from './page-request.ts';
import { ClientRef, ClientSecretRef, NodeRef, RotationRef } from './refs.ts';
import { text } from './storable-input.ts';

const RotationStateEnum = builder.enumType('RotationState', {
  description: 'How far a rotation has come.',
  values: {
    ISSUING: { description: 'The new secret is being issued.' },
    OVERLAPPING: { description: 'Both secrets work.' },
    RETIRING: { description: 'The secret that is to end is being revoked.' },
    COMPLETED: { description: 'The old secret has ended.' },
    CANCELLED: { description: 'It was broken off.' },
    FAILED: { description: 'It has come to nothing; `lastError` says why.' },
  },
});

const RotationKeepEnum = builder.enumType('RotationKeep', {
  description: 'Which secret goes on to work.',
  values: {
    OLD: { description: 'The old one; the new one is revoked.' },
    NEW: { description: 'The new one; the old one is revoked.' },
    BOTH: { description: 'Both; none is revoked.' },
  },
});

RotationRef.implement({
  description: 'The exchange of one secret of a client for another, with a time in which both work.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: GLOBAL_ID, resolve: (rotation) => encodeGlobalId('Rotation', rotation) }),
    state: t.expose('state', { type: RotationStateEnum, description: 'How far it has come.' }),
    client: t.field({
      type: ClientRef,
      description:
        'Whose secrets they are; as last seen, where the provider does not answer or has it no more.',
      resolve: ({ oldSecret, startedAt }, _args, { loaders }, info) =>
        loaders.of(info).clientNowOrSeen(oldSecret, startedAt),
    }),
    oldSecret: t.field({
      type: ClientSecretRef,
      nullable: true,
      description: 'The secret that is exchanged. Null: the vendor does not list it any more.',
      resolve: ({ oldSecret }, _args, { loaders }, info) => loaders.of(info).secret(oldSecret),
    }),
    newSecret: t.field({
      type: ClientSecretRef,
      nullable: true,
      description: 'The secret that it is exchanged for. Null: not issued yet, or not listed any more.',
      resolve: ({ newSecret }, _args, { loaders }, info) => newSecret && loaders.of(info).secret(newSecret),
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    retireAt: t.expose('retireAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the old secret is to end. Null: the new one is not issued yet.',
    }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was over. Null: it is open.',
    }),
    attempts: t.exposeInt('attempts', { description: 'How often the end of the old secret was tried.' }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Why the last try failed. Null: it did not.',
    }),
  }),
});

const RotationFilter = builder.inputType('RotationFilter', {
  description: 'Which rotations: those that fit every field that is given.',
  fields: (t) => ({
    providers: t.stringList({
      description: 'At one of these providers.',
      validate: { items: { schema: text } },
    }),
    state: t.field({ type: [RotationStateEnum], description: 'In one of these states.' }),
    client: t.id({
      description: 'Of this client, by its global id.',
      validate: { schema: globalId('Client') },
    }),
  }),
});

builder.queryField('rotations', (t) =>
  t.field({
    type: RotationConnection,
    description: 'The rotations that you may read, newest first.',
    args: { filter: t.arg({ type: RotationFilter, description: 'Left out: all.' }), ...pageArguments(t) },
    complexity: pageCost,
    resolve: (_root, { filter, ...args }, { session }, info) => {
      const { providers = null, state = null, client } = filter ?? {};
      const of = client ? idOf('Client', client) : null;
      return session.records.listRotations({ providers, state, client: of }, pageRequest(args, info));
    },
  }),
);

/** What every mutation succeeds with that moves a rotation on. */
function moved(t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, { rotation: Rotation }>) {
  return { rotation: t.expose('rotation', { type: RotationRef, description: 'As it is now.' }) };
}

mutation('completeRotation', {
  description: 'Ends the overlap: the old secret is retired now.',
  errors: PROVIDER_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('Rotation'), required: true }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  resolve: async (session, { id, idempotencyKey = null }) => ({
    rotation: await completeRotation(session, {
      id: idOf('Rotation', id).id,
      idempotencyKey,
    }),
  }),
  success: moved,
});

mutation('cancelRotation', {
  description: 'Breaks a rotation off while it overlaps.',
  errors: PROVIDER_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('Rotation'), required: true }),
    keep: t.field({ type: RotationKeepEnum, required: true, description: 'Which secret goes on to work.' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  resolve: async (session, { id, keep, idempotencyKey = null }) => ({
    rotation: await cancelRotation(session, {
      id: idOf('Rotation', id).id,
      keep,
      idempotencyKey,
    }),
  }),
  success: moved,
});

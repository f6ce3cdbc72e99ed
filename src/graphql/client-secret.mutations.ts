import type { ClientSecret } from '../domain/client-secret.ts';
import { SecretValue } from '../domain/secret-value.ts';
import { createClientSecret } from '../service/create-client-secret.ts';
import { disableClientSecret } from '../service/disable-client-secret.ts';
import { enableClientSecret } from '../service/enable-client-secret.ts';
import { revealClientSecret } from '../service/reveal-client-secret.ts';
import { revokeClientSecret } from '../service/revoke-client-secret.ts';
import { rotateClientSecret } from '../service/rotate-client-secret.ts';
import { updateClientSecret } from '../service/update-client-secret.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { idOf } from './global-id.ts';
import {
  description,
  expiresAt,
  expiresIn,
  givenName,
  id,
  idempotencyKey,
  maxUses,
  millisecondsOf,
  overlap,
  reason,
  secretValue,
} from './input-fields.ts';
import { oneExpiry } from './input-rules.ts';
import { CREATION_ERRORS, mutation, PROVIDER_ERRORS } from './mutation.ts';
import { ClientSecretRef, IssuedClientSecretRef, RotationRef } from './refs.ts';

const VerificationFailureEnum = builder.enumType('VerificationFailure', {
  description: 'Why a secret does not authenticate.',
  values: {
    MISMATCH: { description: 'No secret of this client has this value, or there is no such client.' },
    EXPIRED: { description: 'Its time is over.' },
    REVOKED: { description: 'It was ended for good.' },
    DISABLED: { description: 'It was disabled.' },
    EXHAUSTED: { description: 'It was used as often as it may be.' },
    CLIENT_DISABLED: { description: 'The client was disabled, or its tenant.' },
  },
});

const ownValue = secretValue('The value, for a provider that takes it from you: from 1 to 4096 characters.');

mutation('createClientSecret', {
  description: 'Issues a new secret of a client.',
  errors: CREATION_ERRORS,
  input: (t) => ({
    client: t.id({ ...id('Client'), required: true }),
    description: t.string(description),
    expiresAt: t.field(expiresAt),
    expiresIn: t.field(expiresIn),
    maxUses: t.int(maxUses),
    value: t.string(ownValue),
    retrievable: t.boolean({
      description: 'Keep the value, sealed, so that it can be revealed later? Only for the local provider.',
    }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  rules: [oneExpiry],
  resolve: async (
    session,
    {
      client,
      description = null,
      expiresAt = null,
      expiresIn,
      maxUses = null,
      value,
      retrievable = null,
      idempotencyKey = null,
    },
  ) => ({
    issued: await createClientSecret(session, {
      client: idOf('Client', client),
      description,
      expiresAt,
      expiresInMs: millisecondsOf(expiresIn),
      maxUses,
      value: value ? new SecretValue(value) : null,
      retrievable,
      idempotencyKey,
    }),
  }),
  success: (t) => ({
    issued: t.expose('issued', { type: IssuedClientSecretRef, description: 'The new secret and its value.' }),
  }),
});

/** What every mutation succeeds with that leaves one secret, changed. */
function changed(t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, { clientSecret: ClientSecret }>) {
  return {
    clientSecret: t.expose('clientSecret', { type: ClientSecretRef, description: 'As it is now.' }),
  };
}

mutation('updateClientSecret', {
  description: 'Changes the given fields of a secret.',
  errors: PROVIDER_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('ClientSecret'), required: true }),
    description: t.string({ ...description, description: `${description.description} Null clears it.` }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When it ends by itself. Null: never, where the vendor allows that.',
    }),
    idempotencyKey: t.string(idempotencyKey),
  }),
  resolve: async (session, { id, description, expiresAt, idempotencyKey = null }) => ({
    clientSecret: await updateClientSecret(session, {
      id: idOf('ClientSecret', id),
      changes: {
        ...(description !== undefined && { description }),
        ...(expiresAt !== undefined && { expiresAt }),
      },
      idempotencyKey,
    }),
  }),
  success: changed,
});

const SWITCHES = [
  [
    'disableClientSecret',
    disableClientSecret,
    'Stops a secret from authenticating until it is enabled again.',
  ],
  ['enableClientSecret', enableClientSecret, 'Lets a disabled secret authenticate again.'],
] as const;

for (const [name, change, text] of SWITCHES) {
  mutation(name, {
    description: text,
    errors: PROVIDER_ERRORS,
    input: (t) => ({
      id: t.id({ ...id('ClientSecret'), required: true }),
      idempotencyKey: t.string(idempotencyKey),
    }),
    resolve: async (session, { id, idempotencyKey = null }) => ({
      clientSecret: await change(session, {
        id: idOf('ClientSecret', id),
        idempotencyKey,
      }),
    }),
    success: changed,
  });
}

mutation('rotateClientSecret', {
  description:
    'Exchanges a secret for a new one. For a while both work; then the old one is revoked. The new one lives as long ' +
    'as the old one was made to, where neither `expiresAt` nor `expiresIn` is given.',
  errors: CREATION_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('ClientSecret'), required: true }),
    overlap: t.field(overlap),
    description: t.string(description),
    expiresAt: t.field(expiresAt),
    expiresIn: t.field(expiresIn),
    value: t.string(ownValue),
    idempotencyKey: t.string(idempotencyKey),
  }),
  rules: [oneExpiry],
  resolve: (
    session,
    { id, overlap, description = null, expiresAt = null, expiresIn, value, idempotencyKey = null },
  ) =>
    rotateClientSecret(session, {
      id: idOf('ClientSecret', id),
      overlapMs: millisecondsOf(overlap),
      description,
      expiresAt,
      expiresInMs: millisecondsOf(expiresIn),
      value: value ? new SecretValue(value) : null,
      idempotencyKey,
    }),
  success: (t) => ({
    rotation: t.expose('rotation', { type: RotationRef, description: 'The rotation, now overlapping.' }),
    issued: t.expose('issued', { type: IssuedClientSecretRef, description: 'The new secret and its value.' }),
  }),
});

mutation('revokeClientSecret', {
  description: 'Ends a secret for good. To revoke it twice is to revoke it once.',
  errors: PROVIDER_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('ClientSecret'), required: true }),
    reason: t.string(reason),
    idempotencyKey: t.string(idempotencyKey),
  }),
  resolve: (session, { id, reason = null, idempotencyKey = null }) =>
    revokeClientSecret(session, {
      id: idOf('ClientSecret', id),
      reason,
      idempotencyKey,
    }),
  success: (t) => ({
    clientSecret: t.expose('secret', { type: ClientSecretRef, description: 'As it is now.' }),
    effectiveBy: t.expose('effectiveBy', {
      type: 'DateTime',
      description: 'From then on it surely authenticates nobody.',
    }),
  }),
});

mutation('revealClientSecret', {
  description: 'Shows the value of a secret again. The audit trail keeps who saw it, and why.',
  errors: PROVIDER_ERRORS,
  input: (t) => ({
    id: t.id({ ...id('ClientSecret'), required: true }),
    reason: t.string({ ...reason, required: true }),
  }),
  resolve: async (session, { id, reason }) => ({
    issued: await revealClientSecret(session, { id: idOf('ClientSecret', id), reason }),
  }),
  success: (t) => ({
    issued: t.expose('issued', { type: IssuedClientSecretRef, description: 'The secret and its value.' }),
  }),
});

mutation('verifyClientSecret', {
  description: 'Does this value authenticate this client now? A yes counts as one use of the secret.',
  errors: PROVIDER_ERRORS,
  input: (t) => ({
    clientId: t.string({ ...givenName('The `client_id` that was presented.'), required: true }),
    value: t.string({ ...secretValue('The value that was presented.'), required: true }),
    provider: t.string(givenName('Name of the provider. Left out: the one that can verify.')),
  }),
  resolve: (session, { clientId, value, provider = null }) =>
    session.verify({ clientId, value: new SecretValue(value), provider }),
  success: (t) => ({
    valid: t.exposeBoolean('valid', { description: 'It does.' }),
    clientSecret: t.expose('secret', {
      type: ClientSecretRef,
      nullable: true,
      description: 'The secret that has this value. Null: none of this client has it.',
    }),
    reason: t.field({
      type: VerificationFailureEnum,
      nullable: true,
      description: 'Why it does not. Null: it does.',
      resolve: (verification) => (verification.valid ? null : verification.reason),
    }),
  }),
});

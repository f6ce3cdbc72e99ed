import { formatDuration } from '../domain/duration.ts';
import {
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  LimitReachedError,
  NotFoundError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  UnsupportedError,
  type GatewayError,
  type InvalidField,
} from '../domain/gateway-error.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { ErrorCodeEnum, OperationEnum } from './enums.ts';
import { present } from './present.ts';
import { ProviderFailureRef, ProviderRef } from './refs.ts';

const GatewayErrorRef = builder.interfaceRef<GatewayError>('GatewayError').implement({
  description: 'Why something was not done.',
  fields: (t) => ({
    code: t.expose('code', { type: ErrorCodeEnum, description: 'What went wrong.' }),
    message: t.exposeString('message', { description: 'What went wrong, in plain words.' }),
    hint: t.exposeString('hint', { nullable: true, description: 'What to do about it.' }),
    retryable: t.exposeBoolean('retryable', {
      description: 'May the same call succeed, sent again as it is?',
    }),
  }),
});

const AppliedEnum = builder.enumType('Applied', {
  description: 'May a write have taken effect at the vendor?',
  values: {
    NO: { description: 'It did not.' },
    UNKNOWN: { description: 'Perhaps. The gateway finds out in the background, and audits what it finds.' },
  },
});

const InvalidFieldRef = builder.objectRef<InvalidField>('InvalidField').implement({
  description: 'One fault of an input.',
  fields: (t) => ({
    path: t.exposeStringList('path', { description: 'Where, from the argument on: `["input", "name"]`.' }),
    message: t.exposeString('message', { description: 'What is wrong with it.' }),
  }),
});

const interfaces = [GatewayErrorRef];
type Fields<T> = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, T>;

function providerField<T extends { readonly provider: string }>(t: Fields<T>) {
  return t.field({
    type: ProviderRef,
    description: 'Which one.',
    resolve: ({ provider }, _args, { loaders }, info) => present(loaders.of(info).provider(provider)),
  });
}

function retryAfterField<T extends { readonly retryAfterMs: number | null }>(t: Fields<T>) {
  return t.field({
    type: 'Duration',
    nullable: true,
    description: 'How long to wait before the next try. Null: not known.',
    resolve: ({ retryAfterMs }) => (retryAfterMs === null ? null : formatDuration(retryAfterMs)),
  });
}

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'The input breaks rules: all that were found are listed.',
  interfaces,
  fields: (t) => ({
    fields: t.expose('fields', { type: [InvalidFieldRef], description: 'Every fault that was found.' }),
  }),
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description: 'It is not there, or you may not read it.',
  interfaces,
});

builder.objectType(ForbiddenError, {
  name: 'ForbiddenError',
  description: 'You may read it, but not do this with it.',
  interfaces,
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'It cannot be done in the state that things are in.',
  interfaces,
});

builder.objectType(LimitReachedError, {
  name: 'LimitReachedError',
  description: 'There is no room for one more.',
  interfaces,
  fields: (t) => ({ limit: t.exposeInt('limit', { description: 'How many there may be.' }) }),
});

builder.objectType(UnsupportedError, {
  name: 'UnsupportedError',
  description: 'This provider cannot do it; `hint` says what it can do instead.',
  interfaces,
  fields: (t) => ({
    operation: t.expose('operation', { type: OperationEnum, description: 'What it cannot do.' }),
  }),
});

builder.objectType(ProviderUnavailableError, {
  name: 'ProviderUnavailableError',
  description: 'The provider gave no usable answer.',
  interfaces,
  fields: (t) => ({
    provider: providerField(t),
    applied: t.expose('applied', { type: AppliedEnum, description: 'May it have been done all the same?' }),
    retryAfter: retryAfterField(t),
  }),
});

builder.objectType(ProviderRejectedError, {
  name: 'ProviderRejectedError',
  description: 'The provider said no, for a reason of its own.',
  interfaces,
  fields: (t) => ({
    provider: providerField(t),
  }),
});

builder.objectType(RateLimitedError, {
  name: 'RateLimitedError',
  description: 'Too many requests.',
  interfaces,
  fields: (t) => ({
    provider: t.field({
      type: ProviderRef,
      nullable: true,
      description: 'Which one. Null: the gateway itself.',
      resolve: ({ provider }, _args, { loaders }, info) =>
        provider === null ? null : loaders.of(info).provider(provider),
    }),
    retryAfter: retryAfterField(t),
  }),
});

ProviderFailureRef.implement({
  description: 'A provider that did not answer.',
  fields: (t) => ({
    provider: providerField(t),
    code: t.expose('code', { type: ErrorCodeEnum, description: 'What went wrong.' }),
    message: t.exposeString('message', { description: 'What went wrong, in plain words.' }),
    retryable: t.exposeBoolean('retryable', {
      description: 'May the same call succeed, sent again as it is?',
    }),
    since: t.expose('since', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it has not answered: what is shown of it is as old, or missing. Null: now.',
    }),
  }),
});

import { encodeGlobalId } from '../domain/ids.ts';
import { builder } from './builder.ts';
import { pageCost } from './complexity.ts';
import { AuditEventConnection } from './connection.ts';
import { ErrorCodeEnum } from './enums.ts';
import { GLOBAL_ID, globalId } from './global-id.ts';
import { pageArguments, pageRequest } from './page-request.ts';
import { AuditEventRef, NodeRef } from './refs.ts';
import { moment, text } from './storable-input.ts';

const AuditOutcomeEnum = builder.enumType('AuditOutcome', {
  description: 'What became of an operation.',
  values: {
    STARTED: { description: 'The intent, which is recorded before anything is done.' },
    SUCCEEDED: { description: 'It was done.' },
    FAILED: { description: 'It was not done.' },
    DENIED: { description: 'It was not allowed.' },
    UNKNOWN: { description: 'It may have been done: the vendor gave no answer that tells.' },
  },
});

AuditEventRef.implement({
  description: 'One link of the audit chain: what was about to be done, or what became of it.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: GLOBAL_ID, resolve: (event) => encodeGlobalId('AuditEvent', event) }),
    sequence: t.exposeInt('sequence', { description: 'Its place in the chain, without gaps.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was recorded.' }),
    actor: t.exposeString('actor', { description: 'Who did it.' }),
    action: t.exposeString('action', { description: 'What: `clientSecret.rotate`.' }),
    subject: t.exposeID('subject', {
      nullable: true,
      description: 'Global id of what it was done to. Null: the gateway itself, or nothing that is there.',
    }),
    provider: t.exposeString('provider', {
      nullable: true,
      description: 'Name of the provider. Null: the gateway itself.',
    }),
    outcome: t.expose('outcome', { type: AuditOutcomeEnum, description: 'What became of it.' }),
    code: t.expose('code', {
      type: ErrorCodeEnum,
      nullable: true,
      description: 'What went wrong. Null: nothing, or nothing yet.',
    }),
    requestId: t.exposeString('requestId', { description: 'The request, as the log knows it.' }),
    vendorRequestId: t.exposeString('vendorRequestId', {
      nullable: true,
      description: 'The request, as the vendor knows it. Null: it gave no id.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, in the words of the actor.' }),
    hash: t.exposeString('hash', { description: 'Keyed hash of this event and the one before it.' }),
  }),
});

const AuditEventFilter = builder.inputType('AuditEventFilter', {
  description: 'Which events: those that fit every field that is given.',
  fields: (t) => ({
    actor: t.string({ description: 'Done by this actor.', validate: { schema: text } }),
    action: t.string({ description: 'Of this action: `clientSecret.rotate`.', validate: { schema: text } }),
    subject: t.id({ description: 'Done to what has this global id.', validate: { schema: globalId(null) } }),
    provider: t.string({ description: 'At this provider.', validate: { schema: text } }),
    outcome: t.field({ type: [AuditOutcomeEnum], description: 'With one of these outcomes.' }),
    since: t.field({
      type: 'DateTime',
      description: 'Recorded then or later.',
      validate: { schema: moment },
    }),
    until: t.field({ type: 'DateTime', description: 'Recorded before then.', validate: { schema: moment } }),
  }),
});

builder.queryField('auditEvents', (t) =>
  t.field({
    type: AuditEventConnection,
    description: 'The audit trail in its order, as far as you may read it. It takes the role AUDITOR.',
    args: { filter: t.arg({ type: AuditEventFilter, description: 'Left out: all.' }), ...pageArguments(t) },
    complexity: pageCost,
    resolve: (_root, { filter, ...args }, { session }, info) => {
      const { actor = null, action = null, subject = null, provider = null } = filter ?? {};
      const { outcome = null, since = null, until = null } = filter ?? {};
      return session.records.listAuditEvents(
        { actor, action, subject, provider, outcome, since, until },
        pageRequest(args, info),
      );
    },
  }),
);

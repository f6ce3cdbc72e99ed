import { builder } from './builder.ts';
import { seenPageCost } from './complexity.ts';
import { ClientSecretConnection } from './connection.ts';
import { ClientSecretStatusEnum } from './enums.ts';
import { idOf } from './global-id.ts';
import { id, millisecondsOf } from './input-fields.ts';
import { OrderDirectionEnum, providerNames, search, span } from './inventory-input.ts';
import { pageArguments, pageRequest } from './page-request.ts';
import { moment } from './storable-input.ts';

const ClientSecretFilter = builder.inputType('ClientSecretFilter', {
  description: 'Which secrets: those that fit every field that is given.',
  fields: (t) => ({
    providers: t.stringList(providerNames),
    tenant: t.id({ ...id('Tenant'), description: 'Of this tenant, by its global id.' }),
    client: t.id({ ...id('Client'), description: 'Of this client, by its global id.' }),
    status: t.field({
      type: [ClientSecretStatusEnum],
      description: 'In one of these states. Left out: in any.',
    }),
    expiresWithin: t.field(span('That still work, and end by themselves within this time from now.')),
    expiresBefore: t.field({
      type: 'DateTime',
      description: 'That end by themselves before then, or have so ended.',
      validate: { schema: moment },
    }),
    unusedFor: t.field(
      span(
        'That still work, and have surely not been used for this time; not together with `asOf`. Where the vendor ' +
          'counts uses and does not say when, its count has to have been seen unchanged for so long; where it tells ' +
          'no use at all, they are left out.',
      ),
    ),
    search: t.string(
      search('its description, hint or external id, or of the name or `clientId` of its client'),
    ),
  }),
});

const ClientSecretOrderFieldEnum = builder.enumType('ClientSecretOrderField', {
  description: 'What secrets are put in order by.',
  values: {
    EXPIRES_AT: { description: 'When they end by themselves; those that never do come last.' },
    CREATED_AT: { description: 'When they came to be; those of which nobody knows come last.' },
    LAST_USED_AT: {
      description: 'When they last authenticated; those that never did come first. Not together with `asOf`.',
    },
  },
});

const ClientSecretOrder = builder.inputType('ClientSecretOrder', {
  description: 'The order of a list of secrets.',
  fields: (t) => ({
    field: t.field({ type: ClientSecretOrderFieldEnum, required: true, description: 'By what.' }),
    direction: t.field({
      type: OrderDirectionEnum,
      required: true,
      defaultValue: 'ASC',
      description: 'Which way.',
    }),
  }),
});

builder.queryField('clientSecrets', (t) =>
  t.field({
    type: ClientSecretConnection,
    description:
      'The secrets of every provider that you may read, as they were last seen: one list, out of the inventory. ' +
      '`failures` names the providers that could not be looked through of late.',
    args: {
      filter: t.arg({ type: ClientSecretFilter, description: 'Left out: all.' }),
      orderBy: t.arg({ type: ClientSecretOrder, description: 'Left out: by `EXPIRES_AT`.' }),
      asOf: t.arg({
        type: 'DateTime',
        description:
          'As they were at this moment, those that are gone since included: as far back as the inventory goes. Of use, ' +
          'only the last is kept: where that came later, `lastUsedAt` and `useCount` are null. Left out: now.',
        validate: { schema: moment },
      }),
      ...pageArguments(t),
    },
    complexity: seenPageCost,
    resolve: (_root, { filter, orderBy, asOf = null, ...args }, { session }, info) => {
      const { providers = null, tenant, client, status = null } = filter ?? {};
      const { expiresWithin, expiresBefore = null, unusedFor, search = null } = filter ?? {};
      return session.inventory.listSeenSecrets(
        {
          providers,
          tenant: tenant ? idOf('Tenant', tenant) : null,
          client: client ? idOf('Client', client) : null,
          status,
          expiresWithinMs: millisecondsOf(expiresWithin),
          expiresBefore,
          unusedForMs: millisecondsOf(unusedFor),
          search,
          asOf,
        },
        orderBy ?? { field: 'EXPIRES_AT', direction: 'ASC' },
        pageRequest(args, info),
      );
    },
  }),
);

import { builder } from './builder.ts';
import { seenPageCost } from './complexity.ts';
import { ClientConnection } from './connection.ts';
import { ClientKindEnum } from './enums.ts';
import { idOf } from './global-id.ts';
import { id } from './input-fields.ts';
import { OrderDirectionEnum, providerNames, search } from './inventory-input.ts';
import { pageArguments, pageRequest } from './page-request.ts';

const ClientFilter = builder.inputType('ClientFilter', {
  description: 'Which clients: those that fit every field that is given.',
  fields: (t) => ({
    providers: t.stringList(providerNames),
    tenant: t.id({ ...id('Tenant'), description: 'Of this tenant, by its global id.' }),
    kind: t.field({ type: [ClientKindEnum], description: 'That authenticate in one of these ways.' }),
    search: t.string(search('its name, description, `clientId` or external id')),
  }),
});

const ClientOrderFieldEnum = builder.enumType('ClientOrderField', {
  description: 'What clients are put in order by.',
  values: {
    NAME: { description: 'What people call them, whatever the case.' },
    CREATED_AT: { description: 'When they came to be; those of which nobody knows come last.' },
  },
});

const ClientOrder = builder.inputType('ClientOrder', {
  description: 'The order of a list of clients.',
  fields: (t) => ({
    field: t.field({ type: ClientOrderFieldEnum, required: true, description: 'By what.' }),
    direction: t.field({
      type: OrderDirectionEnum,
      required: true,
      defaultValue: 'ASC',
      description: 'Which way.',
    }),
  }),
});

builder.queryField('clients', (t) =>
  t.field({
    type: ClientConnection,
    description:
      'The clients of every provider that you may read, as they were last seen: one list, out of the inventory. ' +
      '`failures` names the providers that could not be looked through of late.',
    args: {
      filter: t.arg({ type: ClientFilter, description: 'Left out: all.' }),
      orderBy: t.arg({ type: ClientOrder, description: 'Left out: by `NAME`.' }),
      ...pageArguments(t),
    },
    complexity: seenPageCost,
    resolve: (_root, { filter, orderBy, ...args }, { session }, info) => {
      const { providers = null, tenant, kind = null, search = null } = filter ?? {};
      const of = tenant ? idOf('Tenant', tenant) : null;
      return session.inventory.listSeenClients(
        { providers, tenant: of, kind, search },
        orderBy ?? { field: 'NAME', direction: 'ASC' },
        pageRequest(args, info),
      );
    },
  }),
);

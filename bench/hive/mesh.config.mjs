import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema';

const text = { type: 'string' };
const object = (title, required, properties) => ({ type: 'object', title, required, properties });
const list = (items) => ({ type: 'array', items });

/** The vendor's shapes, as far as they are asked for. */
const Tenant = object('Tenant', ['Id'], { Id: text, CompanyName: text });
const Client = object('Client', ['Id'], { Id: text, Name: text, Enabled: { type: 'boolean' } });
const Secret = object('Secret', ['Id'], {
  Id: { type: 'integer' },
  Description: text,
  Expires: { type: 'boolean' },
  Expiration: { type: 'string', format: 'date-time' },
});

const TENANT = '/api/v1/Tenants/{args.tenant}';
const CLIENTS = `${TENANT}/ClientCredentialClients`;
const get = (field, path, responseSchema, argTypeMap) => ({
  type: 'Query',
  field,
  path,
  method: 'GET',
  argTypeMap,
  responseSchema,
});

/** `npm ci && npm run compose` makes supergraph.graphql of it: three addresses of the vendor, and how they hang together. */
export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadJSONSchemaSubgraph('aveva', {
        endpoint: 'http://vendor.invalid',
        operations: [
          get('tenant', TENANT, Tenant, { tenant: { type: 'string' } }),
          get('clients', `${CLIENTS}?skip=0&count={args.count}`, list(Client), {
            tenant: { type: 'string' },
            count: { type: 'integer' },
          }),
          get('secrets', `${CLIENTS}/{args.client}/Secrets`, list(Secret), {
            tenant: { type: 'string' },
            client: { type: 'string' },
          }),
        ],
      }),
    },
  ],
  additionalTypeDefs: /* GraphQL */ `
    extend type Tenant {
      clients(first: Int!): [Client]
        @resolveTo(
          sourceName: "aveva"
          sourceTypeName: "Query"
          sourceFieldName: "clients"
          requiredSelectionSet: "{ Id }"
          sourceArgs: { tenant: "{root.Id}", count: "{args.first}" }
        )
    }
    extend type Client {
      secrets(tenant: String!): [Secret]
        @resolveTo(
          sourceName: "aveva"
          sourceTypeName: "Query"
          sourceFieldName: "secrets"
          requiredSelectionSet: "{ Id }"
          sourceArgs: { tenant: "{args.tenant}", client: "{root.Id}" }
        )
    }
  `,
});

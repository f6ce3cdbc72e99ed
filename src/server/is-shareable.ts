import { OperationTypeNode, TypeInfo, visit, visitWithTypeInfo, type DocumentNode } from 'graphql';
import { schema } from '../graphql/schema.ts';

/** Of what providers hold, and the same for all who may read the same. */
const ROOT_FIELDS: ReadonlySet<string> = new Set([
  '__typename',
  'provider',
  'providers',
  'tenant',
  'tenants',
  'identity',
  'client',
  'clients',
  'clientSecret',
  'clientSecrets',
  'node',
  'nodes',
]);

/** The gateway's own, which changes without a write at a provider; and what tells of the request in which one asked. */
const OTHER_TYPES: ReadonlySet<string> = new Set(['Rotation', 'AuditEvent', 'AccessToken', 'Freshness']);

const known = new WeakMap<DocumentNode, boolean>();

/**
 * May an answer to this document be given to another who asks the same at the same time? Not where it writes, asks for
 * what belongs to the caller or to the gateway itself, or says how old an answer may be: then it counts when one asked.
 */
export function isShareable(document: DocumentNode): boolean {
  const shareable = known.get(document) ?? look(document);
  known.set(document, shareable);
  return shareable;
}

function look(document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let shareable = true;
  const refuse = () => void (shareable = false);
  visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition: ({ operation }) => (operation === OperationTypeNode.QUERY ? undefined : refuse()),
      Argument: ({ name }) => (name.value === 'maxStaleness' ? refuse() : undefined),
      Field: ({ name }) => {
        const parent = types.getParentType();
        if (parent === schema.getQueryType() && !ROOT_FIELDS.has(name.value)) refuse();
        if (parent !== null && parent !== undefined && OTHER_TYPES.has(parent.name)) refuse();
      },
    }),
  );
  return shareable;
}

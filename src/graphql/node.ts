import { decodeGlobalId, type AnyNodeId, type NodeType } from '../domain/ids.ts';
import { builder } from './builder.ts';
import type { FieldLoaders } from './field-loaders.ts';
import { GLOBAL_ID, globalId } from './global-id.ts';
import { maxStaleness } from './input-fields.ts';
import { NodeRef } from './refs.ts';

/** Of what type a node is that was found by its id. */
const types = new WeakMap<object, NodeType>();

NodeRef.implement({
  description: 'Whatever has a global id (Relay Global Object Identification).',
  resolveType: (node) => types.get(node),
  fields: (t) => ({ id: t.id({ description: GLOBAL_ID }) }),
});

builder.queryFields((t) => ({
  node: t.field({
    type: NodeRef,
    nullable: true,
    description: 'Whatever has this id. Null: nothing is there, or you may not read it.',
    args: {
      id: t.arg.id({ required: true, description: 'Global id.', validate: { schema: globalId(null) } }),
      maxStaleness: t.arg(maxStaleness),
    },
    resolve: (_root, { id, maxStaleness }, { loaders }, info) => find(id, loaders.ofRoot(info, maxStaleness)),
  }),
  nodes: t.field({
    type: [NodeRef],
    nullable: { list: false, items: true },
    description: 'Whatever has these ids, in their order. Null: nothing is there, or you may not read it.',
    args: {
      ids: t.arg.idList({
        required: true,
        description: 'At most 100 global ids.',
        validate: {
          maxLength: [100, { message: 'must have at most 100 items' }],
          items: { schema: globalId(null) },
        },
      }),
      maxStaleness: t.arg(maxStaleness),
    },
    complexity: ({ ids }) => ({ field: 1, multiplier: ids.length }),
    resolve: (_root, { ids, maxStaleness }, { loaders }, info) => {
      const own = loaders.ofRoot(info, maxStaleness);
      return ids.map((id) => find(id, own));
    },
  }),
}));

async function find(text: string, loaders: FieldLoaders): Promise<object | null> {
  const node = decodeGlobalId(text);
  const found = node === null ? null : await load(node, loaders);
  if (node !== null && found !== null) types.set(found, node.type);
  return found;
}

function load({ type, id }: AnyNodeId, loaders: FieldLoaders): object | null | Promise<object | null> {
  switch (type) {
    case 'Provider':
      return loaders.provider(id.provider);
    case 'Tenant':
      return loaders.tenant(id);
    case 'Identity':
      return loaders.identity(id);
    case 'Client':
      return loaders.client(id);
    case 'ClientSecret':
      return loaders.secret(id);
    case 'Rotation':
      return loaders.rotation(id.id);
    case 'AuditEvent':
      return loaders.auditEvent(id.id);
    case 'AccessToken':
      return loaders.accessToken(id.id);
    case 'DriftEvent':
      return loaders.driftEvent(id.id);
  }
}

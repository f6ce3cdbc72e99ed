import type { Page, PageItem } from '../domain/page.ts';
import type { ProviderFailure } from '../service/provider-failure.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { COUNTED } from './complexity.ts';
import {
  AccessTokenRef,
  AuditEventRef,
  ClientRef,
  ClientSecretRef,
  DriftEventRef,
  IdentityRef,
  ProviderFailureRef,
  RotationRef,
  TenantRef,
} from './refs.ts';

/** A page is its own connection; only a list over several providers has failures, some of which are asked for. */
interface Connection<T> extends Page<T> {
  readonly failures?: readonly ProviderFailure[] | (() => Promise<readonly ProviderFailure[]>);
}

const PageInfoRef = builder.objectRef<Page<unknown>>('PageInfo').implement({
  description: 'Where a page lies in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNext', { description: 'Does the list go on behind this page?' }),
    hasPreviousPage: t.exposeBoolean('hasPrevious', {
      description: 'Does the list begin ahead of this page?',
    }),
    startCursor: t.string({
      nullable: true,
      description: 'The cursor of the first item. Null: the page is empty.',
      resolve: ({ items }) => items.at(0)?.cursor,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'The cursor of the last item. Null: the page is empty.',
      resolve: ({ items }) => items.at(-1)?.cursor,
    }),
  }),
});

type Ref<T> = PothosSchemaTypes.ObjectRef<SchemaTypes, T>;

/** The connection of a type. What the items are is of no matter inside. */
function connectionOf<T>(node: Ref<T>): Ref<Connection<T>>;
function connectionOf(node: Ref<object>): Ref<Connection<object>> {
  const edge = builder.objectRef<PageItem<object>>(`${node.name}Edge`).implement({
    description: 'An item of a list, and where it lies there.',
    fields: (t) => ({
      node: t.field({ type: node, description: 'The item.', resolve: ({ node }) => node }),
      cursor: t.exposeString('cursor', { description: 'Give it as `after` or `before`, to the same list.' }),
    }),
  });
  return builder.objectRef<Connection<object>>(`${node.name}Connection`).implement({
    description: 'A page of a list (Relay Cursor Connections).',
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The items with their cursors, in list order.',
        complexity: COUNTED,
        resolve: ({ items }) => items,
      }),
      nodes: t.field({
        type: [node],
        description: 'The items alone, in list order.',
        complexity: COUNTED,
        resolve: ({ items }) => items.map((item) => item.node),
      }),
      pageInfo: t.field({ type: PageInfoRef, description: 'Where the page lies.', resolve: (page) => page }),
      totalCount: t.exposeInt('totalCount', {
        nullable: true,
        description:
          'How many items the whole list has. Null: to count them would cost a walk through the vendor.',
      }),
      failures: t.field({
        type: [ProviderFailureRef],
        description:
          'The providers that did not answer, whose items are therefore missing or, out of the inventory, old.',
        complexity: COUNTED,
        resolve: ({ failures = [] }) => (typeof failures === 'function' ? failures() : failures),
      }),
    }),
  });
}

export const TenantConnection = connectionOf(TenantRef);
export const IdentityConnection = connectionOf(IdentityRef);
export const ClientConnection = connectionOf(ClientRef);
export const ClientSecretConnection = connectionOf(ClientSecretRef);
export const RotationConnection = connectionOf(RotationRef);
export const AuditEventConnection = connectionOf(AuditEventRef);
export const AccessTokenConnection = connectionOf(AccessTokenRef);
export const DriftEventConnection = connectionOf(DriftEventRef);

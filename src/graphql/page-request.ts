import type { ArgBuilder } from '@pothos/core';
import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';
import { InvalidInputError, type InvalidField } from '../domain/gateway-error.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, type PageRequest } from '../domain/page.ts';
import { isStorableText } from '../domain/storable.ts';
import type { SchemaTypes } from './builder.ts';
import { NOT_STORABLE } from './storable-input.ts';

interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

const SIZES = ['first', 'last'] as const;
const CURSORS = ['after', 'before'] as const;
const BACKWARDS = ['last', 'before'] as const;

/** The four arguments of a connection (Relay Cursor Connections). */
export function pageArguments({ arg }: { readonly arg: ArgBuilder<SchemaTypes> }) {
  const size = `From 1 to ${MAX_PAGE_SIZE}; ${DEFAULT_PAGE_SIZE} where neither \`first\` nor \`last\` is given.`;
  return {
    first: arg.int({ description: `How many, from the front of the list or behind \`after\`. ${size}` }),
    after: arg.string({ description: 'The cursor behind which the page begins.' }),
    last: arg.int({ description: `How many, from the end of the list or ahead of \`before\`. ${size}` }),
    before: arg.string({ description: 'The cursor ahead of which the page ends.' }),
  };
}

/** Throws InvalidInputError with every fault of the four arguments. The total is wanted where it is selected. */
export function pageRequest(args: PageArguments, info: GraphQLResolveInfo): PageRequest {
  const faults = faultsOf(args);
  if (faults.length > 0) throw new InvalidInputError(faults);
  const { first, after, last, before } = args;
  return {
    limit: first ?? last ?? DEFAULT_PAGE_SIZE,
    direction: isGiven(last) || isGiven(before) ? 'backward' : 'forward',
    cursor: after ?? before ?? null,
    withTotal: selects(info, 'totalCount'),
  };
}

function faultsOf(args: PageArguments): readonly InvalidField[] {
  const faults: InvalidField[] = [];
  for (const name of SIZES) {
    const size = args[name];
    if (isGiven(size) && (size < 1 || size > MAX_PAGE_SIZE))
      faults.push({ path: [name], message: `must be from 1 to ${MAX_PAGE_SIZE}` });
  }
  for (const name of CURSORS) {
    const cursor = args[name];
    if (isGiven(cursor) && !isStorableText(cursor)) faults.push({ path: [name], message: NOT_STORABLE });
  }
  if (!isGiven(args.first) && !isGiven(args.after)) return faults;
  for (const name of BACKWARDS) {
    if (isGiven(args[name])) faults.push({ path: [name], message: 'cannot be combined with first or after' });
  }
  return faults;
}

function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== null && value !== undefined;
}

function selects({ fieldNodes, fragments }: GraphQLResolveInfo, name: string): boolean {
  const within = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === name;
      if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet);
      return within(fragments[selection.name.value]?.selectionSet);
    }) ?? false;
  return fieldNodes.some(({ selectionSet }) => within(selectionSet));
}

import { OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import type { Session } from '../service/session.ts';
import { FieldLoaders } from './field-loaders.ts';
import { millisecondsOf } from './input-fields.ts';

/**
 * For one request: what each of its fields reads with. How old an answer may be is said at a root field and holds for
 * all that is below it; root fields that say the same share their reads, and others do not.
 */
export interface Loaders {
  /** Of the root field that this one is, or is below. Below a mutation all reads are live. */
  of(info: GraphQLResolveInfo): FieldLoaders;
  /** Of this root field. `maxStaleness` null, or left out: as each provider is configured. */
  ofRoot(info: GraphQLResolveInfo, maxStaleness: string | null | undefined): FieldLoaders;
  /** After a write: what was read before it may have changed. */
  forget(): void;
}

type Staleness = number | 'as configured' | 'live';

export function createLoaders(session: Session): Loaders {
  const known = new Map<Staleness, FieldLoaders>();
  const said = new Map<string | number, FieldLoaders>();

  const loadersFor = (staleness: Staleness): FieldLoaders => {
    const open =
      known.get(staleness) ?? new FieldLoaders(session, readsFor(session, staleness), staleness === 'live');
    known.set(staleness, open);
    return open;
  };
  return {
    of: (info) =>
      said.get(rootOf(info)) ??
      loadersFor(info.operation.operation === OperationTypeNode.MUTATION ? 'live' : 'as configured'),
    ofRoot(info, maxStaleness) {
      const loaders = loadersFor(millisecondsOf(maxStaleness) ?? 'as configured');
      said.set(rootOf(info), loaders);
      return loaders;
    },
    forget: () => known.forEach((loaders) => loaders.forget()),
  };
}

function readsFor(session: Session, staleness: Staleness) {
  if (staleness === 'live') return session.read;
  return session.recent(staleness === 'as configured' ? null : staleness);
}

/** The name of the root field in the answer, which no two share. */
function rootOf({ path }: GraphQLResolveInfo): string | number {
  let root = path;
  while (root.prev !== undefined) root = root.prev;
  return root.key;
}

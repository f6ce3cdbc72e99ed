import { idKey, type TenantId } from '../../domain/ids.ts';
import type { Sight } from '../../provider-kit/layers/witness.ts';

/**
 * The same in fewer sights, of at most so many nodes each: of what was seen several times, the last. A sight counts as
 * of the first of those that are in it, so that it claims too little and never too much.
 */
export function mergeSights(sights: readonly Sight[], most: number): readonly Sight[] {
  const last = new Map<string, Part>();
  for (const part of sights.toSorted((a, b) => a.at.getTime() - b.at.getTime()).flatMap(partsOf)) {
    last.delete(part.key);
    last.set(part.key, part);
  }
  const parts = [...last.values()];
  const starts = [...parts.keys()].filter((i) => i % most === 0);
  return starts.map((i) => sightOf(parts.slice(i, i + most)));
}

/** What a sight says of one node, which its key names whether it is there or not. */
interface Part {
  readonly key: string;
  readonly at: Date;
  readonly shown: Partial<Sight>;
}

function partsOf({ at, ...seen }: Sight): readonly Part[] {
  const there = (name: 'tenants' | 'clients' | 'secrets'): readonly Part[] =>
    seen[name].map((node) => ({ key: idKey(node.id), at, shown: { [name]: [node] } }));
  const gone = (name: 'goneTenants' | 'goneClients' | 'goneSecrets'): readonly Part[] =>
    seen[name].map((id: TenantId) => ({ key: idKey(id), at, shown: { [name]: [id] } }));
  return [
    ...there('tenants'),
    ...there('clients'),
    ...there('secrets'),
    ...gone('goneTenants'),
    ...gone('goneClients'),
    ...gone('goneSecrets'),
  ];
}

function sightOf(parts: readonly Part[]): Sight {
  const first = Math.min(...parts.map(({ at }) => at.getTime()));
  return {
    at: new Date(first),
    tenants: parts.flatMap(({ shown }) => shown.tenants ?? []),
    clients: parts.flatMap(({ shown }) => shown.clients ?? []),
    secrets: parts.flatMap(({ shown }) => shown.secrets ?? []),
    goneTenants: parts.flatMap(({ shown }) => shown.goneTenants ?? []),
    goneClients: parts.flatMap(({ shown }) => shown.goneClients ?? []),
    goneSecrets: parts.flatMap(({ shown }) => shown.goneSecrets ?? []),
  };
}

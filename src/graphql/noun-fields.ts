import type { Freshness } from '../domain/freshness.ts';
import type { TenantId } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import type { SchemaTypes } from './builder.ts';
import { FreshnessRef } from './freshness.ts';
import { present } from './present.ts';
import { ProviderRef } from './refs.ts';

interface Noun {
  readonly id: TenantId;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly attributes: JsonObject;
  readonly freshness: Freshness;
}

/** What tenants, identities, clients and client secrets have in common. */
export function nounFields<T extends Noun>(t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, T>) {
  return {
    provider: t.field({
      type: ProviderRef,
      description: 'Where it is kept.',
      resolve: ({ id }, _args, { loaders }, info) => present(loaders.of(info).provider(id.provider)),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it came to be. Null: the vendor does not say.',
      resolve: ({ createdAt }) => createdAt,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it last changed. Null: never, or the vendor does not say.',
      resolve: ({ updatedAt }) => updatedAt,
    }),
    attributes: t.field({
      type: 'JSONObject',
      description: 'What only this vendor has. Never a secret value.',
      resolve: ({ attributes }) => attributes,
    }),
    freshness: t.field({
      type: FreshnessRef,
      description: 'How old this answer is.',
      resolve: ({ freshness }) => freshness,
    }),
  };
}

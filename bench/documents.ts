import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print, visit, type GraphQLSchema } from 'graphql';

export type DocumentName =
  | 'nested'
  | 'point'
  | 'two-vendors'
  | 'verify'
  | 'over-others'
  | 'inventory'
  | 'inventory-whole';

/** As it is asked: with the memory of reads that the gateway has by default. */
export function documentOf(name: DocumentName): string {
  return readFileSync(join(import.meta.dirname, `documents/${name}.graphql`), 'utf8');
}

/** The same, answered by the vendor each time: `maxStaleness: "PT0S"` on whatever root field has the argument. */
export function withoutMemory(document: string, schema: GraphQLSchema): string {
  const fields = schema.getQueryType()?.getFields() ?? {};
  let depth = 0;
  return print(
    visit(parse(document), {
      Field: {
        enter(field) {
          depth += 1;
          const hasIt = fields[field.name.value]?.args.some(({ name }) => name === 'maxStaleness') === true;
          if (depth > 1 || !hasIt) return undefined;
          const name = { kind: Kind.NAME, value: 'maxStaleness' } as const;
          const value = { kind: Kind.STRING, value: 'PT0S' } as const;
          const argument = { kind: Kind.ARGUMENT, name, value } as const;
          return { ...field, arguments: [...(field.arguments ?? []), argument] };
        },
        leave() {
          depth -= 1;
        },
      },
    }),
  );
}

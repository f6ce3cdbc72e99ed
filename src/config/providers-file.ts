import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Definition } from '../provider-kit/definition.ts';
import type { Fault } from './config-error.ts';
import { LIMIT_KEYS, LOCAL_LIMITS, takeLimits, type ProviderLimits } from './provider-limits.ts';
import { insertReferences } from './references.ts';
import { suggest } from './suggestion.ts';
import { readYaml } from './yaml-file.ts';

/** One configured connection. */
export interface ProviderEntry {
  /** Stands in every global id. */
  readonly name: string;
  readonly definition: Definition;
  readonly options: { readonly kind: string };
  readonly limits: ProviderLimits;
}

interface Known {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly definitions: readonly Definition[];
}

const LOCAL = 'local';
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const document = z.strictObject({ providers: z.record(z.string(), z.unknown()).nullish() });

/** The local provider, then those of the file. What is wrong with the file is added to the faults. */
export function readProvidersFile(
  { path, isRequired }: { readonly path: string; readonly isRequired: boolean },
  known: Known,
  faults: Fault[],
): readonly ProviderEntry[] {
  const local = known.definitions.filter(({ kind }) => kind === LOCAL);
  const options = { kind: LOCAL };
  const always = local.map((definition) => ({ name: LOCAL, definition, options, limits: LOCAL_LIMITS }));
  if (!existsSync(path)) {
    if (isRequired) faults.push({ path: 'KEYFOLD_CONFIG', message: 'names a file that is not there' });
    return always;
  }
  const file = readYaml(path, faults);
  const parsed = document.safeParse(file?.content ?? {});
  if (!parsed.success) {
    faults.push(...faultsOf('', parsed.error, ['providers']));
    return always;
  }
  const entries = Object.entries(parsed.data.providers ?? {});
  return [...always, ...entries.flatMap(([name, entry]) => readEntry(name, entry, known, faults))];
}

function readEntry(
  name: string,
  entry: unknown,
  { env, definitions }: Known,
  faults: Fault[],
): ProviderEntry[] {
  const path = `providers.${name}`;
  const before = faults.length;
  if (name === LOCAL)
    faults.push({ path, message: 'is always there and takes no entry; choose another name' });
  else if (!NAME.test(name)) {
    faults.push({
      path,
      message: 'has to be 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends',
    });
  }
  const given = insertReferences(entry, path, env, faults);
  const kinded = kindedOf(given, path, definitions, faults);
  if (kinded === null) return [];
  const { definition } = kinded;
  const { rest, limits } = takeLimits(kinded.entry);
  const options = definition.options.safeParse(rest);
  const named = new Set(faults.map((fault) => fault.path));
  const keys = [...keysOf(definition), ...LIMIT_KEYS];
  const more = [limits, options].flatMap((it) => (it.success ? [] : faultsOf(path, it.error, keys)));
  faults.push(...more.filter((fault) => !named.has(fault.path)));
  if (!options.success || !limits.success || faults.length > before) return [];
  return [{ name, definition, options: options.data, limits: limits.data }];
}

/** Null: of no kind that there is. */
function kindedOf(
  given: unknown,
  path: string,
  definitions: readonly Definition[],
  faults: Fault[],
): { readonly entry: object; readonly definition: Definition } | null {
  const kinds = definitions.map(({ kind }) => kind).filter((kind) => kind !== LOCAL);
  const parsed = z.looseObject({ kind: z.string() }).safeParse(given);
  if (!parsed.success) {
    faults.push({ path: `${path}.kind`, message: `is needed, and is one of: ${kinds.join(', ')}` });
    return null;
  }
  const { kind } = parsed.data;
  const definition = kind === LOCAL ? undefined : definitions.find((it) => it.kind === kind);
  if (definition !== undefined) return { entry: parsed.data, definition };
  faults.push({ path: `${path}.kind`, message: `is not one of: ${kinds.join(', ')}${suggest(kind, kinds)}` });
  return null;
}

function faultsOf(path: string, { issues }: z.ZodError, keys: readonly string[]): Fault[] {
  const at = (...more: readonly PropertyKey[]) =>
    [path, ...more.map(String)].filter((part) => part !== '').join('.');
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: at(...issue.path, key),
        message: `is not known${suggest(key, keys)}`,
      }));
    }
    return [{ path: at(...issue.path) || 'the file', message: messageOf(issue) }];
  });
}

function keysOf({ options }: Definition): readonly string[] {
  return options instanceof z.ZodObject ? Object.keys(options.shape) : [];
}

/** What a YAML file calls each type. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
};

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return lowerFirst(issue.message);
  return issue.message.endsWith('received undefined')
    ? 'is needed'
    : `has to be ${TYPES[issue.expected] ?? issue.expected}`;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

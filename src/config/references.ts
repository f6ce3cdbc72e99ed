import { readFileSync } from 'node:fs';
import type { Fault } from './config-error.ts';

/** `${file:…}`, `${NAME}`, or what was meant as one of them. */
const REFERENCE = /\$\{(?:file:([^}]+)\}|([A-Za-z_][A-Za-z0-9_]*)\})?/g;

/**
 * The same value with `${NAME}` replaced by that environment variable and `${file:/path}` by that file's content,
 * less its last line break, in every text. What is not there is added to the faults, by its name.
 */
export function insertReferences(
  value: unknown,
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  faults: Fault[],
): unknown {
  if (Array.isArray(value))
    return value.map((item, i) => insertReferences(item, `${path}.${i}`, env, faults));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        insertReferences(item, `${path}.${key}`, env, faults),
      ]),
    );
  }
  if (typeof value !== 'string') return value;
  return value.replaceAll(REFERENCE, (_, file: string | undefined, name: string | undefined) => {
    const found = file === undefined ? variable(env, name) : readIfThere(file);
    if (found === undefined) faults.push({ path, message: `refers to ${nameOf(file, name)}` });
    return found ?? '';
  });
}

function nameOf(file: string | undefined, name: string | undefined): string {
  if (file !== undefined) return `the file ${file}, which cannot be read`;
  if (name !== undefined) return `the environment variable ${name}, which is not set`;
  return 'nothing: after ${ has to stand a variable’s name or file:/path, and then }';
}

/** As everywhere, one that is set to nothing counts as not set. */
function variable(
  env: Readonly<Record<string, string | undefined>>,
  name: string | undefined,
): string | undefined {
  return name !== undefined && Object.hasOwn(env, name) ? env[name] || undefined : undefined;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}

import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { isNode, isScalar, parseDocument, visit, type Document } from 'yaml';
import { errorCode } from '../store/error-code.ts';
import type { Fault } from './config-error.ts';

const MAX_BYTES = 1024 * 1024;
/** An object cannot hold it as a key of its own without care, so nobody may mean it. */
const NO_KEY = '__proto__';

/** What the file holds: plain values, no tags, no key twice. Null: there are faults, which were added to the list. */
export function readYaml(path: string, faults: Fault[]): { readonly content: unknown } | null {
  const text = readText(path, faults);
  if (text === null) return null;
  const yaml = parseDocument(text, {
    schema: 'core',
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'error',
  });
  const found = [...yaml.errors, ...yaml.warnings].map(({ code, pos }) => ({ why: code, at: pos[0] }));
  const odd = oddKeys(yaml).map((at) => ({ why: 'a key that is no plain word', at }));
  for (const { why, at } of [...found, ...odd]) {
    const line = text.slice(0, at).split('\n').length;
    faults.push({ path: `line ${line}`, message: `is not YAML as it should be (${why})` });
  }
  return found.length + odd.length === 0 ? toContent(yaml, path, faults) : null;
}

function readText(path: string, faults: Fault[]): string | null {
  const fault = (message: string) => void faults.push({ path: basename(path), message });
  try {
    const file = statSync(path);
    if (file.isFile() && file.size <= MAX_BYTES) return readFileSync(path, 'utf8');
    fault(file.isFile() ? 'is larger than 1 MiB' : 'is not a file');
  } catch (error) {
    fault(`cannot be read (${errorCode(error) ?? 'unknown reason'})`);
  }
  return null;
}

function oddKeys(yaml: Document): readonly number[] {
  const at: number[] = [];
  visit(yaml, {
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value === NO_KEY) at.push(isNode(key) ? (key.range?.[0] ?? 0) : 0);
    },
  });
  return at;
}

/** A few lines of aliases to aliases can stand for more than any memory holds; the parser stops there. */
function toContent(yaml: Document, path: string, faults: Fault[]): { readonly content: unknown } | null {
  try {
    return { content: yaml.toJS() };
  } catch {
    faults.push({ path: basename(path), message: 'has more aliases than it can need' });
    return null;
  }
}

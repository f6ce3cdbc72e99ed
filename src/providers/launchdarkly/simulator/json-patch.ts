import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { invalidRequest, Refusal } from './refusal.ts';
import type { Fields } from './state.ts';

const operations = z.array(
  z.discriminatedUnion('op', [
    z.object({ op: z.enum(['add', 'replace', 'test']), path: z.string(), value: z.json() }),
    z.object({ op: z.literal('remove'), path: z.string() }),
  ]),
);
/** A bare list, or one with a comment for the audit log. */
const body = z.union([operations, z.object({ patch: operations }).transform(({ patch }) => patch)]);

/** These fields as JSON Patch (RFC 6902) changes them, all or nothing: those that are not there are null. */
export function patched(fields: Fields, sent: unknown): Fields {
  const { data, success } = body.safeParse(sent);
  if (!success) throw invalidRequest('invalid patch');
  const changed = { ...fields };
  for (const operation of data) {
    const [, name = '', ...more] = operation.path.split('/');
    if (name.startsWith('_')) throw invalidRequest(`${operation.path} is read-only`);
    if (!(name in fields) || more.length > 0) throw failed();
    const isThere = isFilled(changed[name]);
    if (operation.op === 'remove') {
      if (!isThere) throw failed();
      changed[name] = null;
    } else if (operation.op !== 'test') changed[name] = operation.value;
    else if (!isDeepStrictEqual(changed[name], operation.value)) throw failed();
  }
  return changed;
}

export function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}

function failed(): Refusal {
  return new Refusal('patch_failed', 'the patch could not be applied');
}

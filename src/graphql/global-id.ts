import { z } from 'zod';
import { decodeGlobalId, type AnyNodeId, type NodeId, type NodeType } from '../domain/ids.ts';

/** Of every type that implements Node. */
export const GLOBAL_ID = 'The same object has the same id for ever, and no other object has it. Opaque.';

/** The check of an argument that takes the id of a `type`; null: of any. */
export function globalId(type: NodeType | null) {
  return z.string().superRefine((text, check) => {
    const fault = faultOf(text, type);
    if (fault !== null) check.addIssue({ code: 'custom', message: fault });
  });
}

/** The typed id behind the text of an argument that `globalId` has checked. */
export function idOf<T extends NodeType>(type: T, text: string): NodeId<T> {
  const node = decodeGlobalId(text);
  if (node !== null && isOf(type, node)) return node.id;
  throw new TypeError(`No check has seen that this is the id of ${articled(type)}.`);
}

function isOf<T extends NodeType>(type: T, node: AnyNodeId): node is AnyNodeId & { type: T; id: NodeId<T> } {
  return node.type === type;
}

function faultOf(text: string, type: NodeType | null): string | null {
  const found = decodeGlobalId(text)?.type;
  if (found === undefined) return 'is not an id of this gateway';
  return type === null || found === type
    ? null
    : `is the id of ${articled(found)}; ${articled(type)} is asked for`;
}

function articled(type: NodeType): string {
  return `${/^[AI]/.test(type) ? 'an' : 'a'} ${type}`;
}

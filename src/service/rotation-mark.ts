import type { Rotation } from '../domain/rotation.ts';

/** So that description and mark together fit into the shortest description that a vendor takes (255 characters). */
export const MAX_DESCRIPTION = 200;

const MARK = / ?\[rotation [0-9a-f]{8}\]$/;

/**
 * The description of a rotation's new secret ends with the rotation's mark. It is the only way to find a secret whose
 * making was never answered: vendors know no idempotency key, and show no value again. A mark of an earlier rotation
 * makes way.
 */
export function mark({ id }: Rotation, description: string | null): string {
  const own = (description ?? '').replace(MARK, '').slice(0, MAX_DESCRIPTION);
  return `${own} [rotation ${id.slice(0, 8)}]`.trim();
}

/** Was this secret issued by some rotation? */
export function isMarked(description: string | null): boolean {
  return description !== null && MARK.test(description);
}

export function hasMark({ id }: Rotation, description: string | null): boolean {
  return description?.endsWith(`[rotation ${id.slice(0, 8)}]`) === true;
}

/** The vendor's id and which of its kinds it is of, as one id: `cc:0d3c`. A kind has no colon. */
export function joinId(kind: string, id: string): string {
  return `${kind}:${id}`;
}

/** Null where it is of none of these kinds. */
export function splitId<Kind extends string>(
  text: string,
  kinds: readonly Kind[],
): { readonly kind: Kind; readonly id: string } | null {
  const kind = kinds.find((it) => text.startsWith(`${it}:`));
  return kind === undefined ? null : { kind, id: text.slice(kind.length + 1) };
}

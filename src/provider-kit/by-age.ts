/** Puts what it is the key of in the order of creation, for `pageOf`; what does not tell its age comes first. */
export function byAge(createdAt: Date | null, id: string): string {
  return `${createdAt?.toISOString() ?? ''}\0${id}`;
}

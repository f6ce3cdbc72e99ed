/** Something that has to hold of several fields of an input; else `message` stands at `path`. */
export type Rule<Input> = [holds: (input: Input) => boolean, otherwise: { message: string; path: string[] }];

interface Expiry {
  readonly expiresAt?: Date | null | undefined;
  readonly expiresIn?: string | null | undefined;
}

export const oneExpiry: Rule<Expiry> = [
  ({ expiresAt, expiresIn }) => !expiresAt || !expiresIn,
  { message: 'cannot be combined with expiresAt', path: ['expiresIn'] },
];

/** In an update, null clears a field. This one cannot be empty. */
export function neverNull<Field extends string>(field: Field): Rule<{ readonly [F in Field]?: unknown }> {
  return [
    (input) => input[field] !== null,
    { message: 'cannot be cleared; leave it out to keep it as it is', path: [field] },
  ];
}

interface Place {
  readonly provider?: string | null | undefined;
  readonly tenant?: string | null | undefined;
}

export const tenantWithinProvider: Rule<Place> = [
  ({ provider, tenant }) => !tenant || Boolean(provider),
  { message: 'is needed with a tenant', path: ['provider'] },
];

import type { Operation } from './operation.ts';

export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'LIMIT_REACHED',
  'UNSUPPORTED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_REJECTED',
  'RATE_LIMITED',
  'AUDIT_UNAVAILABLE',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** May the write have taken effect at the vendor? */
export type Applied = 'NO' | 'UNKNOWN';

interface Details {
  /** What to do about it, for the caller to read. */
  readonly hint?: string | null;
  /** For the log alone. */
  readonly cause?: unknown;
}

/** Everything that the gateway says no with. `message` and `hint` are public and name no input value. */
export abstract class GatewayError extends Error {
  abstract readonly code: ErrorCode;
  /** May the same call, sent again unchanged, succeed? */
  abstract readonly retryable: boolean;
  readonly hint: string | null;

  constructor(message: string, { hint = null, cause }: Details = {}) {
    super(message, { cause });
    this.hint = hint;
    this.name = new.target.name;
    // It is foreseen, so that where it was thrown tells nothing, and graphql asks every error for its stack: with source
    // maps that takes longer than most answers.
    this.stack = `${this.name}: ${message}`;
  }
}

export class UnauthenticatedError extends GatewayError {
  readonly code = 'UNAUTHENTICATED';
  readonly retryable = false;
}

export class ForbiddenError extends GatewayError {
  readonly code = 'FORBIDDEN';
  readonly retryable = false;
}

export interface InvalidField {
  /** From the input's root: `['input', 'expiresIn']`. */
  readonly path: readonly string[];
  readonly message: string;
}

export class InvalidInputError extends GatewayError {
  readonly code = 'BAD_USER_INPUT';
  readonly retryable = false;
  readonly fields: readonly InvalidField[];

  constructor(fields: readonly InvalidField[], details: Details = {}) {
    super(fields.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '), details);
    this.fields = fields;
  }

  /** One fault, in the `input` argument of a mutation. */
  static at(field: string, message: string, details: Details = {}): InvalidInputError {
    return new InvalidInputError([{ path: ['input', field], message }], details);
  }
}

export class NotFoundError extends GatewayError {
  readonly code = 'NOT_FOUND';
  readonly retryable = false;
}

export class ConflictError extends GatewayError {
  readonly code = 'CONFLICT';
  readonly retryable: boolean;

  constructor(message: string, details: Details & { readonly retryable?: boolean } = {}) {
    super(message, details);
    this.retryable = details.retryable ?? false;
  }
}

export class LimitReachedError extends GatewayError {
  readonly code = 'LIMIT_REACHED';
  readonly retryable = false;
  readonly limit: number;

  constructor(message: string, limit: number, details: Details = {}) {
    super(message, details);
    this.limit = limit;
  }
}

export class UnsupportedError extends GatewayError {
  readonly code = 'UNSUPPORTED';
  readonly retryable = false;
  readonly operation: Operation;

  constructor(message: string, operation: Operation, details: Details = {}) {
    super(message, details);
    this.operation = operation;
  }
}

export class ProviderUnavailableError extends GatewayError {
  readonly code = 'PROVIDER_UNAVAILABLE';
  readonly retryable: boolean;
  readonly provider: string;
  readonly applied: Applied;
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    about: { readonly provider: string; readonly applied: Applied; readonly retryAfterMs: number | null },
    details: Details = {},
  ) {
    super(message, details);
    this.provider = about.provider;
    this.applied = about.applied;
    this.retryAfterMs = about.retryAfterMs;
    this.retryable = about.applied === 'NO';
  }
}

export class ProviderRejectedError extends GatewayError {
  readonly code = 'PROVIDER_REJECTED';
  readonly retryable = false;
  readonly provider: string;

  constructor(message: string, provider: string, details: Details = {}) {
    super(message, details);
    this.provider = provider;
  }
}

export class RateLimitedError extends GatewayError {
  readonly code = 'RATE_LIMITED';
  readonly retryable = true;
  /** Null: it is the gateway's own limit. */
  readonly provider: string | null;
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    about: { readonly provider: string | null; readonly retryAfterMs: number | null },
    details: Details = {},
  ) {
    super(message, details);
    this.provider = about.provider;
    this.retryAfterMs = about.retryAfterMs;
  }
}

/** The audit trail could not be written, so nothing was done; or it was done and could not be recorded. */
export class AuditUnavailableError extends GatewayError {
  readonly code = 'AUDIT_UNAVAILABLE';
  readonly retryable: boolean;

  constructor(message: string, details: Details & { readonly retryable: boolean }) {
    super(message, details);
    this.retryable = details.retryable;
  }
}

/** Which server is played: what the public source of 2025 and 2026 says, or the build of 2024-10-10 that was recorded. */
export type Generation = 'current' | '2024-10';

/** One fault of a request, in the form of zod 3. */
export interface Issue {
  readonly code: 'invalid_type' | 'too_small' | 'too_big' | 'invalid_string' | 'custom';
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly [detail: string]: unknown;
}

/** An error answer: thrown by a route, and given the body of its generation by `bodyOf`. */
export class Refusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly issues: readonly Issue[] | null;
  readonly details: unknown;

  constructor(
    status: number,
    error: string,
    message: string,
    more: { readonly issues?: readonly Issue[]; readonly details?: unknown } = {},
  ) {
    super(message);
    this.status = status;
    this.error = error;
    this.issues = more.issues ?? null;
    this.details = more.details;
  }
}

/** vendor facts, section 7 */
export function bodyOf(refusal: Refusal, generation: Generation, requestId: string): object {
  const { status: statusCode, error, message, issues, details } = refusal;
  if (error === ROUTE_NOT_FOUND) return { message, error, statusCode };
  return {
    ...(generation === 'current' && { reqId: requestId }),
    statusCode,
    message: issues ?? message,
    error,
    ...(generation === 'current' && details !== undefined && { details }),
  };
}

const ROUTE_NOT_FOUND = 'Not Found';
const BROKEN = 'Something went wrong';

export const badRequest = (message: string): Refusal => new Refusal(400, 'BadRequest', message);
export const unauthorized = (message: string): Refusal => new Refusal(401, 'UnauthorizedError', message);
export const tokenError = (message: string): Refusal => new Refusal(403, 'TokenError', message);
export const notFound = (message: string): Refusal => new Refusal(404, 'NotFound', message);

/** The wrong kind of token, or another organisation: the reason stands in `error`. */
export const notAllowed = (reason: string): Refusal =>
  new Refusal(403, reason, 'You are not allowed to access this resource');

export const permissionDenied = (action: string): Refusal =>
  new Refusal(403, 'PermissionDenied', `You are not allowed to ${action} on identity`, { details: [] });

/** The target identity is more privileged than the caller. */
export function beyondBoundary(generation: Generation): Refusal {
  const message = 'Failed to add identity to project with more privileged role';
  return generation === 'current'
    ? new Refusal(403, 'PermissionBoundaryError', message, { details: { missingPermissions: [] } })
    : new Refusal(403, 'ForbiddenError', message);
}

export const routeNotFound = (method: string, url: string): Refusal =>
  new Refusal(404, ROUTE_NOT_FOUND, `Route ${method}:${url} not found`);

/** The same body with another status in each generation. */
export const validationFailure = (generation: Generation, issues: readonly Issue[]): Refusal =>
  new Refusal(generation === 'current' ? 422 : 401, 'ValidationFailure', BROKEN, { issues });

/** What the server did not foresee; `step`: the step of the database that the input broke. */
export const broken = (step = 'InternalServerError'): Refusal => new Refusal(500, step, BROKEN);

/** The recorded build turns the limiter's 429 into a 500; `retry-after` is what tells it (vendor facts, section 8). */
export const throttled = (generation: Generation, seconds: number): Refusal =>
  generation === 'current'
    ? new Refusal(429, 'RateLimitExceeded', `Rate limit exceeded. Please try again in ${seconds} seconds`)
    : broken();

import { randomUUID } from 'node:crypto';
import type { SimulatorReply } from '../../../provider-kit/simulator.ts';

const STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  optimistic_locking_error: 409,
  patch_failed: 422,
  rate_limited: 429,
} as const;

/** An error answer (vendor facts, section 2): thrown by a route. */
export class Refusal extends Error {
  readonly code: keyof typeof STATUS;

  constructor(code: keyof typeof STATUS, message: string) {
    super(message);
    this.code = code;
  }
}

export function replyOf({ code, message }: Refusal): SimulatorReply {
  return { status: STATUS[code], body: { code, message, id: randomUUID() } };
}

export const invalidRequest = (message: string): Refusal => new Refusal('invalid_request', message);
export const notFound = (): Refusal => new Refusal('not_found', 'Invalid resource identifier');
/** Of a bad token as of one without permission: the answer is the same. */
export const unauthorized = (): Refusal => new Refusal('unauthorized', 'Invalid account token');

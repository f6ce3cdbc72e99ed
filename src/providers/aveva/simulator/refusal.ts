import { randomUUID } from 'node:crypto';
import type { SimulatorReply } from '../../../provider-kit/simulator.ts';

/** An error answer: thrown by a route. */
export class Refusal extends Error {
  readonly status: number;
  readonly reason: string;
  /** Some endpoints answer an error with nothing but its status (vendor facts, section 6). */
  readonly hasBody: boolean;

  constructor(status: number, error: string, reason: string, { hasBody = true } = {}) {
    super(error);
    this.status = status;
    this.reason = reason;
    this.hasBody = hasBody;
  }
}

export const badRequest = (reason: string) => new Refusal(400, 'Missing or invalid inputs.', reason);
export const unauthorized = (hasBody: boolean) =>
  new Refusal(401, 'Unauthorized.', 'There is no access token, or it has expired.', { hasBody });
export const forbidden = (hasBody = true) =>
  new Refusal(403, 'Forbidden.', 'The access token lacks the role.', { hasBody });
export const notFound = (what: string) => new Refusal(404, `${what} not found.`, 'It is not in this tenant.');
export const noSuchRoute = () =>
  new Refusal(404, 'Not found.', 'There is no such route.', { hasBody: false });
export const readOnly = () =>
  new Refusal(405, 'Method not allowed.', 'This is not the global base URL.', { hasBody: false });
export const taken = () => new Refusal(409, 'Client unique identifier already exists.', 'It is taken.');

export function answerOf({ status, message, reason, hasBody }: Refusal): SimulatorReply {
  const OperationId = randomUUID();
  const headers = { 'operation-id': OperationId };
  if (!hasBody) return { status, headers };
  return { status, headers, body: errorBody(message, reason, OperationId) };
}

/** What stands in an error, and in each child of a 207. */
export function errorBody(Error: string, Reason: string, OperationId: string = randomUUID()): object {
  return { OperationId, Error, Reason, Resolution: 'Change the request, or ask an administrator.' };
}

import type { OutgoingHttpHeaders } from 'node:http';
import type { ErrorCode } from '../domain/gateway-error.ts';

/** Why a request gets no further than HTTP. The message is public and names no input value. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, code: ErrorCode, message: string, headers: OutgoingHttpHeaders = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

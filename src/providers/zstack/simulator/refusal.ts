import type { SimulatorReply } from '../../../provider-kit/simulator.ts';

/** An answer that is no success, thrown by whatever meets the reason. */
export class Refusal extends Error {
  readonly reply: SimulatorReply;

  constructor(reply: SimulatorReply) {
    super('refused');
    this.reply = reply;
  }
}

/** A business failure, of whatever kind: always a 503 (vendor facts, section 5). */
export function failed(code: string, description: string, details = description): Refusal {
  const error = { code, description, details, elaboration: null, opaque: null, cause: null };
  return new Refusal({ status: 503, body: { error } });
}

/** What the REST server itself refuses: a text. */
export function plain(status: number, text: string): Refusal {
  return new Refusal({ status, headers: { 'content-type': 'text/plain' }, body: text });
}

export const notFound = (what: string): Refusal => failed('SYS.1003', 'A resource can not be found', what);
export const badArgument = (what: string): Refusal =>
  failed('SYS.1007', 'One or more arguments are invalid', what);

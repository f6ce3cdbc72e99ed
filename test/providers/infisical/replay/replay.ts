import {
  createInfisicalSimulator,
  type InfisicalSimulator,
} from '../../../../src/providers/infisical/simulator.ts';
import { testClock, type TestClock } from '../../../test-clock.ts';
import { Bindings } from './bindings.ts';
import { ORGANIZATION, TOKENS, UNIVERSAL_AUTH } from './cast.ts';
import type { Exchange } from './recording.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** An empty text where there was none. */
  readonly body: unknown;
}

/** Sends recorded requests to the simulator of that build, with its own ids, tokens and values put in. */
export class Replay {
  readonly bindings = new Bindings();
  readonly simulator: InfisicalSimulator;
  readonly #clock: TestClock;
  readonly #tokens = new Map<string, string>();
  readonly #etags = new Map<string, string>();

  static async start(): Promise<Replay> {
    const clock = testClock('2026-11-21T01:17:32.000Z');
    const simulator = await createInfisicalSimulator({
      generation: '2024-10',
      clock,
      organizationId: ORGANIZATION,
      rateLimited: true,
    });
    return new Replay(simulator, clock);
  }

  constructor(simulator: InfisicalSimulator, clock: TestClock) {
    this.simulator = simulator;
    this.#clock = clock;
    this.#tokens.set(TOKENS.user, simulator.userToken());
  }

  async send({ request, response }: Exchange): Promise<Reply> {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, this.#header(name, value)]);
    const body = request.body?.replace('<JWT masked>', this.#token(TOKENS.shortLived)) ?? null;
    const reply = await this.fetch(request.method, request.path, Object.fromEntries(headers), body);
    const etag = response.headers['etag'];
    if (etag !== undefined) this.#etags.set(etag, reply.headers.get('etag') ?? '');
    return reply;
  }

  /** Every request comes a millisecond after the one before. */
  async fetch(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: string | null,
  ): Promise<Reply> {
    this.advance(1);
    const translate = (text: string) => this.bindings.translate(text);
    const sent = body === null ? null : translate(body);
    const response = await fetch(this.simulator.origin + translate(path), { method, headers, body: sent });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? '' : JSON.parse(text) };
  }

  /** A request that is not in the recording. */
  ask(method: string, path: string, token: string | null, json?: object, more: Record<string, string> = {}) {
    const headers = {
      ...(token !== null && { authorization: `Bearer ${this.#token(token)}` }),
      ...(json && { 'content-type': 'application/json' }),
      ...more,
    };
    return this.fetch(
      method,
      path,
      headers,
      json === undefined ? null : this.#withTokens(JSON.stringify(json)),
    );
  }

  login(prefix: string, clientId: string): Promise<Reply> {
    const clientSecret = `${prefix}<60 more hex chars masked>`;
    return this.ask('POST', `${UNIVERSAL_AUTH}/login`, null, { clientId, clientSecret });
  }

  keepToken(label: string, { body }: Reply): void {
    this.#tokens.set(label, (body as { accessToken: string }).accessToken);
  }

  advance(ms: number): void {
    this.#clock.pass(ms);
  }

  #header(name: string, value: string): string {
    if (name === 'if-none-match') return this.#etags.get(value) ?? value;
    return name === 'authorization' ? `${value.slice(0, 7)}${this.#token(value.slice(7))}` : value;
  }

  #token(label: string): string {
    const gateway = this.#tokens.get(TOKENS.gateway) ?? '';
    if (label === '<JWT masked>') return gateway;
    if (label === '<access token with altered signature>') return `${gateway.slice(0, -4)}AAAA`;
    return this.#tokens.get(label) ?? label;
  }

  #withTokens(text: string): string {
    return [...this.#tokens].reduce((body, [label, token]) => body.replace(label, token), text);
  }
}

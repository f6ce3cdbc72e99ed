import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createAvevaSimulator, type AvevaSimulator } from '../../../src/providers/aveva/simulator.ts';
import { testClock, type TestClock } from '../../test-clock.ts';

/** The id of nothing. */
export const UNKNOWN = '0d3c6d0c-6a8e-4a0c-9f0e-0c3a51d0f6a2';
/** The body of a refusal that says why. */
export const ERROR = {
  OperationId: expect.stringMatching(/^[\da-f-]{36}$/),
  Error: expect.any(String),
  Reason: expect.any(String),
  Resolution: expect.any(String),
};
/** An end that is still to come. */
export const LATER = '2026-12-31T00:00:00Z';

/** The simulator with one client to ask about. */
export interface Seeded {
  readonly clock: TestClock;
  readonly simulator: AvevaSimulator;
  /** A client-credential client that has no secret yet. */
  readonly client: string;
}

/** The simulator closes itself when the test ends. */
export async function openSimulator(): Promise<Seeded> {
  const clock = testClock('2026-05-01T09:30:00.000Z');
  const simulator = await createAvevaSimulator({ dialect: 'v1', clock, hasReadOnlyRegion: true });
  onTestFinished(() => simulator.close());
  return { clock, simulator, client: simulator.seedClient() };
}

interface Asked {
  readonly json?: unknown;
  /** The access token of who asks; of the administrator where none is given. */
  readonly as?: string;
  /** Of a region; of the one that takes changes where none is given. */
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What tests of the simulator ask of it over HTTP. */
export interface Asking {
  /** The whole answer to asking for an access token. */
  token(
    form: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }>;
  /** The access token alone. */
  loginAs(clientId: string, clientSecret: string): Promise<string>;
  administrator(): Promise<string>;
  /** `path`: within the tenant. */
  ask(
    method: string,
    path: string,
    asked?: Asked,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly body: unknown }>;
  /** The path of the secrets, of the seeded client where no other client-credential client is named. */
  secrets(of?: string): string;
}

export function asking(open: () => Pick<Seeded, 'simulator' | 'client'>): Asking {
  const token: Asking['token'] = async (form) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...form });
    const address = `${open().simulator.origin}/identity/connect/token`;
    const response = await fetch(address, { method: 'POST', body });
    return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
  };
  const loginAs: Asking['loginAs'] = async (clientId, clientSecret) =>
    String((await token({ client_id: clientId, client_secret: clientSecret })).body['access_token']);
  const administrator = () => {
    const { clientId, clientSecret } = open().simulator.gateway;
    return loginAs(clientId, clientSecret);
  };
  return {
    token,
    loginAs,
    administrator,
    ask: async (method, path, { json, as, origin = open().simulator.origin, headers = {} } = {}) => {
      const response = await fetch(`${origin}/api/v1/Tenants/${open().simulator.tenants[0].id}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${as ?? (await administrator())}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? null : JSON.parse(text),
      };
    },
    secrets: (of = open().client) => `/ClientCredentialClients/${of}/Secrets`,
  };
}

import { Pool } from 'undici';
import type { VendorClient, VendorSecret } from './answers.ts';

export interface VendorOptions {
  readonly origin: string;
  readonly connections: number;
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export class NotFound extends Error {}

const DEADLINE_MS = 2000;
/** A token is given up so long before its end. */
const MARGIN_MS = 300_000;

/** The vendor's API, as far as it is used: one request each, and one for a token now and then. */
export function openVendor({ origin, connections, tenant, clientId, clientSecret }: VendorOptions) {
  const pool = new Pool(origin, { connections, headersTimeout: DEADLINE_MS, bodyTimeout: DEADLINE_MS });
  const root = `/api/v1/Tenants/${encodeURIComponent(tenant)}`;
  let token: Promise<{ value: string; until: number }> | null = null;

  const login = async () => {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/identity/connect/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`no token: HTTP ${statusCode}`);
    const grant: { access_token: string; expires_in: number } = JSON.parse(text);
    return { value: grant.access_token, until: Date.now() + grant.expires_in * 1000 - MARGIN_MS };
  };
  const current = async (): Promise<string> => {
    token ??= login().catch((error: unknown) => {
      token = null;
      throw error;
    });
    const { value, until } = await token;
    if (until > Date.now()) return value;
    token = null;
    return current();
  };

  const get = async <T>(path: string): Promise<T> => {
    const authorization = `Bearer ${await current()}`;
    const { statusCode, body } = await pool.request({
      method: 'GET',
      path,
      headers: { accept: 'application/json', authorization },
    });
    const text = await body.text();
    if (statusCode === 401) token = null;
    if (statusCode === 404) throw new NotFound();
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`);
    return JSON.parse(text);
  };

  return {
    tenant: () => get<{ CompanyName?: string }>(root),
    clients: (count: number) => get<VendorClient[]>(`${root}/ClientCredentialClients?skip=0&count=${count}`),
    secrets: (client: string) =>
      get<VendorSecret[]>(`${root}/ClientCredentialClients/${encodeURIComponent(client)}/Secrets`),
  };
}

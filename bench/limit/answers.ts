export interface VendorClient {
  readonly Id: string;
  readonly Name?: string | null;
  readonly Enabled?: boolean | null;
}

export interface VendorSecret {
  readonly Id: number;
  readonly Description?: string | null;
  readonly Expires?: boolean | null;
  readonly Expiration?: string | null;
}

export interface ClientId {
  readonly provider: string;
  readonly tenant: string;
  readonly client: string;
}

const globalId = (...parts: readonly string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

export function clientOf(id: ClientId, client: VendorClient, secrets: readonly VendorSecret[]) {
  return {
    id: globalId('Client', id.provider, id.tenant, id.client),
    name: client.Name ?? client.Id,
    clientId: client.Id,
    kind: 'CLIENT_CREDENTIALS',
    enabled: client.Enabled ?? null,
    secrets: { nodes: secrets.map((secret) => secretOf(id, secret)) },
  };
}

export function secretOf(id: ClientId, secret: VendorSecret) {
  const expires = secret.Expires !== false && secret.Expiration;
  const expiresAt = expires ? new Date(secret.Expiration) : null;
  return {
    id: globalId('ClientSecret', id.provider, id.tenant, id.client, String(secret.Id)),
    description: secret.Description ?? null,
    status: expiresAt !== null && expiresAt.getTime() <= Date.now() ? 'EXPIRED' : 'ACTIVE',
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: null,
    hint: null,
  };
}

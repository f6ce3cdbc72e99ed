import { parseTexts } from './texts.ts';

/** Which tenant, at which provider. `provider` is the configured name; the rest are the vendor's own ids. */
export interface TenantId {
  readonly provider: string;
  readonly tenant: string;
}

export interface IdentityId extends TenantId {
  readonly identity: string;
}

export interface ClientId extends TenantId {
  readonly client: string;
}

export interface ClientSecretId extends ClientId {
  readonly secret: string;
}

/** The client of a secret: its id and nothing more. */
export function clientIdOf({ provider, tenant, client }: ClientSecretId): ClientId {
  return { provider, tenant, client };
}

/** The parts of a global id, in order, for each type that implements Node. */
const PARTS = {
  Provider: ['provider'],
  Tenant: ['provider', 'tenant'],
  Identity: ['provider', 'tenant', 'identity'],
  Client: ['provider', 'tenant', 'client'],
  ClientSecret: ['provider', 'tenant', 'client', 'secret'],
  Rotation: ['id'],
  AuditEvent: ['id'],
  AccessToken: ['id'],
  DriftEvent: ['id'],
} as const;

export type NodeType = keyof typeof PARTS;

/** The typed id behind a global id of type `T`. */
export type NodeId<T extends NodeType> = { readonly [P in (typeof PARTS)[T][number]]: string };

export type AnyNodeId = { [T in NodeType]: { readonly type: T; readonly id: NodeId<T> } }[NodeType];

/** Opaque, stable, URL-safe. Equal ids give equal texts. */
export function encodeGlobalId<T extends NodeType>(type: T, id: NodeId<T>): string {
  const values: Readonly<Record<string, string>> = id;
  const parts = [type, ...PARTS[type].map((part) => values[part])];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Null for whatever `encodeGlobalId` did not make, so that one object has exactly one global id. */
export function decodeGlobalId(text: string): AnyNodeId | null {
  const parts = parseTexts(Buffer.from(text, 'base64url').toString('utf8'));
  const [type, ...values] = parts ?? [];
  if (type === undefined || !isNodeType(type)) return null;
  const names = PARTS[type];
  if (values.length !== names.length || values.some((value) => value === '')) return null;
  const node = { type, id: Object.fromEntries(names.map((name, i) => [name, values[i]])) } as AnyNodeId;
  return encodeGlobalId(node.type, node.id as never) === text ? node : null;
}

/** A text that tells two ids of one kind apart, for maps and cache keys: each part behind its length. */
export function idKey(id: TenantId | IdentityId | ClientId | ClientSecretId): string {
  const { provider, tenant, identity, client, secret } = id as Partial<IdentityId & ClientSecretId>;
  return `${part(provider)}${part(tenant)}${part(identity)}${part(client)}${part(secret)}`;
}

function part(text: string | undefined): string {
  return text === undefined ? '-' : `${text.length}:${text}`;
}

function isNodeType(text: string): text is NodeType {
  return Object.hasOwn(PARTS, text);
}

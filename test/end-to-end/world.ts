import {
  CreateAccessTokenDocument,
  CreateClientDocument,
  CreateClientSecretDocument,
  CreateIdentityDocument,
  CreateTenantDocument,
  type CreateClientSecretInput,
  type RoleGrantInput,
} from '../generated/graphql.ts';
import type { TestGateway } from '../gateway.ts';

type Union = { readonly __typename?: string };

/** The member of a mutation's result that the test counts on. Fails the test with the whole answer where it is another. */
export function expectType<R extends Union, N extends NonNullable<R['__typename']>>(
  result: R,
  name: N,
): Extract<R, { readonly __typename?: N }> {
  if (result.__typename !== name) throw new Error(`expected ${name}: ${JSON.stringify(result)}`);
  return result as Extract<R, { readonly __typename?: N }>;
}

export async function newTenant(it: TestGateway, name = 'Acme'): Promise<string> {
  const { createTenant } = await it.query(CreateTenantDocument, { input: { provider: 'local', name } });
  return expectType(createTenant, 'CreateTenantSuccess').tenant.id;
}

/** Of the local provider. */
export async function newClient(it: TestGateway, tenant: string, name = 'billing') {
  const { createClient } = await it.query(CreateClientDocument, { input: { tenant, name } });
  return expectType(createClient, 'CreateClientSuccess').client;
}

/** A machine identity of Infisical with universal auth. */
export async function newInfisicalClient(it: TestGateway, name = 'worker') {
  const tenant = infisicalTenant(it);
  const made = await it.query(CreateIdentityDocument, { input: { tenant, name } });
  const { id: identity } = expectType(made.createIdentity, 'CreateIdentitySuccess').identity;
  const { createClient } = await it.query(CreateClientDocument, { input: { tenant, identity, name } });
  return expectType(createClient, 'CreateClientSuccess').client;
}

export function infisicalTenant(it: TestGateway): string {
  const parts = ['Tenant', 'infisical', it.infisical.organizationId];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

export async function newSecret(
  it: TestGateway,
  client: string,
  more: Partial<CreateClientSecretInput> = {},
) {
  const { createClientSecret } = await it.query(CreateClientSecretDocument, { input: { client, ...more } });
  return expectType(createClientSecret, 'CreateClientSecretSuccess').issued;
}

/** A token with these roles. */
export async function newToken(it: TestGateway, ...roles: RoleGrantInput[]): Promise<string> {
  const { createAccessToken } = await it.query(CreateAccessTokenDocument, { input: { name: 'test', roles } });
  return expectType(createAccessToken, 'CreateAccessTokenSuccess').value;
}

/** The vendor's id within a global id, by its place. */
export function partOf(globalId: string, place: number): string {
  const parts: unknown = JSON.parse(Buffer.from(globalId, 'base64url').toString());
  return String((parts as readonly unknown[])[place]);
}

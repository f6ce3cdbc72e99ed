import type { AccessToken } from '../domain/access-token.ts';
import type { RoleGrant } from '../domain/actor.ts';
import type { AuditEvent } from '../domain/audit-event.ts';
import type { Client } from '../domain/client.ts';
import type { ClientSecret, IssuedSecret } from '../domain/client-secret.ts';
import type { DriftEvent } from '../domain/drift-event.ts';
import type { Identity } from '../domain/identity.ts';
import type { Rotation } from '../domain/rotation.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { ProviderFailure } from '../service/provider-failure.ts';
import type { ProviderView } from '../service/provider-view.ts';
import { builder } from './builder.ts';

export const NodeRef = builder.interfaceRef<object>('Node');
export const ProviderRef = builder.objectRef<ProviderView>('Provider');
export const TenantRef = builder.objectRef<Tenant>('Tenant');
export const IdentityRef = builder.objectRef<Identity>('Identity');
export const ClientRef = builder.objectRef<Client>('Client');
export const ClientSecretRef = builder.objectRef<ClientSecret>('ClientSecret');
export const IssuedClientSecretRef = builder.objectRef<IssuedSecret>('IssuedClientSecret');
export const RotationRef = builder.objectRef<Rotation>('Rotation');
export const AuditEventRef = builder.objectRef<AuditEvent>('AuditEvent');
export const AccessTokenRef = builder.objectRef<AccessToken>('AccessToken');
export const DriftEventRef = builder.objectRef<DriftEvent>('DriftEvent');
export const RoleGrantRef = builder.objectRef<RoleGrant>('RoleGrant');

export const ProviderFailureRef = builder.objectRef<ProviderFailure>('ProviderFailure');

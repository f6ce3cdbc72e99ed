import { builder } from './builder.ts';

export const OperationEnum = builder.enumType('Operation', {
  description: 'What can be asked of a provider.',
  values: {
    CREATE_TENANT: { description: '`createTenant`' },
    UPDATE_TENANT: { description: '`updateTenant`' },
    DELETE_TENANT: { description: '`deleteTenant`' },
    CREATE_IDENTITY: { description: '`createIdentity`' },
    UPDATE_IDENTITY: { description: '`updateIdentity`' },
    DELETE_IDENTITY: { description: '`deleteIdentity`' },
    CREATE_CLIENT: { description: '`createClient`' },
    UPDATE_CLIENT: { description: '`updateClient`' },
    DELETE_CLIENT: { description: '`deleteClient`' },
    CREATE_CLIENT_SECRET: { description: '`createClientSecret`' },
    UPDATE_CLIENT_SECRET: { description: '`updateClientSecret`' },
    DISABLE_CLIENT_SECRET: { description: '`disableClientSecret`' },
    ENABLE_CLIENT_SECRET: { description: '`enableClientSecret`' },
    ROTATE_CLIENT_SECRET: { description: '`rotateClientSecret`' },
    REVOKE_CLIENT_SECRET: { description: '`revokeClientSecret`' },
    REVEAL_CLIENT_SECRET: { description: '`revealClientSecret`' },
    VERIFY_CLIENT_SECRET: { description: '`verifyClientSecret`' },
  },
});

export const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description: 'What went wrong. The same codes stand in `extensions.code` of top-level errors.',
  values: {
    UNAUTHENTICATED: { description: 'The request has no valid access token.' },
    FORBIDDEN: { description: 'The access token has no role for this.' },
    BAD_USER_INPUT: { description: 'The document, an argument or an input breaks a rule.' },
    NOT_FOUND: { description: 'It is not there, or the access token may not read it.' },
    CONFLICT: { description: 'It cannot be done in the state that things are in.' },
    LIMIT_REACHED: { description: 'There is no room for one more.' },
    UNSUPPORTED: { description: 'This provider cannot do it.' },
    PROVIDER_UNAVAILABLE: { description: 'The provider gave no usable answer.' },
    PROVIDER_REJECTED: { description: 'The provider said no, for a reason of its own.' },
    RATE_LIMITED: { description: 'Too many requests: wait a while.' },
    AUDIT_UNAVAILABLE: { description: 'The audit trail could not be written.' },
    INTERNAL: { description: 'A fault of the gateway; its log has it under the request id.' },
  },
});

export const ClientSecretStatusEnum = builder.enumType('ClientSecretStatus', {
  description: 'Can a secret authenticate?',
  values: {
    ACTIVE: { description: 'It can.' },
    DISABLED: { description: 'Not until it is enabled again.' },
    EXPIRED: { description: 'Its time is over.' },
    EXHAUSTED: { description: 'It was used as often as it may be.' },
    REVOKED: { description: 'It was ended for good.' },
    UNKNOWN: { description: 'The vendor does not say.' },
  },
});

export const ClientKindEnum = builder.enumType('ClientKind', {
  description: 'How a client authenticates.',
  values: {
    CLIENT_CREDENTIALS: { description: 'By the client credentials grant (RFC 6749, 4.4).' },
    HYBRID: { description: 'By the hybrid flow of OpenID Connect.' },
    AUTHORIZATION_CODE: { description: 'By the authorization code grant (RFC 6749, 4.1).' },
    UNIVERSAL_AUTH: { description: 'By the universal auth of the identity that it acts for.' },
    ACCESS_TOKEN: { description: 'By presenting an access token that does not change.' },
    OTHER: { description: 'In another way.' },
  },
});

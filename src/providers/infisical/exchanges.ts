import type { z } from 'zod';

/** A request and the form of its replies, as the vendor publishes them. */
export interface PublishedExchange {
  readonly source: string;
  readonly read: string;
  readonly method: 'GET';
  /** With the vendor's names for its parameters. */
  readonly path: string;
  /** By status, in JSON Schema. */
  readonly replies: Readonly<Record<number, Schema>>;
}

type Schema = z.core.JSONSchema.JSONSchema;

const text: Schema = { type: 'string' };
const count: Schema = { type: 'number', default: 0 };
const moment: Schema = { type: 'string', format: 'date-time' };

function error(statusCode: number, more: Pick<Schema, 'properties' | 'required'> = {}): Schema {
  const common: Record<string, Schema> = {
    reqId: text,
    statusCode: { type: 'number', enum: [statusCode] },
    message: text,
    error: text,
  };
  return {
    type: 'object',
    properties: { ...common, ...more.properties },
    required: more.required ?? ['reqId', 'statusCode', 'message', 'error'],
    additionalProperties: false,
  };
}

/** Only this page of the vendor's reference states its replies in full. */
export const exchanges: readonly PublishedExchange[] = [
  {
    source: 'https://infisical.com/docs/api-reference/endpoints/universal-auth/get-client-secret-by-id.md',
    read: '2026-11-21',
    method: 'GET',
    path: '/api/v1/auth/universal-auth/identities/{identityId}/client-secrets/{clientSecretId}',
    replies: {
      200: {
        type: 'object',
        properties: {
          clientSecretData: {
            type: 'object',
            properties: {
              id: text,
              createdAt: moment,
              updatedAt: moment,
              description: text,
              clientSecretPrefix: text,
              clientSecretNumUses: count,
              clientSecretNumUsesLimit: count,
              clientSecretTTL: count,
              identityUAId: { type: 'string', format: 'uuid' },
              isClientSecretRevoked: { type: 'boolean', default: false },
            },
            required: ['id', 'createdAt', 'updatedAt', 'description', 'clientSecretPrefix', 'identityUAId'],
            additionalProperties: false,
          },
        },
        required: ['clientSecretData'],
        additionalProperties: false,
      },
      400: error(400, { properties: { details: {} } }),
      401: error(401),
      403: error(403, { properties: { details: {} } }),
      404: error(404),
      422: error(422, { properties: { message: {} }, required: ['reqId', 'statusCode', 'error'] }),
      500: error(500),
    },
  },
];

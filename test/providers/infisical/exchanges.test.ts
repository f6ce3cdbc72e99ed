import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { replies } from '../../../src/providers/infisical/api.ts';
import { classify } from '../../../src/providers/infisical/classify.ts';
import { exchanges } from '../../../src/providers/infisical/exchanges.ts';
import { openInfisical, type Opened } from './open-infisical.ts';

const UNKNOWN = '5bf3ed4e-f4e7-424b-9904-c46be746eb86';
const [published] = exchanges;
const schemaOf = (status: number) => z.fromJSONSchema(published!.replies[status]!);
const pathOf = (identityId: string, clientSecretId: string) =>
  published!.path.replace('{identityId}', identityId).replace('{clientSecretId}', clientSecretId);

describe('the published reply of one client secret', () => {
  let it: Opened;
  beforeAll(async () => {
    it = await openInfisical();
  });
  afterAll(() => it.simulator.close());

  const ask = async (identity: string, secret: string, authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const response = await fetch(it.simulator.origin + pathOf(identity, secret), { headers });
    return { status: response.status, body: await response.json() };
  };
  const user = () => `Bearer ${it.simulator.userToken()}`;

  test('is what the simulator answers', async () => {
    const [id] = it.seedSecrets(it.seedClient(), 1);
    const reply = await ask(id!.client, id!.secret, user());
    expect(reply.status).toBe(200);
    expect(schemaOf(200).safeParse(reply.body).error).toBeUndefined();
  });

  test('is read with nothing but what it requires', () => {
    const required = {
      id: UNKNOWN,
      createdAt: '2026-05-01T09:30:00.125Z',
      updatedAt: '2026-05-01T09:30:00.125Z',
      description: '',
      clientSecretPrefix: '7be1',
      identityUAId: UNKNOWN,
    };
    expect(schemaOf(200).safeParse({ clientSecretData: required }).error).toBeUndefined();
    expect(replies.clientSecret.parse({ clientSecretData: required })).toEqual({
      ...required,
      createdAt: new Date(required.createdAt),
      updatedAt: new Date(required.updatedAt),
      clientSecretNumUses: 0,
      clientSecretNumUsesLimit: 0,
      clientSecretTTL: 0,
      isClientSecretRevoked: false,
    });
  });

  test.each([
    [400, 'an identity without universal auth', () => ask(it.simulator.seedIdentity({}), UNKNOWN, user())],
    [401, 'no token', () => ask(UNKNOWN, UNKNOWN)],
    [403, 'a token that is none', () => ask(UNKNOWN, UNKNOWN, 'Bearer garbage')],
    [404, 'a secret that is not there', () => ask(it.seedClient().client, UNKNOWN, user())],
    [500, 'an id that is none', () => ask('nope', UNKNOWN, user())],
  ])('%i is what the simulator answers: %s', async (status, _, answer) => {
    const reply = await answer();
    expect(reply.status).toBe(status);
    expect(schemaOf(status).safeParse(reply.body).error).toBeUndefined();
  });

  test.each([
    [400, 'BadRequest', 'not_found'],
    [401, 'UnauthorizedError', 'unauthenticated'],
    [403, 'TokenError', 'unauthenticated'],
    [403, 'PermissionDenied', 'forbidden'],
    [404, 'NotFound', 'not_found'],
    [422, 'ValidationFailure', 'invalid_input'],
    [500, 'InternalServerError', 'unavailable'],
    [500, 'FindOne', 'unavailable'],
  ])('%i %s means %s', (statusCode, error, code) => {
    const json = { reqId: 'req-1aZ', statusCode, message: 'text of the vendor', error };
    expect(schemaOf(statusCode).safeParse(json).error).toBeUndefined();
    const request = { method: published!.method, path: pathOf(UNKNOWN, UNKNOWN) };
    const found = classify({ status: statusCode, headers: {}, json }, request);
    expect(found).toMatchObject({ code, vendorRequestId: 'req-1aZ', applied: 'no' });
    expect(`${found?.message} ${found?.hint}`).not.toContain(json.message);
  });
});

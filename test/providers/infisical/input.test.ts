import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { ClientChanges, NewClient } from '../../../src/provider-kit/provider.ts';
import { openInfisical, type Opened } from './open-infisical.ts';

const CANARY = 'canary-4f1d';

describe('input that Infisical cannot take is refused before anything is sent', () => {
  let it: Opened;
  beforeAll(async () => {
    it = await openInfisical();
  });
  afterAll(() => it.simulator.close());

  const refusalOf = async (answer: Promise<unknown>) => {
    const error: unknown = await answer.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(it.requests()).toEqual({});
    expect(JSON.stringify(error)).not.toContain(CANARY);
    return error;
  };

  test.each<[string, JsonObject, readonly string[]]>([
    ['an unknown attribute', { roll: CANARY }, ['attributes']],
    ['a role that is no text', { role: 1 }, ['attributes.role']],
    ['metadata without a key', { metadata: [{ key: '', value: CANARY }] }, ['attributes.metadata.0.key']],
    ['protection by a word', { hasDeleteProtection: CANARY }, ['attributes.hasDeleteProtection']],
    [
      'all faults at once',
      { role: '', hasDeleteProtection: 1 },
      ['attributes.role', 'attributes.hasDeleteProtection'],
    ],
  ])('attributes of an identity: %s', async (_, attributes, fields) => {
    const given = { name: 'billing', kind: 'MACHINE', attributes } as const;
    expect(await refusalOf(it.provider.createIdentity!(it.tenant, given, it.call))).toMatchObject({
      code: 'invalid_input',
      fields: fields.map((field) => ({ path: field.split('.') })),
    });
  });

  test.each<[string, JsonObject, string]>([
    ['a lifetime in words', { accessTokenTTL: CANARY }, 'accessTokenTTL'],
    ['half a second', { accessTokenTTL: 0.5 }, 'accessTokenTTL'],
    ['more than ten years', { accessTokenMaxTTL: 315_360_001 }, 'accessTokenMaxTTL'],
    ['no address at all', { clientSecretTrustedIps: [] }, 'clientSecretTrustedIps'],
    ['what is no address', { accessTokenTrustedIps: [CANARY] }, 'accessTokenTrustedIps'],
    ['a threshold of 31', { lockoutThreshold: 31 }, 'lockoutThreshold'],
  ])('attributes of a client: %s', async (_, attributes, field) => {
    const client = { ...it.tenant, client: it.simulator.gateway.identityId };
    expect(await refusalOf(it.provider.updateClient!(client, { attributes }, it.call))).toMatchObject({
      code: 'invalid_input',
      fields: [{ path: expect.arrayContaining(['attributes', field]) }],
    });
  });

  test.each<[string, Partial<NewClient & ClientChanges>]>([
    ['description', { description: CANARY }],
    ['kind', { kind: 'HYBRID' }],
    ['redirectUris', { redirectUris: ['https://example.org'] }],
    ['identity', { identity: null }],
  ])('a new client with its own %s', async (field, given) => {
    const identity = { ...it.tenant, identity: it.simulator.gateway.identityId };
    const input = {
      name: 'x',
      description: null,
      kind: null,
      redirectUris: null,
      attributes: null,
      identity,
      ...given,
    };
    expect(await refusalOf(it.provider.createClient!(it.tenant, input, it.call))).toMatchObject({
      code: 'invalid_input',
      fields: [{ path: [field] }],
    });
  });

  test('a client cannot be switched off', async () => {
    const client = { ...it.tenant, client: it.simulator.gateway.identityId };
    expect(await refusalOf(it.provider.updateClient!(client, { enabled: false }, it.call))).toMatchObject({
      fields: [{ path: ['enabled'] }],
    });
  });

  test.each([
    ['empty', '  '],
    ['256 characters', 'n'.repeat(256)],
    ['a NUL character', `${CANARY}\0`],
  ])('a name: %s', async (_, name) => {
    const given = { name, kind: 'MACHINE', attributes: null } as const;
    expect(await refusalOf(it.provider.createIdentity!(it.tenant, given, it.call))).toMatchObject({
      code: 'invalid_input',
      fields: [{ path: ['name'] }],
    });
  });

  test('a person is no machine', async () => {
    const given = { name: 'ann', kind: 'USER', attributes: null } as const;
    expect(await refusalOf(it.provider.createIdentity!(it.tenant, given, it.call))).toMatchObject({
      fields: [{ path: ['kind'] }],
    });
  });
});

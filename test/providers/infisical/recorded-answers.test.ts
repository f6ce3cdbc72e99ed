import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { liveAt } from '../../../src/domain/freshness.ts';
import { replies } from '../../../src/providers/infisical/api.ts';
import { classify } from '../../../src/providers/infisical/classify.ts';
import { clientOf, identityOf, secretOf } from '../../../src/providers/infisical/translate.ts';
import { ORGANIZATION, SVC_A } from './replay/cast.ts';
import { recording, type Exchange } from './replay/recording.ts';

const TENANT = { provider: 'acme', tenant: ORGANIZATION };
const NOW = new Date('2026-11-21T01:17:45.000Z');
const answered = (n: number): Exchange => recording.find((exchange) => exchange.n === n)!;
const bodyOf = (n: number): unknown => answered(n).response.body;

/** The form of each recorded success that the adapter has a use for. */
const READ_AS: Readonly<Record<string, { readonly schema: z.ZodType; readonly answers: readonly number[] }>> =
  {
    identity: { schema: replies.identity, answers: [2, 30, 31, 34, 39, 53, 54, 151, 155, 167] },
    membership: { schema: replies.membership, answers: [22, 42, 77, 126, 139, 178, 189, 190] },
    memberships: { schema: replies.memberships, answers: [46, 47] },
    universalAuth: { schema: replies.universalAuth, answers: [3, 67, 70, 73, 141, 165, 185, 186, 187] },
    clientSecret: { schema: replies.clientSecret, answers: [105, 114, 118, 123, 127, 130, 133, 181] },
    clientSecrets: { schema: replies.clientSecrets, answers: [101, 102, 121, 125, 137, 166] },
    newClientSecret: { schema: replies.newClientSecret, answers: [79, 81, 82, 90, 91, 95, 142, 158] },
  };
/** Logins and renewals, the health, and lists that the adapter does not ask for. */
const NOT_READ = [1, 5, 6, 7, 27, 29, 43, 113, 115, 143, 147, 150, 153, 159, 179];

/** What the adapter makes of each recorded refusal. */
const REFUSALS: Readonly<Record<string, readonly number[]>> = {
  unauthenticated: [
    9, 10, 11, 13, 18, 19, 21, 110, 117, 119, 122, 135, 138, 149, 157, 163, 173, 174, 175, 191,
  ],
  forbidden: [25, 26, 37, 49, 145, 146, 154],
  unsupported: [17, 23, 51, 106, 107, 111, 193],
  not_found: [55, 57, 58, 59, 69, 71, 103, 109, 134, 161, 162, 169, 171],
  invalid_input: [33, 35, 38, 41, 61, 62, 63, 66, 75, 78, 83, 85, 86, 87, 89, 93, 94, 97, 99, 170],
  rejected: [65, 74],
  unavailable: [14, 15, 45, 50, 98, 129, 131, 182, 183],
  rate_limited: [177],
};

describe('the answers of the server of 2024-10', () => {
  test('each is accounted for', () => {
    const successes = [...Object.values(READ_AS).flatMap(({ answers }) => answers), ...NOT_READ];
    const refusals = Object.values(REFUSALS).flat();
    expect([...successes, ...refusals].toSorted((a, b) => a - b)).toEqual(recording.map(({ n }) => n));
  });

  test.each(Object.entries(READ_AS))('%s is read', (_, { schema, answers }) => {
    expect(answers.map((n) => schema.safeParse(bodyOf(n)).success)).toEqual(answers.map(() => true));
  });

  test.each(Object.entries(REFUSALS))('%s is told', (code, answers) => {
    const told = answers.map((n) => classifyRecorded(answered(n))?.code);
    expect(told).toEqual(answers.map(() => code));
  });

  test('no success is taken for a refusal', () => {
    const successes = recording.filter(({ response }) => response.status < 400);
    expect(successes.map(classifyRecorded)).toEqual(successes.map(() => null));
  });

  test('a 500 that throttles says how long', () => {
    expect(classifyRecorded(answered(177))).toMatchObject({ retryAfterMs: 59_000, applied: 'no' });
  });

  test('what went wrong in the field is named', () => {
    const fieldsOf = (n: number) => classifyRecorded(answered(n))?.fields.map(({ path }) => path.join('.'));
    expect([33, 62, 83, 89, 93].map(fieldsOf)).toEqual([
      ['name'],
      ['attributes.accessTokenTTL', 'attributes.accessTokenMaxTTL'],
      ['expiresAt'],
      ['maxUses'],
      ['description'],
    ]);
  });

  test('an identity, by its own id and not the membership’s', () => {
    expect(identityOf(TENANT, replies.membership.parse(bodyOf(77)), NOW)).toEqual({
      id: { ...TENANT, identity: SVC_A },
      name: 'svc-a2',
      kind: 'MACHINE',
      createdAt: new Date('2026-11-21T01:17:33.554Z'),
      updatedAt: null,
      attributes: { role: 'member', authMethods: ['universal-auth'] },
      freshness: liveAt(NOW),
    });
  });

  test('a client', () => {
    const membership = replies.membership.parse(bodyOf(77));
    expect(clientOf(TENANT, membership, replies.universalAuth.parse(bodyOf(73)), NOW)).toEqual({
      id: { ...TENANT, client: SVC_A },
      identity: { ...TENANT, identity: SVC_A },
      clientId: '6c5f50a6-ea65-41cf-a10e-85709d9bbf79',
      name: 'svc-a2',
      description: null,
      kind: 'UNIVERSAL_AUTH',
      enabled: null,
      redirectUris: [],
      createdAt: new Date('2026-11-21T01:17:34.212Z'),
      updatedAt: new Date('2026-11-21T01:17:34.327Z'),
      attributes: {
        accessTokenTTL: 300,
        accessTokenMaxTTL: 1200,
        accessTokenNumUsesLimit: 0,
        clientSecretTrustedIps: ['0.0.0.0/0', '::/0'],
        accessTokenTrustedIps: ['0.0.0.0/0', '::/0'],
      },
      freshness: liveAt(NOW),
    });
  });

  test('secrets: active, used up, expired, revoked', () => {
    const client = { ...TENANT, client: SVC_A };
    const listed = replies.clientSecrets.parse(bodyOf(121)).map((data) => secretOf(client, data, NOW));
    expect(
      listed.map(({ hint, status, expiresAt }) => [hint, status, expiresAt?.toISOString() ?? null]),
    ).toEqual([
      ['e84a', 'EXPIRED', '2026-11-21T01:17:36.702Z'],
      ['b972', 'ACTIVE', null],
      ['3ecb', 'ACTIVE', '2036-11-18T01:17:34.912Z'],
      ['a244', 'ACTIVE', null],
      ['4ef1', 'ACTIVE', null],
      ['8da3', 'ACTIVE', null],
      ['4fb9', 'ACTIVE', null],
    ]);
    const revoked = [118, 123, 127].map(
      (n) => secretOf(client, replies.clientSecret.parse(bodyOf(n)), NOW).status,
    );
    expect(revoked).toEqual(['REVOKED', 'REVOKED', 'REVOKED']);
    const usedUp = { ...replies.clientSecret.parse(bodyOf(181)), isClientSecretRevoked: false };
    expect(secretOf(client, usedUp, NOW)).toMatchObject({ status: 'EXHAUSTED', useCount: 1, maxUses: 1 });
  });
});

function classifyRecorded({ request, response }: Exchange) {
  const { status, headers, body: json } = response;
  return classify({ status, headers, json }, { method: request.method, path: request.path.split('?')[0]! });
}

import {
  authOf,
  GATEWAY,
  IDENTITIES,
  ORGANIZATION,
  SVC_A,
  SVC_B,
  SVC_B_CLIENT,
  SVC_M,
  SVC_NONE,
  TOKENS,
} from './cast.ts';
import type { Replay, Reply } from './replay.ts';

type Step = (replay: Replay) => Promise<unknown>;

/** What has to happen before an exchange because the one that did it is missing, as far as later ones show it. */
export const missingBefore: Readonly<Record<number, Step>> = {
  2: (replay) => replay.ask('DELETE', `${IDENTITIES}/${replay.simulator.gateway.identityId}`, TOKENS.user),
  5: (replay) => createSecret(replay, TOKENS.user, GATEWAY, '3224b24c-6436-42dc-8278-00c0452e4593', 'cd43'),
  33: (replay) => createIdentity(replay, SVC_M, 'svc-m', 'member'),
  53: (replay) => replay.ask('PATCH', `${IDENTITIES}/${SVC_A}`, TOKENS.gateway, { name: 'svc-a2' }),
  81: (replay) =>
    createSecret(replay, TOKENS.gateway, SVC_A, 'e3f11200-aec4-4278-a59f-fdb315d49b20', '4123', {
      description: 'one shot',
      numUsesLimit: 1,
    }),
  85: (replay) =>
    createSecret(replay, TOKENS.gateway, SVC_A, '0bea59aa-cd4a-4a42-942b-0ba1aed6e414', '3ecb', {
      ttl: 315_360_000,
    }),
  121: async (replay) => replay.advance(3000),
  141: (replay) => createIdentity(replay, SVC_NONE, 'svc-none'),
  149: (replay) => {
    replay.advance(3000);
    return replay.ask('GET', `${IDENTITIES}/${SVC_NONE}`, TOKENS.shortLived);
  },
  153: (replay) =>
    replay.ask('PATCH', authOf(SVC_NONE), TOKENS.gateway, { accessTokenTTL: 600, accessTokenMaxTTL: 600 }),
  157: (replay) => replay.ask('POST', '/api/v1/auth/token/revoke', null, { accessToken: TOKENS.member }),
  161: (replay) => replay.ask('DELETE', authOf(SVC_A), TOKENS.gateway),
  177: useUpReads,
  181: race,
  189: limitToken,
};

async function createIdentity(replay: Replay, id: string, name: string, role = 'no-access'): Promise<void> {
  const given = { name, role, organizationId: ORGANIZATION };
  const { body } = await replay.ask('POST', IDENTITIES, TOKENS.gateway, given);
  replay.bindings.bind(id, (body as { identity: { id: string } }).identity.id);
}

async function createSecret(
  replay: Replay,
  token: string,
  identity: string,
  id: string,
  prefix: string,
  given: object = {},
): Promise<void> {
  const { body } = await replay.ask('POST', `${authOf(identity)}/client-secrets`, token, given);
  const { clientSecret, clientSecretData } = body as {
    clientSecret: string;
    clientSecretData: { id: string };
  };
  replay.bindings.bind(id, clientSecretData.id);
  replay.bindings.bind(`${prefix}<60 more hex chars masked>`, clientSecret);
}

/** 60 reads a minute from one address. */
async function useUpReads(replay: Replay): Promise<void> {
  const from = { 'x-forwarded-for': '10.9.9.9' };
  for (let i = 0; i < 60; i += 1) {
    await replay.ask('GET', `${IDENTITIES}/${GATEWAY}`, TOKENS.gateway, undefined, from);
  }
}

/** A secret for one use; the recorded race of six logins leaves what two after another leave. */
async function race(replay: Replay): Promise<void> {
  await createIdentity(replay, SVC_B, 'svc-b');
  const { body } = await replay.ask('POST', authOf(SVC_B), TOKENS.gateway, {});
  replay.bindings.bind(
    SVC_B_CLIENT,
    (body as { identityUniversalAuth: { clientId: string } }).identityUniversalAuth.clientId,
  );
  const given = { description: 'race', numUsesLimit: 1 };
  await createSecret(replay, TOKENS.gateway, SVC_B, '098713ca-1cf6-4c66-89d3-cbf839944154', '4a2d', given);
  await replay.login('4a2d', SVC_B_CLIENT);
  await replay.login('4a2d', SVC_B_CLIENT);
}

/** An admin with a token for two requests. */
async function limitToken(replay: Replay): Promise<void> {
  await replay.ask('PATCH', `${IDENTITIES}/${SVC_B}`, TOKENS.gateway, { role: 'admin' });
  await createSecret(replay, TOKENS.gateway, SVC_B, 'the secret of svc-b', '5bc5');
  const login: Reply = await replay.login('5bc5', SVC_B_CLIENT);
  replay.keepToken(TOKENS.twoUses, login);
}

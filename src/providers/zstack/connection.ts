import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { SecretValue } from '../../domain/secret-value.ts';
import { ask } from '../../provider-kit/ask.ts';
import { authorised } from '../../provider-kit/authorised.ts';
import type { World } from '../../provider-kit/definition.ts';
import { secretValue, within } from '../../provider-kit/reply-fields.ts';
import { createTokenSource, type TokenSource } from '../../provider-kit/token-source.ts';
import type { Upstream, UpstreamOptions } from '../../provider-kit/upstream.ts';
import { classify, LOGIN_PATH } from './classify.ts';
import type { ZstackOptions } from './config.ts';
import { withJobs } from './job.ts';

/** How much of its time a session is used for. Using it does not prolong it (vendor facts, section 1). */
const USED_PART = 0.8;

/** A session that is over in a job is renewed as any other, and the job begun anew. */
export function connectTo(options: ZstackOptions, world: World): Upstream {
  const { url: origin, account, password, accessKeyId: id, accessKeySecret: secret } = options;
  const { connect, clock } = world;
  if (id !== undefined && secret !== undefined)
    return withJobs(connect({ origin, classify, sign: signedBy({ id, secret }, clock) }), world);
  if (account === undefined || password === undefined) throw new Error('there is nothing to log in with');
  const upstream = connect({ origin, classify });
  return authorised(withJobs(upstream, world), sessionsOf(upstream, account, password, clock), (session) => ({
    authorization: `OAuth ${session.reveal()}`,
  }));
}

type AccessKey = Readonly<{ id: string; secret: SecretValue }>;

/** Signs each try with the date of just then. The query is not signed (vendor facts, section 1). */
export function signedBy({ id, secret }: AccessKey, clock: Clock): NonNullable<UpstreamOptions['sign']> {
  return ({ method, path }) => {
    const date = clock.now().toUTCString();
    const text = [method, date, path.replace(/^\/zstack/, '')].join('\n');
    const signature = createHmac('sha1', secret.reveal()).update(text).digest('base64');
    return { authorization: `ZStack ${id}:${signature}`, date };
  };
}

/** Good for differences alone: a date is in the server's zone, and does not name it (vendor facts, section 2). */
const instant = z
  .string()
  .optional()
  .transform((date) => Date.parse(`${date} UTC`));
const session = z.object({ uuid: secretValue, createDate: instant, expiredDate: instant });

/**
 * The session of an account. A refused login is left alone for as long as the refusal says, and none is `safe`, which
 * would send it three times: each counts towards the lock of the account (vendor facts, section 6).
 */
function sessionsOf(upstream: Upstream, account: string, password: SecretValue, clock: Clock): TokenSource {
  const digest = createHash('sha512').update(password.reveal()).digest('hex');
  const json = { logInByAccount: { accountName: account, password: digest } };
  return createTokenSource({
    async login(call) {
      const now = clock.now().getTime();
      const request = { method: 'PUT', path: LOGIN_PATH, json } as const;
      const { uuid, ...dates } = await ask(upstream, request, within('inventory', session), call);
      // NaN where a date cannot be read: then it is used until it is refused.
      const usedMs = (dates.expiredDate - dates.createDate) * USED_PART;
      return { token: uuid, expiresAt: usedMs > 0 ? new Date(now + usedMs) : null };
    },
    restMs: ({ retryAfterMs }) => retryAfterMs,
    clock,
    marginMs: 0,
  });
}

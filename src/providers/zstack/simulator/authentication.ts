import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { HOUR, MINUTE } from '../../../domain/duration.ts';
import type { SimulatorRequest } from '../../../provider-kit/simulator.ts';
import { badArgument, failed, plain } from './refusal.ts';
import { dateText, newUuid, type State } from './state.ts';

const SESSION_MS = 2 * HOUR;
const MOST_SESSIONS = 500;
const MOST_FAILURES = 5;
const LOCK_MS = 10 * MINUTE;
const MOST_SKEW_MS = 15 * MINUTE;

const loginBody = z.object({ logInByAccount: z.object({ accountName: z.string(), password: z.string() }) });

/** vendor facts, section 1 */
export function logIn(state: State, body: unknown): object {
  const { clock, settings, account, loginControl } = state;
  const sent = loginBody.safeParse(body).data?.logInByAccount;
  if (sent === undefined) throw badArgument('accountName and password are mandatory');
  const now = clock.now();
  if (loginControl.lockedUntil !== null && loginControl.lockedUntil > now)
    throw failed('LOGIN_CONTROL.1002', 'The account is locked');
  if (settings.wantsCaptcha) throw failed('LOGIN_CONTROL.1005', 'Captcha needed');
  if (sent.accountName !== account.name || sent.password !== sha512(account.password)) {
    loginControl.failures += 1;
    if (loginControl.failures >= MOST_FAILURES) loginControl.lockedUntil = new Date(now.getTime() + LOCK_MS);
    throw failed('ID.1000', 'Authentication failed', 'wrong account or password');
  }
  if (settings.wantsNewPassword) throw failed('ID.1005', 'The password has to be changed');
  loginControl.failures = 0;
  if (settings.hasUniqueSession) state.sessions.clear();
  if (state.sessions.size >= MOST_SESSIONS) throw failed('ID.1006', 'Too many sessions');
  const uuid = newUuid();
  const end = new Date(now.getTime() + SESSION_MS);
  state.sessions.set(uuid, end);
  const dates = { createDate: dateText(now), expiredDate: dateText(end) };
  return { inventory: { uuid, accountUuid: account.uuid, userUuid: account.uuid, ...dates } };
}

/** What the REST server looks at before it takes a request on; answers what is left to be looked at, which a job does. */
export function checkHeaders(state: State, request: SimulatorRequest): () => void {
  const { authorization } = request.headers;
  if (authorization === undefined) throw plain(400, "missing header 'Authorization'");
  const [scheme, credential = ''] = authorization.split(' ');
  if (scheme === 'OAuth') return () => checkSession(state, credential);
  if (scheme === 'ZStack') return checkSignature(state, request, credential);
  throw plain(400, "Authorization type must be 'OAuth'");
}

function checkSession({ sessions, clock }: State, uuid: string): void {
  const end = sessions.get(uuid);
  if (end !== undefined && end > clock.now()) return;
  sessions.delete(uuid);
  throw failed('ID.1001', 'Session is invalid or expired');
}

/** Which error a wrong key gets, no page says. */
function checkSignature(
  { accessKey, clock }: State,
  { method, path, headers: { date = '' } }: SimulatorRequest,
  credential: string,
): () => void {
  const skewMs = Math.abs(clock.now().getTime() - Date.parse(date));
  if (!(skewMs <= MOST_SKEW_MS))
    throw plain(403, 'the date of the request is too far from that of the server');
  const text = `${method}\n${date}\n${path.slice('/zstack'.length)}`;
  const signature = createHmac('sha1', accessKey.secret).update(text).digest('base64');
  return () => {
    if (credential !== `${accessKey.id}:${signature}`) throw failed('ID.1000', 'Authentication failed');
  };
}

function sha512(text: string): string {
  return createHash('sha512').update(text).digest('hex');
}

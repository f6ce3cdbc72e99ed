import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE } from '../../../domain/duration.ts';
import type { SimulatorRequest } from '../../../provider-kit/simulator.ts';
import { Refusal } from './refusal.ts';
import type { AccessKey, State } from './state.ts';

const REQUIRED = [
  'host',
  'x-acs-action',
  'x-acs-version',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-content-sha256',
];
const AUTHORIZATION = /^(\S+) Credential=([^,]*),SignedHeaders=([^,]*),Signature=([\da-f]{64})$/;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const SKEW_MS = 15 * MINUTE;

/** Refuses what is not signed as it should be, in all its parts (vendor facts, section 2). */
export function verify(state: State, request: SimulatorRequest): void {
  const { headers } = request;
  const [, algorithm, keyId = '', names = '', signature = ''] =
    AUTHORIZATION.exec(headers['authorization'] ?? '') ?? [];
  const signed = names.split(';');
  if (REQUIRED.some((name) => headers[name] === undefined)) throw incomplete();
  if (algorithm === undefined) throw incomplete();
  if (algorithm !== 'ACS3-HMAC-SHA256') throw refused('InvalidSignatureMethod');
  if (
    !Object.keys(headers)
      .filter(mustBeSigned)
      .every((name) => signed.includes(name))
  )
    throw incomplete();
  const key = keyOf(state, keyId, headers['x-acs-security-token']);
  checkDate(headers['x-acs-date'] ?? '', state.clock.now());
  const isBody = headers['x-acs-content-sha256'] === sha256(request.body);
  const text = `ACS3-HMAC-SHA256\n${sha256(canonicalRequestOf(request, signed))}`;
  const expected = createHmac('sha256', key.secret).update(text).digest();
  if (!isBody || !timingSafeEqual(expected, Buffer.from(signature, 'hex')))
    throw refused(
      'SignatureDoesNotMatch',
      `Specified signature is not matched. Server string to sign: ${text}`,
    );
  const nonce = headers['x-acs-signature-nonce'] ?? '';
  if (state.usedNonces.has(nonce)) throw refused('SignatureNonceUsed');
  state.usedNonces.add(nonce);
}

function mustBeSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-acs-');
}

function keyOf({ accessKeys, clock }: State, id: string, token: string | undefined): AccessKey {
  const key = accessKeys.get(id);
  if (key === undefined)
    throw new Refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  if (!key.isActive) throw refused('InvalidAccessKeyId.Inactive');
  if (key.token?.text !== token) throw refused('InvalidSecurityToken.MismatchWithAccessKey');
  if (key.token && key.token.expiresAt <= clock.now()) throw refused('InvalidSecurityToken.Expired');
  return key;
}

function checkDate(date: string, now: Date): void {
  if (!DATE.test(date)) throw refused('InvalidTimeStamp.Format');
  if (!(Math.abs(Date.parse(date) - now.getTime()) <= SKEW_MS)) throw refused('InvalidTimeStamp.Expired');
}

function canonicalRequestOf(
  { method, path, query, headers, body }: SimulatorRequest,
  signed: readonly string[],
) {
  const parameters = [...query].map(([name, value]) => [encode(name), encode(value)] as const);
  parameters.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const canonicalQuery = parameters.map(([name, value]) => `${name}=${value}`).join('&');
  const canonicalHeaders = signed.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  return `${method}\n${path}\n${canonicalQuery}\n${canonicalHeaders}\n${signed.join(';')}\n${sha256(body)}`;
}

/** After RFC 3986, byte by byte. */
function encode(text: string): string {
  const bytes = [...Buffer.from(text)].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return bytes.join('');
}

function incomplete(): Refusal {
  return refused('IncompleteSignature', 'The request signature does not conform to Aliyun standards.');
}

function refused(code: string, message = 'The request is refused.'): Refusal {
  return new Refusal(400, code, message);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import { queryOf } from '../../provider-kit/http-content.ts';
import type { UpstreamRequest } from '../../provider-kit/upstream.ts';
import type { AlibabaEiamOptions } from './config.ts';

const ALGORITHM = 'ACS3-HMAC-SHA256';
type Headers = Readonly<Record<string, string>>;
type Credentials = Pick<AlibabaEiamOptions, 'accessKeyId' | 'accessKeySecret' | 'securityToken'>;

/** Signs each try with a date and a nonce of its own: a nonce that comes again is refused (vendor facts, section 2). */
export function createSigner(
  { accessKeyId, accessKeySecret, securityToken: token }: Credentials,
  host: string,
  clock: Clock,
  newNonce = () => randomBytes(16).toString('hex'),
) {
  return (request: UpstreamRequest): Headers => {
    const headers = {
      ...request.headers,
      host,
      'x-acs-date': `${clock.now().toISOString().slice(0, 19)}Z`,
      'x-acs-signature-nonce': newNonce(),
      'x-acs-content-sha256': sha256(''),
      ...(token && { 'x-acs-accesskey-id': accessKeyId, 'x-acs-security-token': token.reveal() }),
    };
    const text = `${ALGORITHM}\n${sha256(canonicalRequestOf(request, headers))}`;
    const signature = createHmac('sha256', accessKeySecret.reveal()).update(text).digest('hex');
    const signed = `Credential=${accessKeyId},SignedHeaders=${namesOf(headers).join(';')}`;
    return { ...headers, authorization: `${ALGORITHM} ${signed},Signature=${signature}` };
  };
}

/** Of a request without a body; `headers` are all that are signed: the host, and each `x-acs-` header. */
export function canonicalRequestOf(request: Omit<UpstreamRequest, 'headers'>, headers: Headers): string {
  const { method, path, query = {} } = request;
  const lines = namesOf(headers).map((name) => `${name}:${headers[name]?.trim()}\n`);
  // By its name alone: `A.1=` stands before `A.10=`.
  const pairs = namesOf(query).map((name) => queryOf({ query: { [name]: query[name] } }).slice(1));
  const given = pairs.filter((pair) => pair !== '').join('&');
  return [method, path, given, lines.join(''), namesOf(headers).join(';'), sha256('')].join('\n');
}

const namesOf = (values: object): readonly string[] => Object.keys(values).sort();

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

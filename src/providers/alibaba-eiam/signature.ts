import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import { queryOf } from '../../provider-kit/http-exchange.ts';
import type { UpstreamOptions, UpstreamRequest } from '../../provider-kit/upstream.ts';
import type { AlibabaEiamOptions } from './config.ts';

const ALGORITHM = 'ACS3-HMAC-SHA256';

type Signed = Pick<UpstreamRequest, 'method' | 'path' | 'query'>;
type Headers = Readonly<Record<string, string>>;

/** All that is signed of a request without a body; `headers` are the host and every `x-acs-` header (vendor facts, section 2). */
export function canonicalRequestOf(request: Signed, headers: Headers): string {
  const lines = sorted(headers).map(([name, value]) => `${name}:${value.trim()}`);
  const { method, path } = request;
  return [method, path, canonicalQueryOf(request), ...lines, '', namesOf(headers), sha256('')].join('\n');
}

/** In hexadecimal. */
export function signatureOf(canonicalRequest: string, accessKeySecret: string): string {
  const text = `${ALGORITHM}\n${sha256(canonicalRequest)}`;
  return createHmac('sha256', accessKeySecret).update(text).digest('hex');
}

/** Signs each try with its own date and nonce; two with one nonce are refused. */
export function createSigner(
  credentials: Pick<AlibabaEiamOptions, 'accessKeyId' | 'accessKeySecret' | 'securityToken'>,
  host: string,
  { clock, nonce = () => randomBytes(16).toString('hex') }: { clock: Clock; nonce?: () => string },
): NonNullable<UpstreamOptions['sign']> {
  const { accessKeyId, accessKeySecret, securityToken: token } = credentials;
  return (request) => {
    const headers = {
      ...request.headers,
      host,
      'x-acs-date': `${clock.now().toISOString().slice(0, 19)}Z`,
      'x-acs-signature-nonce': nonce(),
      'x-acs-content-sha256': sha256(''),
      ...(token && { 'x-acs-accesskey-id': accessKeyId, 'x-acs-security-token': token.reveal() }),
    };
    const signature = signatureOf(canonicalRequestOf(request, headers), accessKeySecret.reveal());
    const parts = `Credential=${accessKeyId},SignedHeaders=${namesOf(headers)},Signature=${signature}`;
    return { ...headers, authorization: `${ALGORITHM} ${parts}` };
  };
}

/** Sorted by the name alone: `A.1=` stands before `A.10=`. */
function canonicalQueryOf(request: Signed): string {
  const nameOf = (pair: string) => pair.slice(0, pair.indexOf('='));
  const pairs = queryOf(request).slice(1).split('&');
  return pairs.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)).join('&');
}

function namesOf(headers: Headers): string {
  return sorted(headers)
    .map(([name]) => name)
    .join(';');
}

function sorted(texts: Headers): [string, string][] {
  return Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

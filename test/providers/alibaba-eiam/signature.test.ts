import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SecretValue } from '../../../src/domain/secret-value.ts';
import type { UpstreamRequest } from '../../../src/provider-kit/upstream.ts';
import { createApi } from '../../../src/providers/alibaba-eiam/api.ts';
import { canonicalRequestOf, createSigner } from '../../../src/providers/alibaba-eiam/signature.ts';
import { testClock } from '../../test-clock.ts';

const HOST = 'eiam.cn-hangzhou.aliyuncs.com';
const KEY = { accessKeyId: 'example-key-id', accessKeySecret: new SecretValue('example-key-secret') };
const INSTANCE = 'idaas_example000001';
const APPLICATION = 'app_example000001';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const IDS = Array.from({ length: 11 }, (_, i) => `app_example0000${String(i + 1).padStart(2, '0')}`);

/** The three worked examples of the vendor facts, section 2, with their canonical queries. */
const EXAMPLES = [
  {
    name: 'A, plain',
    action: 'ListApplicationClientSecrets',
    of: { tenant: INSTANCE, client: APPLICATION },
    more: {},
    date: '2026-01-02T03:04:05.678Z',
    nonce: '00112233445566778899aabbccddeeff',
    token: null,
    query: `ApplicationId=${APPLICATION}&InstanceId=${INSTANCE}`,
    hash: '726f21e46673bd609f2e006ced15b2498076fb290f6be86c8af5b950c50e56fc',
    signature: 'e6ffc354f0c96326b098e46bf30269842a105bd52e0e7b0c381b7e8637f57d62',
  },
  {
    name: 'B, sorting and encoding',
    action: 'ListApplications',
    of: { tenant: INSTANCE },
    more: { ApplicationIds: IDS, ApplicationName: "Zoë's app (v1)*~", PageNumber: 1, PageSize: 100 },
    date: '2026-01-02T03:04:06.000Z',
    nonce: 'ffeeddccbbaa99887766554433221100',
    token: null,
    query: [
      'ApplicationIds.1=app_example000001&ApplicationIds.10=app_example000010&ApplicationIds.11=app_example000011',
      'ApplicationIds.2=app_example000002&ApplicationIds.3=app_example000003&ApplicationIds.4=app_example000004',
      'ApplicationIds.5=app_example000005&ApplicationIds.6=app_example000006&ApplicationIds.7=app_example000007',
      'ApplicationIds.8=app_example000008&ApplicationIds.9=app_example000009',
      'ApplicationName=Zo%C3%AB%27s%20app%20%28v1%29%2A~&InstanceId=idaas_example000001&PageNumber=1&PageSize=100',
    ].join('&'),
    hash: 'a1048bf2315ed169179f41582d327d422b125736fb42fdad1e461a838113db93',
    signature: 'd4d934c2dcb2016b4219ca946cbb75587b23859ee0ac38276a789cf0deee3b26',
  },
  {
    name: 'C, with a token of STS',
    action: 'ObtainApplicationClientSecret',
    of: { tenant: INSTANCE, client: APPLICATION, secret: 'sci_example000001' },
    more: {},
    date: '2026-01-02T03:04:07.999Z',
    nonce: '0123456789abcdef0123456789abcdef',
    token: 'example+token/with=signs',
    query: `ApplicationId=${APPLICATION}&InstanceId=${INSTANCE}&SecretId=sci_example000001`,
    hash: '7f0e1fde72fe302a68431399992f4ad287b21b6b840c83a89bfce740299fe7c2',
    signature: '98353b2246e8a620c4fd79db7f9656c7062c36c8ec75367d56c371f993b27e64',
  },
] as const;

/** What the adapter hands to its HTTP client for an operation. */
async function requestOf({ action, of, more }: (typeof EXAMPLES)[number]): Promise<UpstreamRequest> {
  const sent: UpstreamRequest[] = [];
  const api = createApi({
    async send(request) {
      sent.push(request);
      return { status: 200, headers: {}, json: undefined };
    },
  });
  const { signal } = new AbortController();
  // `all` stands in no example, so the adapter's own filters are left out.
  await api(action, of, more, { signal, requestId: 'test' }).catch(() => null);
  return sent[0]!;
}

describe.each(EXAMPLES)('worked example $name', (example) => {
  const signedHeaders = example.token
    ? 'host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version'
    : 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';
  const sign = () => {
    const credentials = example.token ? { ...KEY, securityToken: new SecretValue(example.token) } : KEY;
    return createSigner(credentials, HOST, testClock(example.date), () => example.nonce);
  };

  test('the canonical request, to the letter', async () => {
    const request = await requestOf(example);
    const { authorization: _, ...headers } = sign()(request);
    const text = canonicalRequestOf(request, headers);
    expect(text).toBe(
      [
        'POST',
        '/',
        example.query,
        `host:${HOST}`,
        ...(example.token ? ['x-acs-accesskey-id:example-key-id'] : []),
        `x-acs-action:${example.action}`,
        `x-acs-content-sha256:${EMPTY}`,
        `x-acs-date:${example.date.slice(0, 19)}Z`,
        ...(example.token ? [`x-acs-security-token:${example.token}`] : []),
        `x-acs-signature-nonce:${example.nonce}`,
        'x-acs-version:2021-12-01',
        '',
        signedHeaders,
        EMPTY,
      ].join('\n'),
    );
    expect(createHash('sha256').update(text).digest('hex')).toBe(example.hash);
  });

  test('the signature, and where it stands', async () => {
    const { authorization } = sign()(await requestOf(example));
    expect(authorization).toBe(
      `ACS3-HMAC-SHA256 Credential=example-key-id,SignedHeaders=${signedHeaders},Signature=${example.signature}`,
    );
  });
});

test('a request without parameters has an empty query; one that is empty has its name', () => {
  const lineOf = (query: UpstreamRequest['query']) =>
    canonicalRequestOf({ method: 'POST', path: '/', query: query ?? {} }, {}).split('\n')[2];
  expect(lineOf({})).toBe('');
  expect(lineOf({ A: undefined })).toBe('');
  expect(lineOf({ B: '', A: undefined, 'A.1': 0 })).toBe('A.1=0&B=');
});

test('each try has a nonce of its own, and the date of its time', () => {
  const clock = testClock('2026-01-02T03:04:05.000Z');
  const sign = createSigner(KEY, HOST, clock);
  const first = sign({ method: 'POST', path: '/' });
  clock.pass(1000);
  const second = sign({ method: 'POST', path: '/' });
  expect([first, second].map((headers) => headers['x-acs-date'])).toEqual([
    '2026-01-02T03:04:05Z',
    '2026-01-02T03:04:06Z',
  ]);
  expect(first['x-acs-signature-nonce']).toMatch(/^[\da-f]{32}$/);
  expect(second['x-acs-signature-nonce']).not.toBe(first['x-acs-signature-nonce']);
});

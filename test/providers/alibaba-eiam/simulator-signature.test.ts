import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/duration.ts';
import { openAlibabaEiam, signedHeaders, type Opened } from './open-alibaba-eiam.ts';

const ACTION = 'ListInstances';
const MADE_WITH = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
];

/** Sends what is signed, with what is changed afterwards. */
async function ask(
  { simulator }: Opened,
  headers: Record<string, string>,
  { query = '', body = '', method = 'POST' } = {},
): Promise<{ status: number; code: string; message: string }> {
  const { host: _, ...sent } = headers;
  const init = { method, headers: { accept: 'application/json', ...sent } };
  // A text would come with a type that is not signed.
  const response = await fetch(`${simulator.origin}/${query && `?${query}`}`, {
    ...init,
    ...(body && { body: new TextEncoder().encode(body) }),
  });
  const { Code, Message } = (await response.json()) as { Code?: string; Message?: string };
  return { status: response.status, code: Code ?? 'none', message: Message ?? '' };
}

describe('the simulator verifies each request', () => {
  test('one that is signed by the page is taken', async () => {
    const it = await openAlibabaEiam();
    expect(await ask(it, signedHeaders(it, ACTION, ''))).toMatchObject({ status: 200 });
  });

  test('the order and the form of the query as it came do not matter, its content does', async () => {
    const it = await openAlibabaEiam();
    const canonical = 'InstanceIds.1=a%20b%2A&PageSize=1';
    for (const query of [canonical, 'PageSize=1&InstanceIds.1=a+b*'])
      expect(await ask(it, signedHeaders(it, ACTION, canonical), { query })).toMatchObject({ status: 200 });
    const other = await ask(it, signedHeaders(it, ACTION, canonical), {
      query: 'InstanceIds.1=a%20b&PageSize=1',
    });
    expect(other).toMatchObject({ status: 400, code: 'SignatureDoesNotMatch' });
    expect(other.message).toContain('ACS3-HMAC-SHA256');
  });

  test.each(MADE_WITH.filter((name) => name !== 'host'))('%s has to be there', async (name) => {
    const it = await openAlibabaEiam();
    const { [name]: _, ...headers } = signedHeaders(it, ACTION, '');
    expect(await ask(it, headers)).toMatchObject({ status: 400, code: 'IncompleteSignature' });
  });

  test.each(MADE_WITH)('%s has to be signed', async (name) => {
    const it = await openAlibabaEiam();
    const headers = signedHeaders(it, ACTION, '');
    headers['authorization'] = headers['authorization']!.replace(new RegExp(`${name};|;${name}(?=,)`), '');
    expect(await ask(it, headers)).toMatchObject({ status: 400, code: 'IncompleteSignature' });
  });

  test.each([
    ['x-acs-action', 'ListUsers'],
    ['x-acs-version', '2022-02-25'],
    ['x-acs-signature-nonce', 'another'],
    ['x-acs-content-sha256', '0'.repeat(64)],
  ])('%s may not change on its way', async (name, value) => {
    const it = await openAlibabaEiam();
    const headers = { ...signedHeaders(it, ACTION, ''), [name]: value };
    expect(await ask(it, headers)).toMatchObject({ status: 400, code: 'SignatureDoesNotMatch' });
  });

  test('no header of theirs may be added unsigned, nor a type', async () => {
    const it = await openAlibabaEiam();
    for (const more of [{ 'x-acs-more': 'x' }, { 'content-type': 'text/plain' }]) {
      const headers = { ...signedHeaders(it, ACTION, ''), ...more };
      expect(await ask(it, headers)).toMatchObject({ code: 'IncompleteSignature' });
    }
    expect(await ask(it, signedHeaders(it, ACTION, '', { 'x-acs-more': 'x' }))).toMatchObject({
      status: 200,
    });
  });

  test('the body has the hash that was signed', async () => {
    const it = await openAlibabaEiam();
    expect(await ask(it, signedHeaders(it, ACTION, '', { body: 'a' }), { body: 'a' })).toMatchObject({
      status: 200,
    });
    const changed = await ask(it, signedHeaders(it, ACTION, '', { body: 'a' }), { body: 'b' });
    expect(changed).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  test('a nonce is used once', async () => {
    const it = await openAlibabaEiam();
    const headers = signedHeaders(it, ACTION, '');
    expect(await ask(it, headers)).toMatchObject({ status: 200 });
    expect(await ask(it, headers)).toMatchObject({ status: 400, code: 'SignatureNonceUsed' });
  });

  test.each([
    [15 * MINUTE, 'none'],
    [-15 * MINUTE, 'none'],
    [15 * MINUTE + 1000, 'InvalidTimeStamp.Expired'],
    [-15 * MINUTE - 1000, 'InvalidTimeStamp.Expired'],
  ])('a date that is %d ms off: %s', async (ms, code) => {
    const it = await openAlibabaEiam();
    const headers = signedHeaders(it, ACTION, '');
    it.clock.pass(ms);
    expect((await ask(it, headers)).code).toBe(code);
  });

  test('a date in another form', async () => {
    const it = await openAlibabaEiam();
    const headers = signedHeaders(it, ACTION, '', { 'x-acs-date': it.clock.now().toISOString() });
    expect(await ask(it, headers)).toMatchObject({ code: 'InvalidTimeStamp.Format' });
  });

  test('another algorithm, an unknown key, one that is switched off', async () => {
    const it = await openAlibabaEiam();
    const changed = (from: string, to: string) => {
      const headers = signedHeaders(it, ACTION, '');
      return { ...headers, authorization: headers['authorization']!.replace(from, to) };
    };
    expect(await ask(it, changed('ACS3-HMAC-SHA256', 'ACS3-HMAC-SM3'))).toMatchObject({
      code: 'InvalidSignatureMethod',
    });
    expect(await ask(it, changed('Credential=', 'Credential=x'))).toMatchObject({
      status: 404,
      code: 'InvalidAccessKeyId.NotFound',
    });
    expect(await ask(it, changed('ACS3', 'Basic'))).toMatchObject({ code: 'InvalidSignatureMethod' });
    it.simulator.accessKey.isActive = false;
    expect(await ask(it, signedHeaders(it, ACTION, ''))).toMatchObject({
      code: 'InvalidAccessKeyId.Inactive',
    });
  });

  test('what only shows may be asked for by GET; a value may not, and no write', async () => {
    const it = await openAlibabaEiam();
    const get = (action: string) =>
      ask(it, signedHeaders(it, action, '', { method: 'GET' }), { method: 'GET' });
    expect(await get(ACTION)).toMatchObject({ status: 200 });
    for (const action of ['ObtainApplicationClientSecret', 'DeleteApplication', 'Nonsense', 'constructor'])
      expect(await get(action)).toMatchObject({ status: 404, code: 'InvalidApi.NotFound' });
  });
});

test('an error is in XML where JSON is not asked for', async () => {
  const it = await openAlibabaEiam();
  const { host: _, ...headers } = signedHeaders(it, 'ListUsers', 'InstanceId=%3Ca%26b%3E');
  const response = await fetch(`${it.simulator.origin}/?InstanceId=%3Ca%26b%3E`, {
    method: 'POST',
    headers: { ...headers, accept: 'text/html' },
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/xml;charset=utf-8']);
  expect(await response.text()).toMatch(
    /^<\?xml .*<Error><RequestId>[\dA-F-]{36}<\/RequestId><HostId>127\.0\.0\.1:\d+<\/HostId><Code>ResourceNotFound\.Instance<\/Code><Message>.*<\/Message><\/Error>$/,
  );
});

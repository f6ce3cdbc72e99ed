import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/duration.ts';
import { classify } from '../../../src/providers/alibaba-eiam/classify.ts';
import { FIRST_PAGE } from '../../conformance/answers.ts';
import { NEW_SECRET, openAlibabaEiam } from './open-alibaba-eiam.ts';

const meaningOf = (Code: string, status = 400, safe = true) =>
  classify(
    { status, headers: {}, json: { Code, RequestId: '5B2E-1', Message: 'text of the vendor' } },
    { method: 'POST', path: '/', safe },
  );

describe('what a Code means, whatever the status', () => {
  test.each([
    ['Throttling', 'rate_limited'],
    ['Throttling.User', 'rate_limited'],
    ['Throttling.Api', 'rate_limited'],
    ['Rejected.Throttling', 'rate_limited'],
    ['ServiceUnavailable', 'unavailable'],
    ['InternalError', 'unavailable'],
    ['SignatureNonceUsed', 'unavailable'],
    ['SignatureDoesNotMatch', 'unauthenticated'],
    ['IncompleteSignature', 'unauthenticated'],
    ['InvalidSignatureMethod', 'unauthenticated'],
    ['InvalidTimeStamp.Expired', 'unauthenticated'],
    ['InvalidTimeStamp.Format', 'unauthenticated'],
    ['InvalidAccessKeyId.NotFound', 'unauthenticated'],
    ['InvalidAccessKeyId.Inactive', 'unauthenticated'],
    ['InvalidSecurityToken.Expired', 'unauthenticated'],
    ['NoPermission', 'forbidden'],
    ['Forbidden', 'forbidden'],
    ['Forbidden.RAM', 'forbidden'],
    ['InvalidApi.NotFound', 'unsupported'],
    ['InvalidProduct.NotFound', 'unsupported'],
    ['InvalidProtocol.NeedSsl', 'unsupported'],
    ['MissingInstanceId', 'invalid_input'],
    ['MissingParameter', 'invalid_input'],
    ['InvalidPageSize', 'invalid_input'],
    ['InvalidParameter', 'invalid_input'],
    ['ResourceNotFound.Application', 'not_found'],
    ['EntityOfAnyKind.NotFound', 'not_found'],
    ['LimitExceeded.ClientSecret', 'limit_reached'],
    ['QuotaExceeded', 'limit_reached'],
    ['OperationDenied', 'rejected'],
  ])('%s: %s', (Code, code) => {
    for (const status of [400, 403, 404]) {
      const found = meaningOf(Code, status);
      expect(found).toMatchObject({ code, applied: 'no', vendorRequestId: '5B2E-1' });
      expect(`${found?.message} ${found?.hint}`).not.toContain('text of the vendor');
    }
  });

  test('a write that the vendor was ill over, or had the nonce of before, is in doubt', () => {
    for (const Code of ['ServiceUnavailable', 'InternalError', 'SignatureNonceUsed'])
      expect(meaningOf(Code, 400, false)).toMatchObject({ code: 'unavailable', applied: 'maybe' });
    expect(meaningOf('Throttling', 503, false)).toMatchObject({ code: 'rate_limited', applied: 'no' });
  });

  test.each([
    ['InvalidTimeStamp.Expired', 'clock'],
    ['InvalidSecurityToken.Expired', 'securityToken'],
    ['SignatureDoesNotMatch', 'accessKeySecret'],
    ['NoPermission', 'RAM'],
    ['InvalidApi.NotFound', 'region'],
  ])('%s says what to look at: %s', (Code, word) => {
    expect(meaningOf(Code)?.hint).toContain(word);
  });

  test('an unknown one says no more than that it was refused; without any, the status does', () => {
    const codes = [400, 401, 403, 404, 409, 429, 500, 503].map((status) => meaningOf('Foo', status)?.code);
    expect(codes.join(' ')).toBe(
      'rejected rejected rejected rejected rejected rate_limited unavailable unavailable',
    );
    const foreign = [400, 401, 403, 404, 409, 429, 500, 503].map(
      (status) => classify({ status, headers: {}, json: undefined }, { method: 'POST', path: '/' })?.code,
    );
    expect(foreign.join(' ')).toBe(
      'rejected unauthenticated forbidden malformed conflict rate_limited unavailable unavailable',
    );
  });

  test('a request id is told only in its form', () => {
    const reply = { status: 400, headers: {}, json: { Code: 'X', RequestId: 'text of the vendor' } };
    expect(classify(reply, { method: 'POST', path: '/' })).toMatchObject({ vendorRequestId: null });
  });

  test.each([
    ['40000', 40_000],
    ['120001', 120_000],
    ['0', null],
    ['soon', null],
  ])('x-acs-retry-after: %s is %d ms, also of an error in XML', (text, retryAfterMs) => {
    const reply = { status: 400, headers: { 'x-acs-retry-after': text }, json: undefined };
    expect(classify(reply, { method: 'POST', path: '/' })).toMatchObject({
      code: 'rate_limited',
      retryAfterMs,
    });
  });
});

describe('before the vendor', () => {
  test('a nonce that was used before is no matter to a read: it is sent again with another', async () => {
    const it = await openAlibabaEiam();
    const body = { RequestId: 'x', Code: 'SignatureNonceUsed', Message: 'no' };
    it.simulator.inject({ times: 2, kind: { status: 400, body } });
    expect(await it.provider.listTenants(FIRST_PAGE, it.call)).toMatchObject({ items: [{}] });
    const nonces = it.simulator.requests.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(3);
  });

  test('a write is sent once, and is in doubt', async () => {
    const it = await openAlibabaEiam();
    const of = it.seedClient();
    const body = { RequestId: 'x', Code: 'SignatureNonceUsed', Message: 'no' };
    const match = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
      headers['x-acs-action'] === 'CreateApplicationClientSecret';
    it.simulator.inject({ match, times: 9, kind: { status: 400, body } });
    await expect(it.provider.createSecret!(of, NEW_SECRET, it.call)).rejects.toMatchObject({
      code: 'unavailable',
      applied: 'maybe',
    });
    expect(it.requests()).toMatchObject({ CreateApplicationClientSecret: 1 });
  });

  test('a clock that goes wrong is told as such', async () => {
    const it = await openAlibabaEiam({
      broken: (connect) => (options) =>
        connect({
          ...options,
          sign: (request) => ({ ...options.sign?.(request), 'x-acs-date': '2026-05-01T09:14:59Z' }),
        }),
    });
    await expect(it.provider.listTenants(FIRST_PAGE, it.call)).rejects.toMatchObject({
      code: 'unauthenticated',
      hint: 'Set the clock of the gateway: it is 15 minutes off.',
    });
  });

  test('a key of STS is good until it ends', async () => {
    const it = await openAlibabaEiam();
    const key = it.simulator.seedSessionKey(new Date(it.clock.now().getTime() + MINUTE));
    const provider = it.openWith({
      accessKeyId: key.id,
      accessKeySecret: key.secret,
      securityToken: key.token.text,
    });
    expect(await provider.listTenants(FIRST_PAGE, it.call)).toMatchObject({ items: [{}] });
    it.clock.pass(MINUTE);
    await expect(provider.listTenants(FIRST_PAGE, it.call)).rejects.toMatchObject({
      code: 'unauthenticated',
      hint: 'Configure a new securityToken and the key it belongs to.',
    });
  });

  test('too many requests a minute: told with how long to wait', async () => {
    const it = await openAlibabaEiam({ perMinute: 1 });
    await it.provider.listTenants(FIRST_PAGE, it.call);
    it.clock.pass(10_000);
    await expect(it.provider.listTenants(FIRST_PAGE, it.call)).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 50_000,
    });
  });
});

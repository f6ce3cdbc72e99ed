import { describe, expect, test } from 'vitest';
import { classify, LOGIN_PATH } from '../../../src/providers/zstack/classify.ts';

const GET = { method: 'GET', path: '/zstack/v1/get/sso/client' } as const;
const POST = { method: 'POST', path: '/zstack/v1/update/oauth2/client' } as const;
const reply = (error: unknown, status = 503) => ({ status, headers: {}, json: { error } });
const nested = (...codes: readonly string[]): object | null =>
  codes.reduceRight<object | null>((cause, code) => ({ code, details: '内部错误', cause }), null);

describe('what an answer means', () => {
  test.each([
    [['ID.1001'], 'unauthenticated'],
    [['ID.1002'], 'forbidden'],
    [['ID.1006'], 'rate_limited'],
    [['SYS.1001'], 'timeout'],
    [['SYS.1003'], 'not_found'],
    [['SYS.1007'], 'invalid_input'],
    [['SYS.1010'], 'unavailable'],
    [['SYS.1012'], 'unavailable'],
    [['PORTAL.1002'], 'unavailable'],
    [['SYS.1000'], 'rejected'],
    [['SYS.1006', 'SYS.1000', 'SYS.1003'], 'not_found'],
    [['SSO.1001', 'SYS.1003'], 'rejected'],
  ])('is told by the code, or behind a generic one by its cause: %s', (codes, code) => {
    expect(classify(reply(nested(...codes)), GET)).toMatchObject({ code, applied: 'no' });
  });

  test.each(['ID.1000', 'ID.1005', 'LOGIN_CONTROL.1002', 'LOGIN_CONTROL.1003', 'LOGIN_CONTROL.1005'])(
    'of %s to a login is that it is refused, and to all else no reason to log in anew',
    (code) => {
      expect(classify(reply(nested(code)), { method: 'PUT', path: LOGIN_PATH })?.code).toBe(
        'unauthenticated',
      );
      expect(classify(reply(nested(code)), GET)?.code).toBe('forbidden');
    },
  );

  test.each([
    [503, { error: null }, 'unavailable'],
    [503, { error: 'text' }, 'unavailable'],
    [503, { error: { code: 7 } }, 'unavailable'],
    [503, undefined, 'unavailable'],
    [500, undefined, 'unavailable'],
    [400, undefined, 'rejected'],
    [403, undefined, 'forbidden'],
    [404, undefined, 'unsupported'],
    [405, undefined, 'unsupported'],
    [429, undefined, 'rate_limited'],
  ])('of %i without a code in %j is told by the status', (status, json, code) => {
    expect(classify({ status, headers: {}, json }, GET)?.code).toBe(code);
  });

  test('of a 200 with an error is that it failed, and of one without a success', () => {
    expect(classify(reply(nested('ID.1002'), 200), GET)?.code).toBe('forbidden');
    expect(classify(reply(null, 200), GET)).toBeNull();
  });

  test.each([
    [['SYS.1001'], 'maybe'],
    [['SYS.1010'], 'maybe'],
    [['SYS.1000'], 'maybe'],
    [['SYS.1000', 'HOST.1001'], 'maybe'],
    [['SYS.1006', 'SYS.1000'], 'maybe'],
    [['SYS.1000', 'SYS.1003'], 'no'],
    [['SYS.1006'], 'no'],
    [['SSO.1001'], 'no'],
    [['ID.1001'], 'no'],
    [['SYS.1003'], 'no'],
  ])('leaves a write in doubt only where it may have been done: %s %s', (codes, applied) => {
    expect(classify(reply(nested(...codes)), POST)?.applied).toBe(applied);
  });

  test('of what a job came to is no fault of asking for it', () => {
    const job = { method: 'GET', path: `/zstack/v1/api-jobs/${'0'.repeat(32)}` } as const;
    expect(classify(reply(nested('SYS.1001')), job)).toBeNull();
    expect(classify({ status: 404, headers: {}, json: undefined }, job)).toBeNull();
    expect(classify({ status: 503, headers: {}, json: undefined }, job)?.code).toBe('unavailable');
  });

  test('holds nothing of the vendor’s own words, however deep', () => {
    const error = classify(reply(nested(...Array.from({ length: 5000 }, () => 'SYS.1000'))), GET);
    expect(`${error?.message} ${error?.hint}`).not.toContain('内部错误');
  });
});

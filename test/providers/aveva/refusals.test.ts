import { describe, expect, test } from 'vitest';
import { classifierOf } from '../../../src/providers/aveva/classify.ts';

const ID = '5B0E4D7C-6a8e-4a0c-9f0e-0c3a51d0f6a2';
const TEXT = 'text of the vendor';
const body = { OperationId: ID, Error: TEXT, Reason: TEXT, Resolution: TEXT };
const path = '/api/v1/Tenants/t/ClientCredentialClients/c/Secrets';
const GET = { method: 'GET', path } as const;
const POST = { method: 'POST', path, json: {} } as const;
const refusal = (dialect: 'v1' | 'v1-preview', status: number, json: unknown, headers = {}, request = GET) =>
  classifierOf(dialect)({ status, headers, json }, request);

describe('a refusal of AVEVA', () => {
  test.each([
    [400, 'rejected', 'invalid_input', 'no'],
    [401, 'unauthenticated', 'unauthenticated', 'no'],
    [403, 'forbidden', 'forbidden', 'no'],
    [404, 'not_found', 'not_found', 'no'],
    [408, 'timeout', 'timeout', 'maybe'],
    [409, 'conflict', 'conflict', 'no'],
    [429, 'rate_limited', 'rate_limited', 'no'],
    [500, 'unavailable', 'unavailable', 'maybe'],
    [503, 'unavailable', 'unavailable', 'maybe'],
  ])('%i means %s to a read and %s to a write, applied: %s', (status, read, write, applied) => {
    const reply = { status, headers: {}, json: body };
    const asked = classifierOf('v1')(reply, GET);
    expect(asked).toMatchObject({ code: read, applied: 'no', vendorRequestId: ID });
    expect(classifierOf('v1')(reply, POST)).toMatchObject({ code: write, applied });
    expect(`${asked?.message} ${asked?.hint}`).not.toContain(TEXT);
  });

  test('has its id in the header too, and never one that could be a text', () => {
    expect(refusal('v1', 500, undefined, { 'operation-id': ID })?.vendorRequestId).toBe(ID);
    expect(refusal('v1', 500, { OperationId: TEXT }, { 'operation-id': ID })?.vendorRequestId).toBeNull();
  });

  test.each([
    ['a page', '<html>', { 'content-type': 'text/html' }, 'unsupported', 'unsupported'],
    ['nothing', undefined, {}, 'unsupported', 'not_found'],
    ['other JSON', { message: 'x' }, { 'content-type': 'application/json' }, 'unsupported', 'not_found'],
    ['its own words', body, { 'content-type': 'application/json' }, 'not_found', 'not_found'],
  ])('a 404 with %s', (_, json, headers, inV1, inPreview) => {
    expect(refusal('v1', 404, json, headers)?.code).toBe(inV1);
    expect(refusal('v1-preview', 404, json, headers)?.code).toBe(inPreview);
  });

  test('waits as long as it says', () => {
    expect(refusal('v1', 429, {}, { 'retry-after': '7' })?.retryAfterMs).toBe(7000);
    expect(refusal('v1', 503, {}, { 'retry-after': '7' })?.retryAfterMs).toBe(7000);
  });

  test.each([200, 204, 207, 405])('%i is none', (status) => {
    expect(refusal('v1', status, undefined)).toBeNull();
  });
});

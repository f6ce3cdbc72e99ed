import { expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId, idKey, type AnyNodeId } from '../../src/domain/ids.ts';

const secret = { provider: 'eu', tenant: 't/1', client: 'c:2', secret: '中 %2F .. "x"' };

const nodes: readonly AnyNodeId[] = [
  { type: 'Provider', id: { provider: 'local' } },
  { type: 'Tenant', id: { provider: 'local', tenant: 'a' } },
  { type: 'Identity', id: { provider: 'local', tenant: 'a', identity: 'b' } },
  { type: 'Client', id: { provider: 'local', tenant: 'a', client: 'b' } },
  { type: 'ClientSecret', id: secret },
  { type: 'Rotation', id: { id: 'r' } },
  { type: 'AuditEvent', id: { id: 'e' } },
  { type: 'AccessToken', id: { id: 't' } },
];

test.each(nodes)('a global id of $type comes back as what it was', ({ type, id }) => {
  const text = encodeGlobalId(type, id as never);
  expect(text).toMatch(/^[\w-]+$/);
  expect(decodeGlobalId(text)).toEqual({ type, id });
});

test('only the parts that belong to the type go into its id', () => {
  expect(decodeGlobalId(encodeGlobalId('Tenant', secret))).toEqual({
    type: 'Tenant',
    id: { provider: 'eu', tenant: 't/1' },
  });
});

const foreign = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  ['empty', ''],
  ['no base64', '!!!'],
  ['no JSON', Buffer.from('Tenant:1').toString('base64url')],
  ['an unknown type', foreign(['Account', 'x'])],
  ['an inherited property as the type', foreign(['toString', 'x'])],
  ['a part too few', foreign(['Tenant', 'x'])],
  ['a part too many', foreign(['Tenant', 'x', 'y', 'z'])],
  ['an empty part', foreign(['Tenant', 'x', ''])],
  ['a part that is no text', foreign(['Tenant', 'x', 1])],
  ['a part with U+0000', foreign(['Tenant', 'x', 'y\0'])],
  ['a part with half a surrogate pair', foreign(['Tenant', 'x', 'y\ud800'])],
  ['an object', foreign({ type: 'Tenant' })],
  ['padding that was not there', `${foreign(['Provider', 'ab'])}==`],
  ['the same in another spelling', Buffer.from('[ "Provider", "ab" ]').toString('base64url')],
])('no id: %s', (_, text) => {
  expect(decodeGlobalId(text)).toBeNull();
});

test('keys of different ids differ, whatever they are made of', () => {
  const keys = [
    idKey({ provider: 'p', tenant: 't' }),
    idKey({ provider: 'p', tenant: 't', identity: 'x' }),
    idKey({ provider: 'p', tenant: 't', client: 'x' }),
    idKey({ provider: 'p', tenant: 't', client: 'x', secret: 'y' }),
    idKey({ provider: 'p', tenant: 't","x' }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

import { describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { ask } from './ask.ts';
import { clientId, memorySession, ROTATION, secretId, TENANT } from './memory-session.ts';

const DELETE =
  'mutation($id: ID!) { deleteTenant(input: { id: $id }) { ... on InvalidInputError { fields { path message } } } }';
const NODE = 'query($id: ID!) { node(id: $id) { __typename id } }';
const NODES = 'query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

const tenant = encodeGlobalId('Tenant', TENANT);
const client = encodeGlobalId('Client', clientId(0));
const secret = encodeGlobalId('ClientSecret', secretId(clientId(0), 0));
const rotation = encodeGlobalId('Rotation', ROTATION);
const provider = encodeGlobalId('Provider', { provider: 'local' });

describe('an id that is not asked for', () => {
  test.each([
    ['text', 'hunter2-hunter2', 'is not an id of this gateway'],
    ['nothing', '', 'is not an id of this gateway'],
    ['an id of another system', Buffer.from('User:42').toString('base64'), 'is not an id of this gateway'],
    ['a padded id', `${tenant}=`, 'is not an id of this gateway'],
    ['another type', secret, 'is the id of a ClientSecret; a Tenant is asked for'],
    [
      'a type with a vowel',
      encodeGlobalId('Identity', { ...TENANT, identity: 'i' }),
      'is the id of an Identity; a Tenant is asked for',
    ],
  ])('%s: is a fault of the field', async (_what, id, message) => {
    const session = memorySession();
    const { data } = await ask(DELETE, { id }, session);
    expect(data).toEqual({ deleteTenant: { fields: [{ path: ['input', 'id'], message }] } });
    expect(session.writes).toEqual([]);
  });

  test('in a query is a top-level error that names the argument and no value', async () => {
    const { data, errors, text } = await ask(NODE, { id: 'hunter2-hunter2' });
    expect(data).toEqual({ node: null });
    expect(errors).toMatchObject([
      {
        message: 'id: is not an id of this gateway',
        path: ['node'],
        extensions: { code: 'BAD_USER_INPUT', requestId: 'request-1' },
      },
    ]);
    expect(text).not.toContain('hunter2');
  });

  test('in a list is named by its place', async () => {
    const { errors } = await ask(NODES, { ids: [tenant, 'x'] });
    expect(errors[0]?.message).toBe('ids.1: is not an id of this gateway');
  });

  test('in a filter is named by its place', async () => {
    const { errors } = await ask('query($id: ID!) { rotations(filter: { client: $id }) { totalCount } }', {
      id: tenant,
    });
    expect(errors[0]?.message).toBe('filter.client: is the id of a Tenant; a Client is asked for');
  });
});

describe('node', () => {
  test.each([
    ['Provider', provider],
    ['Tenant', tenant],
    ['Client', client],
    ['ClientSecret', secret],
    ['Rotation', rotation],
  ])('finds a %s, which has the id that it was asked by', async (type, id) => {
    expect((await ask(NODE, { id })).data).toEqual({ node: { __typename: type, id } });
  });

  test.each([
    ['a tenant', encodeGlobalId('Tenant', { provider: 'local', tenant: 'gone' })],
    ['a provider', encodeGlobalId('Provider', { provider: 'nowhere' })],
    ['an audit event', encodeGlobalId('AuditEvent', { id: 'x' })],
    ['an access token', encodeGlobalId('AccessToken', { id: 'x' })],
  ])('is null for %s that is not there', async (_what, id) => {
    expect(await ask(NODE, { id })).toMatchObject({ data: { node: null }, errors: [] });
  });

  test('nodes keeps the order, with null for what is not there', async () => {
    const gone = encodeGlobalId('Client', clientId(9));
    const { data } = await ask(NODES, { ids: [client, gone, tenant] });
    expect(data).toEqual({
      nodes: [{ __typename: 'Client', id: client }, null, { __typename: 'Tenant', id: tenant }],
    });
  });

  test('nodes takes 100 ids and refuses 101', async () => {
    expect((await ask(NODES, { ids: Array.from({ length: 100 }, () => tenant) })).errors).toEqual([]);
    const { errors } = await ask(NODES, { ids: Array.from({ length: 101 }, () => tenant) });
    expect(errors).toMatchObject([
      { message: 'ids: must have at most 100 items', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { permits, reach, ROLES, tenantsWithin, type Role, type RoleGrant } from '../../src/domain/actor.ts';

const actor = (...grants: RoleGrant[]) => ({ id: 'a', name: 'a', grants });
const grant = (role: Role, provider: string | null = null, tenant: string | null = null) => ({
  role,
  provider,
  tenant,
});
const gateway = { provider: null, tenant: null };
const provider = { provider: 'eu', tenant: null };
const tenant = { provider: 'eu', tenant: 't1' };

describe('a role covers its scope and what lies in it, and nothing else', () => {
  test.each([
    ['everything', grant('OPERATOR'), [true, true, true]],
    ['one provider', grant('OPERATOR', 'eu'), [false, true, true]],
    ['one tenant', grant('OPERATOR', 'eu', 't1'), [false, false, true]],
    ['another tenant', grant('OPERATOR', 'eu', 't2'), [false, false, false]],
    ['another provider with that tenant', grant('OPERATOR', 'us', 't1'), [false, false, false]],
  ])('%s', (_, given, expected) => {
    expect([gateway, provider, tenant].map((scope) => permits(actor(given), 'OPERATOR', scope))).toEqual(
      expected,
    );
  });
});

test('which roles each role brings along', () => {
  const table = Object.fromEntries(
    ROLES.map((role) => [role, ROLES.filter((other) => permits(actor(grant(role)), other, gateway))]),
  );
  expect(table).toEqual({
    READER: ['READER'],
    OPERATOR: ['READER', 'OPERATOR'],
    REVEALER: ['READER', 'REVEALER'],
    AUDITOR: ['AUDITOR'],
    ADMIN: ['READER', 'OPERATOR', 'REVEALER', 'AUDITOR', 'ADMIN'],
  });
});

test('an actor without grants may do nothing', () => {
  expect(ROLES.filter((role) => permits(actor(), role, tenant))).toEqual([]);
  expect(tenantsWithin(actor(), 'READER', 'eu')).toEqual([]);
});

test('the tenants within reach: all of them, or the named ones once', () => {
  expect(tenantsWithin(actor(grant('READER')), 'READER', 'eu')).toBe('all');
  expect(tenantsWithin(actor(grant('READER', 'eu')), 'READER', 'eu')).toBe('all');
  expect(tenantsWithin(actor(grant('READER', 'eu')), 'READER', 'us')).toEqual([]);
  const some = actor(grant('READER', 'eu', 't1'), grant('OPERATOR', 'eu', 't1'), grant('READER', 'us', 't2'));
  expect(tenantsWithin(some, 'READER', 'eu')).toEqual(['t1']);
});

test('reach is everything, or a list of scopes', () => {
  expect(reach(actor(grant('ADMIN')), 'AUDITOR')).toEqual({ everything: true });
  expect(reach(actor(grant('AUDITOR', 'eu', 't1'), grant('READER', 'us')), 'AUDITOR')).toEqual({
    everything: false,
    scopes: [{ provider: 'eu', tenant: 't1' }],
  });
});

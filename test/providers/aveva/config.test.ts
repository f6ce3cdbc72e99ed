import { describe, expect, test } from 'vitest';
import { avevaOptions } from '../../../src/providers/aveva/config.ts';

const TENANT = {
  id: '6A2B8C1E-3f0d-4a53-8f7e-2f9b3c1d7a10',
  clientId: '0d3c6d0c-6a8e-4a0c-9f0e-0c3a51d0f6a2',
  clientSecret: ' 7be1 ',
};
const GIVEN = { kind: 'aveva', url: 'https://uswe.datahub.connect.aveva.com/', tenants: [TENANT] };

describe('the options of an AVEVA provider', () => {
  test('the dialect is v1 where nothing is said; a secret is a value that does not print', () => {
    const options = avevaOptions.parse(GIVEN);
    expect(options).toMatchObject({ url: 'https://uswe.datahub.connect.aveva.com', dialect: 'v1' });
    expect(options.tenants[0]).toMatchObject({ id: TENANT.id.toLowerCase(), clientId: TENANT.clientId });
    expect(options.tenants[0]?.clientSecret.reveal()).toBe('7be1');
    expect(JSON.stringify(options)).not.toContain('7be1"');
    expect(avevaOptions.parse({ ...GIVEN, dialect: 'v1-preview' }).dialect).toBe('v1-preview');
  });

  test('a tenant that stands there twice is a fault, in whatever case its id is written', () => {
    const again = { ...TENANT, id: TENANT.id.toLowerCase() };
    const tenants = [TENANT, again, { ...TENANT, id: 'x', clientSecret: null }];
    const { error } = avevaOptions.safeParse({ ...GIVEN, tenants });
    const places = error?.issues.map(({ path }) => path.join('.'));
    expect(places?.toSorted()).toEqual(['tenants.1.id', 'tenants.2.clientSecret', 'tenants.2.id']);
  });

  test('all faults at once, by key, and no value', () => {
    const { error } = avevaOptions.safeParse({
      kind: 'aveva',
      url: 'https://canary@aveva.com/identity',
      dialect: 'canary',
      tenants: [{ id: 'canary', clientID: 'canary', clientSecret: '' }],
      region: 'canary',
    });
    const places = error?.issues.map((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.join() : issue.path.join('.'),
    );
    expect(places?.toSorted()).toEqual(
      [
        'url',
        'dialect',
        'tenants.0.id',
        'tenants.0.clientId',
        'tenants.0.clientSecret',
        'clientID',
        'region',
      ].toSorted(),
    );
    expect(error?.issues.map(({ message }) => message).join()).not.toContain('"canary"');
  });

  test.each([[[]], [{}], [null], [[null]]])('no tenants: %j', (tenants) => {
    expect(avevaOptions.safeParse({ ...GIVEN, tenants }).error?.issues[0]?.path[0]).toBe('tenants');
  });
});

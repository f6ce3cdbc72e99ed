import { describe, expect, test } from 'vitest';
import { infisicalOptions } from '../../../src/providers/infisical/config.ts';

const GIVEN = {
  kind: 'infisical',
  url: 'https://eu.infisical.com',
  organizationId: '5D0F2A52-0c1e-4a57-9a7b-0f6b3d7f0c11',
  clientId: '0c7a1f6e-3f0d-4a53-8f7e-2f9b3c1d7a10',
  clientSecret: ' 7be1 ',
};

describe('the options of an Infisical provider', () => {
  test('ids are taken in any case, the secret as a value that does not print', () => {
    const options = infisicalOptions.parse(GIVEN);
    expect(options.organizationId).toBe('5d0f2a52-0c1e-4a57-9a7b-0f6b3d7f0c11');
    expect(options.clientSecret.reveal()).toBe('7be1');
    expect(JSON.stringify(options)).not.toContain('7be1"');
  });

  test.each(['https://eu.infisical.com/', 'http://localhost:8080', 'http://10.0.0.7'])('a url: %s', (url) => {
    expect(infisicalOptions.parse({ ...GIVEN, url }).url).toBe(new URL(url).origin);
  });

  test.each([
    'eu.infisical.com',
    'ftp://eu.infisical.com',
    'https://eu.infisical.com/api',
    'https://eu.infisical.com?a=b',
    'https://user:word@eu.infisical.com',
    'https://eu.infisical.com/#x',
  ])('no url: %s', (url) => {
    expect(infisicalOptions.safeParse({ ...GIVEN, url }).error?.issues).toMatchObject([{ path: ['url'] }]);
  });

  test('all faults at once, by key, and no value', () => {
    const { error } = infisicalOptions.safeParse({
      kind: 'infisical',
      url: 'nowhere',
      organizationId: 'canary',
      clientID: 'canary',
      clientSecret: '',
    });
    const places = error?.issues.map(({ code, path }) =>
      code === 'unrecognized_keys' ? 'keys' : path.join('.'),
    );
    expect(places).toEqual(['url', 'organizationId', 'clientId', 'clientSecret', 'keys']);
    expect(JSON.stringify(error)).not.toContain('canary');
  });
});

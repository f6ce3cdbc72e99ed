import { describe, expect, test } from 'vitest';
import { launchdarklyOptions } from '../../../src/providers/launchdarkly/config.ts';

const GIVEN = {
  kind: 'launchdarkly',
  url: 'https://app.launchdarkly.com',
  name: ' Example Inc. ',
  accessToken: ' api-00000000-example ',
};

describe('the options of a LaunchDarkly provider', () => {
  test('access tokens are not shown unless that is said; the own one does not print', () => {
    const options = launchdarklyOptions.parse(GIVEN);
    expect(options).toMatchObject({ name: 'Example Inc.', accessTokens: false });
    expect(options.accessToken.reveal()).toBe('api-00000000-example');
    expect(JSON.stringify(options)).not.toContain('example"');
  });

  test.each(['https://app.launchdarkly.us', 'https://app.eu.launchdarkly.com/'])('a region: %s', (url) => {
    expect(launchdarklyOptions.parse({ ...GIVEN, url }).url).toBe(new URL(url).origin);
  });

  test.each(['Bearer canary', 'canary\ncanary', 'cañary', ''])('no access token: %j', (accessToken) => {
    const { error } = launchdarklyOptions.safeParse({ ...GIVEN, accessToken });
    expect(error?.issues).toMatchObject([{ path: ['accessToken'] }]);
    expect(JSON.stringify(error)).not.toContain('canary');
  });
});

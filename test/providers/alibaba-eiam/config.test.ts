import { describe, expect, test } from 'vitest';
import { alibabaEiamOptions } from '../../../src/providers/alibaba-eiam/config.ts';
import { alibabaEiam } from '../../../src/providers/alibaba-eiam/provider.ts';
import { testClock } from '../../test-clock.ts';

const GIVEN = {
  kind: 'alibaba-eiam',
  region: 'eu-central-1',
  accessKeyId: ' LTAI5tExample ',
  accessKeySecret: ' 7be1 ',
};

describe('the options of an EIAM provider', () => {
  test('credentials do not print', () => {
    const options = alibabaEiamOptions.parse({ ...GIVEN, securityToken: 'a+b/c=' });
    expect([options.accessKeyId, options.accessKeySecret.reveal(), options.securityToken?.reveal()]).toEqual([
      'LTAI5tExample',
      '7be1',
      'a+b/c=',
    ]);
    expect(JSON.stringify(options)).not.toMatch(/7be1|a\+b/);
  });

  test.each([
    ['neither region nor url', { region: undefined }],
    ['both', { url: 'https://eiam.eu-central-1.aliyuncs.com' }],
    ['a region that is none', { region: 'eu-central-9' }],
  ])('%s', (_, given) => {
    const { error } = alibabaEiamOptions.safeParse({ ...GIVEN, ...given });
    expect(error?.issues.map(({ path }) => path)).toEqual([['region']]);
    expect(JSON.stringify(error)).not.toContain('eu-central-9');
  });

  test('what no header can carry is refused here, and not at each request', () => {
    const given = { ...GIVEN, accessKeyId: 'a b', securityToken: 'a\nb' };
    const { error } = alibabaEiamOptions.safeParse(given);
    expect(error?.issues.map(({ path }) => path)).toEqual([['accessKeyId'], ['securityToken']]);
  });

  test.each([
    [{}, 'https://eiam.eu-central-1.aliyuncs.com'],
    [
      { region: undefined, url: 'https://eiam-eu.vpc-proxy.aliyuncs.com' },
      'https://eiam-eu.vpc-proxy.aliyuncs.com',
    ],
  ])('the address of %o is %s, and its host is signed', (given, origin) => {
    const origins: unknown[] = [];
    const clock = testClock();
    alibabaEiam.open(alibabaEiamOptions.parse({ ...GIVEN, ...given }), {
      name: 'acme',
      database: undefined,
      clock,
      pause: () => Promise.resolve(),
      connect(options) {
        origins.push(options.origin, options.sign?.({ method: 'POST', path: '/' })['host']);
        return { send: () => Promise.reject(new Error('nothing is sent')) };
      },
    });
    expect(origins).toEqual([origin, new URL(origin).host]);
  });
});

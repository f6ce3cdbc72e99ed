import { describe, expect, test } from 'vitest';
import { zstackOptions } from '../../../src/providers/zstack/config.ts';

const GIVEN = { kind: 'zstack', url: 'http://zstack.example.com:8080/', product: 'zsphere' };
const LOGIN = { account: 'admin', password: ' word-7be1 ' };
const KEY = { accessKeyId: 'mO6W9gzCQxsfK6OsE7dg', accessKeySecret: 'Z1B3-7be1' };

describe('the options of a ZStack provider', () => {
  test.each([LOGIN, KEY])('take one pair of credentials, which does not print: %#', (pair) => {
    const options = zstackOptions.parse({ ...GIVEN, ...pair });
    expect(options.url).toBe('http://zstack.example.com:8080');
    expect(JSON.stringify(options)).not.toContain('7be1');
  });

  test.each([
    ['neither', {}, ['account', 'password']],
    ['half of a login', { account: 'admin' }, ['password']],
    ['half of a key', { accessKeySecret: 'Z1B3-7be1' }, ['accessKeyId']],
    ['both', { ...LOGIN, ...KEY }, ['accessKeyId', 'accessKeySecret']],
    ['one half of each', { password: 'word-7be1', accessKeyId: 'a' }, ['account', 'accessKeyId']],
    ['a key id that no header takes', { ...KEY, accessKeyId: 'a:7be1\n' }, ['accessKeyId']],
  ])('refuse %s', (_, given, paths) => {
    const { error } = zstackOptions.safeParse({ ...GIVEN, ...given });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(paths);
    expect(JSON.stringify(error?.issues)).not.toContain('7be1');
  });

  test.each([null, 'zstack', 1])('refuse what is no mapping: %s', (options) => {
    expect(zstackOptions.safeParse(options).error?.issues).toHaveLength(1);
  });
});

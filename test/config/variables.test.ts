import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { KEY, loadingFrom, openConfigFolder } from './config-folder.ts';

let cwd: string;
beforeEach(() => void (cwd = openConfigFolder()));
const { load, faults } = loadingFrom(() => cwd);

describe('without a file and without variables', () => {
  test('the gateway is at home, on loopback, with the local provider', () => {
    expect(load()).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      database: { kind: 'pglite', directory: join(cwd, '.keyfold') },
      masterKey: null,
      rootToken: null,
      requestDeadlineMs: 10_000,
      providers: [
        { name: 'local', options: { kind: 'local' }, limits: { readDeadlineMs: 2000, memoryMs: 0 } },
      ],
    });
  });

  test('a variable that is set to nothing counts as not set', () => {
    expect(load(null, { DATABASE_URL: '', PORT: '' })).toMatchObject({
      port: 4000,
      database: { kind: 'pglite' },
    });
  });
});

describe('the variables', () => {
  test('say where the database is; then the master key has to be given', () => {
    const DATABASE_URL = 'postgres://user:password@db:5432/keyfold';
    expect(faults(null, { DATABASE_URL })).toEqual([
      'KEYFOLD_MASTER_KEY: is needed with DATABASE_URL; make one with: openssl rand -base64 32',
    ]);
    const config = load(null, { DATABASE_URL, KEYFOLD_MASTER_KEY: KEY });
    expect(config.database.kind).toBe('postgresql');
    expect(JSON.stringify(config)).not.toContain('password');
  });

  test.each([
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://db'],
    ['KEYFOLD_MASTER_KEY', 'c2hvcnQ='],
    ['KEYFOLD_ROOT_TOKEN', 'kf_too-short'],
    ['KEYFOLD_REQUEST_DEADLINE', '7000'],
    ['KEYFOLD_REQUEST_DEADLINE', 'PT0.05S'],
    ['KEYFOLD_REQUEST_DEADLINE', 'PT301S'],
  ])('%s may not be %s, and the fault does not repeat it', (name, value) => {
    const found = faults(null, { [name]: value });
    expect(found.some((fault) => fault.startsWith(`${name}: has to be`))).toBe(true);
    expect(found.join()).not.toContain(value);
  });

  test.each([
    'postgres://keyfold:1234/topsecret@127.0.0.1:5432/db',
    'postgres://keyfold:1234?topsecret@127.0.0.1:5432/db',
    'postgres://keyfold:1234#topsecret@127.0.0.1:5432/db',
    'postgres://keyfold:1234/top/secret@127.0.0.1:5432/db',
    'postgres://keyfold:password@127.0.0.1:5432/db/other',
  ])('DATABASE_URL may not be %s, where part of the password stands elsewhere', (DATABASE_URL) => {
    expect(faults(null, { DATABASE_URL, KEYFOLD_MASTER_KEY: KEY })).toEqual([
      'DATABASE_URL: has to be of the form postgres://user:password@host:5432/database, special characters of user and password percent-encoded',
    ]);
  });

  test.each([
    'postgres://keyfold:12%2F34%40%23@db/keyfold?sslmode=require&application_name=a/b',
    'postgresql://keyfold@[::1]:5432/key-fold.1',
    'postgres://db',
    'postgres:///keyfold?host=/var/run/postgresql',
  ])('DATABASE_URL may be %s', (DATABASE_URL) => {
    expect(faults(null, { DATABASE_URL, KEYFOLD_MASTER_KEY: KEY })).toEqual([]);
  });

  test('say how long a request may take', () => {
    expect(load(null, { KEYFOLD_REQUEST_DEADLINE: 'PT2.5S' }).requestDeadlineMs).toBe(2500);
  });

  test('a named file has to be there', () => {
    expect(faults(null, { KEYFOLD_CONFIG: 'other.yaml' })).toEqual([
      'KEYFOLD_CONFIG: names a file that is not there',
    ]);
  });
});

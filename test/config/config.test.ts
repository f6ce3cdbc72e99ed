import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, formatFaults } from '../../src/config/config-error.ts';
import { loadMasterKey } from '../../src/config/master-key.ts';
import { loadConfig } from '../../src/config.ts';
import * as registry from '../../src/providers/registry.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const KINDS = Object.values(registry).map(({ kind }: { readonly kind: string }) => kind);
const VENDORS = KINDS.filter((kind) => kind !== 'local').join(', ');
const SECRET = 'do-not-print-this-value';
const INFISICAL = `
  eu:
    kind: infisical
    url: https://eu.infisical.com
    organizationId: 5d0f2a52-0c1e-4a57-9a7b-0f6b3d7f0c11
    clientId: 5d0f2a52-0c1e-4a57-9a7b-0f6b3d7f0c12
    clientSecret: ${SECRET}
`;

/** Eight lines that stand for 9 ** 8 values. */
function manyAliases(): string {
  const lines = 'bcdefgh'
    .split('')
    .map(
      (name, i) =>
        `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'.charAt(i)}`).join(',')}]`,
    );
  return ['a: &a [x,x,x,x,x,x,x,x,x]', ...lines, 'providers: *h'].join('\n');
}

let cwd: string;
beforeEach(() => void (cwd = mkdtempSync(join(tmpdir(), 'keyfold-config-'))));
afterEach(() => rmSync(cwd, { recursive: true }));

const load = (yaml: string | null = null, env: Record<string, string> = {}) => {
  if (yaml !== null) writeFileSync(join(cwd, 'keyfold.yaml'), yaml);
  return loadConfig({ env, cwd });
};
const faults = (yaml: string | null, env: Record<string, string> = {}) => {
  try {
    load(yaml, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(formatFaults(error)).not.toContain(SECRET);
    return error.faults.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
};

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

describe('the file of providers', () => {
  test('gives each connection its name, behind the local one', () => {
    const { providers } = load(`providers:${INFISICAL}`);
    expect(providers.map(({ name }) => name)).toEqual(['local', 'eu']);
    expect(JSON.stringify(providers)).not.toContain(SECRET);
  });

  test('each connection has its limits, whatever its kind', () => {
    const limitsOf = (more: string) => load(`providers:${INFISICAL}${more}`).providers[1]?.limits;
    expect(limitsOf('')).toEqual({ readDeadlineMs: 2000, memoryMs: 2000 });
    const [long, none] = ['    readDeadline: PT1M\n', '    memory: PT0S\n'];
    expect(limitsOf(long)).toEqual({ readDeadlineMs: 60_000, memoryMs: 2000 });
    expect(limitsOf(long + none)).toEqual({ readDeadlineMs: 60_000, memoryMs: 0 });
  });

  test('limits that cannot be are faults, and so are keys that are nearly theirs', () => {
    const limits = ['readDeadline: PT61S', 'memory: 7', 'memorie: PT1S', 'readDedline: PT1S'];
    const yaml = `providers:${INFISICAL}${limits.map((line) => `    ${line}\n`).join('')}`;
    expect(faults(yaml)).toEqual([
      'providers.eu.readDeadline: has to be a duration from PT0.1S to PT1M, such as PT2S',
      'providers.eu.memory: has to be a duration from PT0S to PT1M, such as PT2S',
      'providers.eu.memorie: is not known (did you mean memory?)',
      'providers.eu.readDedline: is not known (did you mean readDeadline?)',
    ]);
  });

  test('may be empty', () => {
    expect(load('').providers.length).toBe(1);
    expect(load('providers:\n').providers.length).toBe(1);
  });

  test('the example is a right one', () => {
    const yaml = readFileSync(join(import.meta.dirname, '../../keyfold.example.yaml'), 'utf8');
    const valueOf = (name: string) =>
      /SECRET|PASSWORD|TOKEN/.test(name) ? SECRET : `its-${name.toLowerCase()}`;
    const needed = [...yaml.matchAll(/\$\{([A-Z_]+)\}/g)].map(
      ([, name = '']) => [name, valueOf(name)] as const,
    );
    const env = {
      ...Object.fromEntries(needed),
      INFISICAL_CLIENT_ID: '5d0f2a52-0c1e-4a57-9a7b-0f6b3d7f0c12',
    };
    const { providers } = load(yaml.replace('${NAME}', ''), env);
    expect(providers.map(({ options }) => options.kind).sort()).toEqual([...KINDS].sort());
    expect(JSON.stringify(providers)).not.toContain(SECRET);
  });

  test('takes values from variables and from files', () => {
    writeFileSync(join(cwd, 'id'), '5d0f2a52-0c1e-4a57-9a7b-0f6b3d7f0c13\n');
    const yaml = `providers:${INFISICAL}`
      .replace(SECRET, '${MY_SECRET}')
      .replace('5d0f2a52-0c1e-4a57-9a7b-0f6b3d7f0c12', `\${file:${join(cwd, 'id')}}`);
    const [, eu] = load(yaml, { MY_SECRET: SECRET }).providers;
    expect(eu?.options).toMatchObject({ clientId: '5d0f2a52-0c1e-4a57-9a7b-0f6b3d7f0c13' });
  });

  test('lists every fault at once, by its path, with the key that was meant, and no value', () => {
    const yaml = `
provider: {}
`;
    expect(faults(yaml)).toEqual(['provider: is not known (did you mean providers?)']);
    const many = `
providers:
  eu:
    kind: infisical
    url: ${SECRET}
    organisationId: ${SECRET}
    clientId: \${NOT_SET}
    clientSecrt: ${SECRET}
  us:
    kind: infisicle
  asia: {}
  local:
    kind: local
  Bad_Name:
    kind: nothing-like-it
`;
    const found = faults(many, { PORT: 'x' });
    expect(found).toEqual(
      expect.arrayContaining([
        'PORT: has to be a port number from 0 to 65535',
        'providers.eu.organisationId: is not known (did you mean organizationId?)',
        'providers.eu.clientSecrt: is not known (did you mean clientSecret?)',
        'providers.eu.organizationId: is needed',
        'providers.eu.clientSecret: is needed',
        'providers.eu.clientId: refers to the environment variable NOT_SET, which is not set',
        `providers.us.kind: is not one of: ${VENDORS} (did you mean infisical?)`,
        `providers.asia.kind: is needed, and is one of: ${VENDORS}`,
        'providers.local: is always there and takes no entry; choose another name',
        'providers.Bad_Name: has to be 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends',
        `providers.Bad_Name.kind: is not one of: ${VENDORS}`,
      ]),
    );
    expect(found.some((fault) => fault.startsWith('providers.eu.url: must be an http'))).toBe(true);
  });

  test('a file that cannot be read is named', () => {
    const yaml = `providers:${INFISICAL}`.replace(SECRET, '${file:/nowhere/secret}');
    expect(faults(yaml)).toEqual([
      'providers.eu.clientSecret: refers to the file /nowhere/secret, which cannot be read',
    ]);
  });

  test.each([
    ['a name twice', `providers:${INFISICAL}${INFISICAL}`, 'line 9: '],
    ['no YAML', 'providers: [', 'line 1: '],
    ['a list', 'providers: []', 'providers: '],
    ['a text', SECRET, 'the file: has to be a mapping'],
    ['a second document', 'providers:\n---\nproviders:\n', 'line 2: '],
    ['a tag', `providers:\n  eu: !important { kind: infisical }\n`, 'line 2: '],
    ['a tag that would run code', 'providers: !!js/function "x"\n', 'line 1: '],
    ['a key that is a list', 'providers:\n  ? [a, b]\n  : x\n', 'line 2: '],
    ['a key that changes objects', 'providers:\n  __proto__: { kind: infisical }\n', 'line 2: '],
    ['aliases without end', manyAliases(), 'keyfold.yaml: has more aliases'],
    ['more than 1 MiB', `# ${'x'.repeat(1024 * 1024)}`, 'keyfold.yaml: is larger than 1 MiB'],
    ['a number for a text', 'providers:\n  eu: { kind: 5 }\n', 'providers.eu.kind: '],
  ])('%s is a fault that says where', (_, yaml, where) => {
    expect(faults(yaml).map((fault) => fault.slice(0, where.length))).toContain(where);
  });

  test.each(['${NOT-A-NAME}', '${', '${}', '${file:}', '${toString}', '${EMPTY}'])(
    'a reference of the form %s is a fault',
    (reference) => {
      const yaml = `providers:${INFISICAL}`.replace(SECRET, `'${reference}'`);
      const [fault, ...more] = faults(yaml, { EMPTY: '' });
      expect(fault).toMatch(/^providers\.eu\.clientSecret: refers to /);
      expect(more).toEqual([]);
    },
  );

  test('what a variable holds is no reference', () => {
    const yaml = `providers:${INFISICAL}`.replace(SECRET, '${VALUE}');
    expect(load(yaml, { VALUE: '${NOT_SET}' }).providers.length).toBe(2);
  });

  test('that is a folder is a fault', () => {
    mkdirSync(join(cwd, 'keyfold.yaml'));
    expect(faults(null)).toEqual(['keyfold.yaml: is not a file']);
  });

  test('named by nothing is the one that is there by default', () => {
    expect(load(`providers:${INFISICAL}`, { KEYFOLD_CONFIG: '' }).providers.length).toBe(2);
  });
});

describe('the master key', () => {
  test('is made once in the data folder, for its owner alone', () => {
    const config = load();
    const key = loadMasterKey(config);
    const file = join(cwd, '.keyfold', 'master.key');
    expect(key.length).toBe(32);
    expect(loadMasterKey(config)).toEqual(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(cwd, '.keyfold'))).toEqual(['master.key']);
    expect(statSync(join(cwd, '.keyfold')).mode & 0o777).toBe(0o700);
  });

  test('that is given is taken, and none is made', () => {
    expect(loadMasterKey(load(null, { KEYFOLD_MASTER_KEY: KEY }))).toEqual(Buffer.alloc(32, 7));
    expect(existsSync(join(cwd, '.keyfold'))).toBe(false);
  });

  test('that cannot be made says where and why', () => {
    writeFileSync(join(cwd, '.keyfold'), '');
    expect(() => loadMasterKey(load())).toThrow(/master\.key cannot be made or read \((?:EEXIST|ENOTDIR)\)/);
  });

  test('that others may read, or that is none, is refused', () => {
    const config = load();
    loadMasterKey(config);
    const file = join(cwd, '.keyfold', 'master.key');
    chmodSync(file, 0o644);
    expect(() => loadMasterKey(config)).toThrow('chmod 600');
    chmodSync(file, 0o600);
    writeFileSync(file, 'no key');
    expect(() => loadMasterKey(config)).toThrow('not 32 bytes');
  });
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import * as registry from '../../src/providers/registry.ts';
import { loadingFrom, openConfigFolder, SECRET } from './config-folder.ts';

const KINDS = Object.values(registry).map(({ kind }: { readonly kind: string }) => kind);
const VENDORS = KINDS.filter((kind) => kind !== 'local').join(', ');
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
beforeEach(() => void (cwd = openConfigFolder()));
const { load, faults } = loadingFrom(() => cwd);

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

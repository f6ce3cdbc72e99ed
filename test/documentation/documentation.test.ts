import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { ROLES } from '../../src/domain/actor.ts';
import { schema } from '../../src/graphql/schema.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((page) => `docs/${page}`)];
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
};
const matches = (text: string, form: RegExp) => [...text.matchAll(form)].map((match) => match[1] ?? '');

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  test('its documents are valid against the schema', () => {
    const documents = [
      ...matches(text, /```graphql\n([^]*?)```/g),
      ...matches(text, /"query": "([^"]+)"/g),
      ...matches(text, /`((?:rotations|providers)\([^`]*\{[^`]*\}|providers \{[^`]*\})`/g).map(
        (field) => `{ ${field} }`,
      ),
    ];
    for (const document of documents) {
      const errors = validate(schema, parse(document)).map(({ message }) => message);
      expect([document, errors]).toEqual([document, []]);
    }
  });

  test('the files that it names are there', () => {
    const links = matches(text, /\]\((?!https?:)([^)#]+)\)/g).map((link) => join(dirname(page), link));
    const sources = matches(text, /`((?:src|test|schema)\/[\w./-]+)`/g);
    expect([...links, ...sources].filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('the commands that it names are there', () => {
    const commands = matches(text, /npm run (?!-s)([\w:]+)/g);
    expect(commands.filter((command) => manifest.scripts[command] === undefined)).toEqual([]);
  });
});

test('the README gives a reason for every dependency, and for no other', () => {
  const table = read('README.md').split('## Dependencies')[1] ?? '';
  const named = matches(table, /(?<=^\|[^|]*)`([^`]+)`(?=[^|]*\|)/gm);
  expect(named.sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

test('the README names every variable that is read, and no other', () => {
  const named = matches(read('README.md'), /`((?:KEYFOLD|DATABASE)_[A-Z_]+|HOST|PORT)`/g);
  const known = matches(
    read('src/config/environment.ts'),
    /^ {4}((?:KEYFOLD|DATABASE)_[A-Z_]+|HOST|PORT):/gm,
  );
  expect([...new Set(named)].sort()).toEqual([...known, 'KEYFOLD_CONFIG'].sort());
});

test('every role is explained', () => {
  const rows = matches(read('docs/run-in-production.md'), /^\| `([A-Z]+)` \|/gm);
  expect(rows).toEqual([...ROLES]);
});

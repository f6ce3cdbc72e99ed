import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const OPERATIONS = join(import.meta.dirname, '../../schema/operations');

export interface GraphiqlTab {
  readonly query: string;
  readonly headers: string;
}

/** The documents that come with the gateway, in the order of their file names, one to a tab. */
export async function graphiqlTabs(headers: string): Promise<GraphiqlTab[]> {
  const names = (await readdir(OPERATIONS)).filter((name) => name.endsWith('.graphql')).sort();
  const documents = await Promise.all(names.map((name) => readFile(join(OPERATIONS, name), 'utf8')));
  return documents.map((query) => ({ query, headers }));
}

import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLACE = /file:\/\/[^\s()]+(?=:\d+:\d+)|\d+(?=:\d+\)?$)|\d+(?=\)?$)/g;

/** By bundle. Null: it has none that can be read. */
const maps = new Map<string, SourceMap | null>();

/**
 * The frame of a stack with its place in the source, where it names one in a bundle with a map beside it. Node.js does
 * that by itself where it is told to, but for every stack that anything asks for, foreseen or not, and it holds up the
 * first of them, and all that goes on meanwhile, for as long as it takes to read the maps.
 */
export function sourceFrame(frame: string): string {
  const [url, line, column] = frame.match(PLACE) ?? [];
  if (url === undefined || line === undefined || column === undefined) return frame;
  const path = fileURLToPath(url);
  const map = maps.get(path) ?? mapOf(path);
  maps.set(path, map);
  const entry = map?.findEntry(Number(line) - 1, Number(column) - 1);
  if (entry === undefined || !('originalSource' in entry)) return frame;
  const source = join(dirname(path), entry.originalSource);
  const place = `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  return frame.replace(`${url}:${line}:${column}`, place);
}

function mapOf(path: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  } catch {
    return null;
  }
}

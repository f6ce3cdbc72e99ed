import { sourceFrame } from './source-frame.ts';

/**
 * What the log may know of an error that nobody foresaw: the names and codes of it and its causes, and where it came
 * from. Never a message: a database driver puts the parameters of the statement into it.
 */
export function errorFields(error: unknown): { readonly error: string; readonly at: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  return {
    error: causes(error).map(nameOf).join(' < '),
    at: frames.slice(0, 8).map((line) => sourceFrame(line.trim())),
  };
}

function causes(error: unknown): readonly Error[] {
  const found: Error[] = [];
  for (let next = error; next instanceof Error && found.length < 5; next = next.cause) found.push(next);
  return found;
}

function nameOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}

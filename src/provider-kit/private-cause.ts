/**
 * What may be kept of an unknown error: the names and codes along its chain of causes, and where it was thrown. Its
 * message goes, because messages quote: SQL parameters, the reply that was no JSON.
 */
export function privateCause(error: unknown): Error {
  const cause = new Error(describe(error));
  const frames = error instanceof Error ? error.stack?.match(/^ {4}at .+$/gm) : undefined;
  cause.stack = [cause.message, ...(frames ?? [])].join('\n');
  return cause;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const name = 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
  return error.cause === undefined ? name : `${name} < ${describe(error.cause)}`;
}

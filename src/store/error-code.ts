/**
 * The SQLSTATE, or the code of the socket or file: the driver's own, or that of what caused it. All that may be told of
 * a database error: its message holds statements and parameters. Null: it has none.
 */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return errorCode(error.cause);
}

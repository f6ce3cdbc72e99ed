const FORM = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** PostgreSQL fails on any other text in a uuid column, so nothing else may reach it. */
export function isUuid(text: string): boolean {
  return FORM.test(text);
}

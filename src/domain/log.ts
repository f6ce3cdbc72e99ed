type Fields = Readonly<Record<string, unknown>>;

/** Structured lines. Fields hold no secret value and no token. */
export interface Log {
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}

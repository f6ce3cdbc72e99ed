/** A request as a simulator got it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  /** Without its question mark; empty where there is none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

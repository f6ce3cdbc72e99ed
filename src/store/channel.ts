/** What is heard on a channel. */
export interface Listener {
  /** In the order in which they were sent, those of this process too. */
  onText(text: string): void;
  /** From now on all is heard. */
  onListening(): void;
  /** From now on nothing is heard, until it listens again. */
  onLost(): void;
}

/** Short texts from each process to all that have the same database open. */
export interface Channel {
  /** Resolves when it listens, or cannot: then it goes on to try. */
  listen(listener: Listener): Promise<void>;
  /** Resolves once all who listen will hear it. At most 7999 bytes. */
  send(text: string): Promise<void>;
}

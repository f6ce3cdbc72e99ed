/** What is wrong, and where: a variable's name, or the way to the key in the file. It never holds a value. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** The configuration cannot be used; every fault of it is listed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(`The configuration has ${faults.length} fault${faults.length === 1 ? '' : 's'}.`);
    this.faults = faults;
  }
}

/** For people to read: a headline, then a line for each fault. */
export function formatFaults({ message, faults }: ConfigError): string {
  return [message, ...faults.map((fault) => `  ${fault.path}: ${fault.message}`)].join('\n');
}

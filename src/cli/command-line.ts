import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run cli -- <command>

  audit verify [--expect <sequence>:<hash>]
      Checks every link of the audit trail, and prints where it ends. Keep that end somewhere else: given
      with --expect later, it proves that nothing up to it was changed or cut off.
`;

export interface AuditVerify {
  readonly command: 'audit verify';
  /** Null: none was given. */
  readonly expected: { readonly sequence: number; readonly hash: string } | null;
}

/** What is asked for. Null: not what the usage says. */
export function parseCommandLine(args: readonly string[]): AuditVerify | null {
  const { positionals, values } = parseLeniently(args);
  if (positionals.join(' ') !== 'audit verify') return null;
  if (values.expect === undefined) return { command: 'audit verify', expected: null };
  const [, sequence, hash] = /^(\d{1,15}):([A-Za-z0-9_-]+)$/.exec(values.expect) ?? [];
  if (sequence === undefined || hash === undefined) return null;
  return { command: 'audit verify', expected: { sequence: Number(sequence), hash } };
}

function parseLeniently(args: readonly string[]): {
  positionals: string[];
  values: { expect?: string | undefined };
} {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { expect: { type: 'string' } } });
  } catch {
    return { positionals: [], values: {} };
  }
}

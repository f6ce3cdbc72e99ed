import { parseArgs } from 'node:util';

export interface Wanted {
  /** Empty: all. */
  readonly scenarios: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** Null: nothing is written. */
  readonly json: string | null;
  readonly profile: string | null;
}

/** What is asked for. A text: what is wrong with it, and how to say it. */
export function parseCommandLine(args: readonly string[], known: readonly string[]): Wanted | string {
  const usage = `Usage: npm run bench -- [scenario ...] [options]

  scenarios        ${known.join(' ')}
  --rounds n       interleaved rounds, 3
  --seconds n      of each server in each round, 4
  --connections n  callers at once, 32
  --json file      all figures as JSON
  --profile dir    CPU profiles of the gateway, for Chrome's developer tools
`;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '4' },
        connections: { type: 'string', default: '32' },
        json: { type: 'string' },
        profile: { type: 'string' },
      },
    });
    const unknown = positionals.filter((name) => !known.includes(name));
    if (unknown.length > 0) return `There is no scenario ${unknown.join(', ')}.\n\n${usage}`;
    const [rounds, seconds, connections] = [values.rounds, values.seconds, values.connections].map(Number);
    if (!isCount(rounds) || !isPositive(seconds) || !isCount(connections))
      return `--rounds, --seconds and --connections take numbers above 0.\n\n${usage}`;
    const { json = null, profile = null } = values;
    return { scenarios: positionals, rounds, seconds, connections, json, profile };
  } catch (error) {
    return `${error instanceof Error ? error.message : ''}\n\n${usage}`;
  }
}

const isPositive = (number: number | undefined): number is number =>
  Number.isFinite(number) && Number(number) > 0;
const isCount = (number: number | undefined): number is number =>
  Number.isInteger(number) && Number(number) > 0;

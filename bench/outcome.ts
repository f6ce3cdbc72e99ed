import { cpuRatioOf, ratioOf, summary, type Round } from './rounds.ts';

/** What one server did in one scenario: medians of the rounds. */
export interface Figure extends Round {
  readonly scenario: string;
  readonly who: string;
}

/** What the issue asks for, and what was measured. */
export interface Goal {
  readonly scenario: string;
  /** `requests/s, of the limit`: in this way more than a figure of its own. */
  readonly what: string;
  readonly measured: number;
  /** Of the rounds. Null: it was measured once. */
  readonly range: readonly [least: number, most: number] | null;
  /** The same by CPU time. Null: that says nothing here, or this system does not tell. */
  readonly byCpu: number | null;
  readonly unit: 'times' | 'ms' | 'MiB' | '/s' | 'calls';
  readonly bound: 'at least' | 'at most';
  readonly goal: number;
  readonly isMet: boolean;
}

/** What a scenario found out. `lacking`: what the gateway does not have yet, so that the scenario was left out. */
export type Outcome =
  | { readonly lacking: null; readonly figures: readonly Figure[]; readonly goals: readonly Goal[] }
  | { readonly lacking: string };

export function figure(scenario: string, who: string, rounds: readonly Round[]): Figure {
  return { scenario, who, ...summary(rounds) };
}

/** How many times the requests per second of the other. */
export function throughputGoal(
  scenario: string,
  other: string,
  rounds: { readonly ofGateway: readonly Round[]; readonly ofOther: readonly Round[] },
  goal: number,
): Goal {
  const { ofGateway, ofOther } = rounds;
  const { ratio, range } = ratioOf(ofGateway, ofOther, ({ perSecond }) => perSecond);
  const byCpu = cpuRatioOf(ofGateway, ofOther);
  const what = `requests/s, of ${other}`;
  return goalOf({ scenario, what, measured: ratio, range, byCpu, unit: 'times', bound: 'at least', goal });
}

/** One figure against what it has to reach. */
export function goalOf(given: Omit<Goal, 'isMet'>): Goal {
  const { measured, bound, goal } = given;
  return { ...given, isMet: bound === 'at least' ? measured >= goal : measured <= goal };
}

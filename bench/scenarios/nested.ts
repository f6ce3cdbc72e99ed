import { answerOf, graphqlContestant, restContestant, type Contestant } from '../contestants.ts';
import { differenceOf } from '../difference.ts';
import { documentOf, withoutMemory } from '../documents.ts';
import { startHive } from '../hive.ts';
import { figure, throughputGoal, type Outcome } from '../outcome.ts';
import { interleave, summary, type Rounds } from '../rounds.ts';
import type { Comparison, Stage } from '../stage.ts';

/** A tenant, 50 of its clients, and the secrets of each: with nothing remembered from one request to the next. */
export async function nested(stage: Stage): Promise<Outcome> {
  const comparison = await stage.comparison();
  const limit = limitOf(comparison);
  const gateway = gatewayOf(comparison, withoutMemory(documentOf('nested'), comparison.gateway.schema));
  await proveAlike(limit, gateway);
  const hive = await startHive(stage, comparison.vendor);
  const all = [limit, gateway, hive];
  const { connections } = stage.options;
  const rounds = await interleave(stage, 'nested', all, { connections });
  const [ofLimit = [], ofGateway = [], ofHive = []] = rounds;
  proveSameCalls(all, rounds);
  return {
    lacking: null,
    figures: all.map(({ name }, i) => figure('nested', name, rounds[i] ?? [])),
    goals: [
      throughputGoal('nested', 'the limit', { ofGateway, ofOther: ofLimit }, 0.7),
      throughputGoal('nested', 'Hive Gateway', { ofGateway, ofOther: ofHive }, 5),
    ],
  };
}

/** Rejects where one of them asks the vendor more than another; only a login now and then is no call of a question. */
function proveSameCalls(contestants: readonly Contestant[], rounds: Rounds): void {
  const calls = rounds.map((it) => Math.floor(summary(it).vendorCallsPerRequest));
  if (calls.every((it) => it === calls[0])) return;
  const told = contestants.map(({ name }, i) => `${name} ${calls[i]}`);
  throw new Error(`they ask the vendor differently often: ${told.join(', ')}`);
}

/** That question to the hand-written server. */
export function limitOf({ limit, vendor }: Comparison): Contestant {
  const path = `/tenants/${vendor.tenant}/clients`;
  return restContestant('limit', limit, { authorization: `Bearer ${limit.token}` }, [path]);
}

export function gatewayOf({ gateway, vendor, provider }: Comparison, document: string): Contestant {
  const headers = { authorization: `Bearer ${gateway.token}` };
  const variables = [{ provider, tenant: vendor.tenant }];
  return graphqlContestant('gateway', gateway, headers, document, variables);
}

/** Rejects where the two do not give one and the same answer: then they would not do the same work. */
export async function proveAlike(one: Contestant, other: Contestant): Promise<void> {
  const [a, b] = await Promise.all([answerOf(one), answerOf(other)]);
  const place = differenceOf(a, b);
  if (place !== null) throw new Error(`${one.name} and ${other.name} answer differently: ${place}`);
}

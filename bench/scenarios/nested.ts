import { answerOf, graphqlContestant, restContestant, type Contestant } from '../contestants.ts';
import { differenceOf } from '../difference.ts';
import { documentOf, withoutMemory } from '../documents.ts';
import { figure, ratioGoal, type Outcome } from '../outcome.ts';
import { cpuRatioOf, interleave, ratioOf } from '../rounds.ts';
import type { Comparison, Stage } from '../stage.ts';

/** A tenant, 50 of its clients, and the secrets of each: with nothing remembered from one request to the next. */
export async function nested(stage: Stage): Promise<Outcome> {
  const comparison = await stage.comparison();
  const limit = limitOf(comparison);
  const gateway = gatewayOf(comparison, withoutMemory(documentOf('nested'), comparison.gateway.schema));
  await proveAlike(limit, gateway);
  const { connections } = stage.options;
  const [ofLimit = [], ofGateway = []] = await interleave(stage, 'nested', [limit, gateway], { connections });
  const ratio = ratioOf(ofGateway, ofLimit, ({ perSecond }) => perSecond);
  return {
    lacking: null,
    figures: [figure('nested', 'limit', ofLimit), figure('nested', 'gateway', ofGateway)],
    goals: [
      ratioGoal('nested', 'requests/s, to the limit', ratio, cpuRatioOf(ofGateway, ofLimit), 'at least', 0.7),
    ],
  };
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

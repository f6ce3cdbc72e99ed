import { documentOf, withoutMemory } from '../documents.ts';
import { figure, goalOf, type Outcome } from '../outcome.ts';
import { interleave, ratioOf } from '../rounds.ts';
import type { Stage } from '../stage.ts';
import { gatewayOf, limitOf } from './nested.ts';

export const VENDOR_LATENCY_MS = 20;

/** One caller, and a vendor that takes its time: how long `nested` takes, which shows whether the gateway waits where it need not. */
export async function oneCaller(stage: Stage): Promise<Outcome> {
  const comparison = await stage.comparison();
  const limit = limitOf(comparison);
  const gateway = gatewayOf(comparison, withoutMemory(documentOf('nested'), comparison.gateway.schema));
  const { provider } = comparison;
  await stage.vendors.set(provider, { latencyMs: VENDOR_LATENCY_MS });
  const rounds = await interleave(stage, 'one-caller', [limit, gateway], { connections: 1 });
  await stage.vendors.set(provider, {});
  const [ofLimit = [], ofGateway = []] = rounds;
  const { ratio, range } = ratioOf(ofGateway, ofLimit, ({ p50Ms }) => p50Ms);
  return {
    lacking: null,
    figures: [figure('one-caller', 'limit', ofLimit), figure('one-caller', 'gateway', ofGateway)],
    goals: [
      goalOf({
        scenario: 'one-caller',
        what: "p50, of the limit's",
        measured: ratio,
        range,
        byCpu: null,
        unit: 'times',
        bound: 'at most',
        goal: 1.1,
      }),
    ],
  };
}

import { documentOf } from '../documents.ts';
import { figure, goalOf, throughputGoal, type Outcome } from '../outcome.ts';
import { interleave, summary } from '../rounds.ts';
import type { Stage } from '../stage.ts';
import { gatewayOf, limitOf, proveAlike } from './nested.ts';

/** The question of `nested`, asked again and again by all callers, with the memory that the gateway has by default. */
export async function same(stage: Stage): Promise<Outcome> {
  const comparison = await stage.comparison();
  const limit = limitOf(comparison);
  const gateway = gatewayOf(comparison, documentOf('nested'));
  await proveAlike(limit, gateway);
  const { connections } = stage.options;
  const [ofLimit = [], ofGateway = []] = await interleave(stage, 'same', [limit, gateway], { connections });
  return {
    lacking: null,
    figures: [figure('same', 'limit', ofLimit), figure('same', 'gateway', ofGateway)],
    goals: [
      throughputGoal('same', 'the limit', { ofGateway, ofOther: ofLimit }, 4),
      goalOf({
        scenario: 'same',
        what: 'vendor calls a query',
        measured: summary(ofGateway).vendorCallsPerRequest,
        range: null,
        byCpu: null,
        unit: 'calls',
        bound: 'at most',
        goal: 2,
      }),
    ],
  };
}

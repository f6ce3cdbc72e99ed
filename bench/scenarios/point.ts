import { graphqlContestant, restContestant } from '../contestants.ts';
import { documentOf, withoutMemory } from '../documents.ts';
import { figure, throughputGoal, type Outcome } from '../outcome.ts';
import { interleave } from '../rounds.ts';
import type { Stage } from '../stage.ts';
import { proveAlike } from './nested.ts';

/** One secret by its ids, of another client each time: with nothing remembered from one request to the next. */
export async function point(stage: Stage): Promise<Outcome> {
  const { gateway, limit, vendor, provider } = await stage.comparison();
  const { tenant, clients } = vendor;
  const secret = '2';
  const asked = [
    restContestant(
      'limit',
      limit,
      { authorization: `Bearer ${limit.token}` },
      clients.map((client) => `/tenants/${tenant}/clients/${client}/secrets/${secret}`),
    ),
    graphqlContestant(
      'gateway',
      gateway,
      { authorization: `Bearer ${gateway.token}` },
      withoutMemory(documentOf('point'), gateway.schema),
      clients.map((client) => ({ provider, tenant, client: `cc:${client}`, secret })),
    ),
  ] as const;
  await proveAlike(...asked);
  const { connections } = stage.options;
  const [ofLimit = [], ofGateway = []] = await interleave(stage, 'point', asked, { connections });
  return {
    lacking: null,
    figures: [figure('point', 'limit', ofLimit), figure('point', 'gateway', ofGateway)],
    goals: [throughputGoal('point', 'the limit', { ofGateway, ofOther: ofLimit }, 0.5)],
  };
}

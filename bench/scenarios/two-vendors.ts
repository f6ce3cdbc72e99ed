import { graphqlContestant } from '../contestants.ts';
import { documentOf, withoutMemory } from '../documents.ts';
import { figure, goalOf, type Outcome } from '../outcome.ts';
import { interleave, summary } from '../rounds.ts';
import type { Stage } from '../stage.ts';
import { VENDOR_LATENCY_MS } from './one-caller.ts';

/** One question to two vendors at once, against the same to each of them alone. */
export async function twoVendors(stage: Stage): Promise<Outcome> {
  const { gateway, provider, vendor, second } = await stage.comparison();
  const headers = { authorization: `Bearer ${gateway.token}` };
  const live = (name: 'nested' | 'two-vendors') => withoutMemory(documentOf(name), gateway.schema);
  const ask = (name: string, document: string, variables: object) =>
    graphqlContestant(name, gateway, headers, document, [variables]);
  const other = { otherProvider: second.provider, otherTenant: second.vendor.tenant };
  const asked = [
    ask('one vendor', live('nested'), { provider, tenant: vendor.tenant }),
    ask('the other', live('nested'), { provider: second.provider, tenant: second.vendor.tenant }),
    ask('both', live('two-vendors'), { provider, tenant: vendor.tenant, ...other }),
  ];
  const all = [provider, second.provider];
  for (const it of all) await stage.vendors.set(it, { latencyMs: VENDOR_LATENCY_MS });
  const rounds = await interleave(stage, 'two-vendors', asked, { connections: 1 });
  for (const it of all) await stage.vendors.set(it, {});
  const [one = Number.NaN, two = Number.NaN, both = Number.NaN] = rounds.map((it) => summary(it).p50Ms);
  return {
    lacking: null,
    figures: asked.map(({ name }, i) => figure('two-vendors', name, rounds[i] ?? [])),
    goals: [
      goalOf({
        scenario: 'two-vendors',
        what: 'p50, of that of the slower one alone',
        measured: both / Math.max(one, two),
        range: null,
        byCpu: null,
        unit: 'times',
        bound: 'at most',
        goal: 1.15,
      }),
    ],
  };
}

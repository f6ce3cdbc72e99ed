import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { startGateway } from '../gateway.ts';
import { goalOf, type Outcome } from '../outcome.ts';
import type { Stage } from '../stage.ts';
import type { Size } from '../vendor/questions.ts';

const SIZE: Size = { clients: 10_000, secrets: [10, 10] };
const DEADLINE_MS = 15 * 60_000;

/** The gateway looks through a vendor that holds 100 000 secrets: how much memory it ever takes. */
export async function sweep(stage: Stage): Promise<Outcome> {
  const { gateway: small } = await stage.comparison();
  if (small.schema.getQueryType()?.getFields()['clientSecrets'] === undefined)
    return { lacking: 'the gateway has no inventory that it sweeps for (clientSecrets)' };
  const vendor = await stage.vendors.open('vast', SIZE);
  const url = await stage.databases.create('sweep');
  const gateway = await startGateway({ databaseUrl: url, vendors: { vast: vendor } });
  const database = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const expected = SIZE.clients * SIZE.secrets[0];
    const startedAt = performance.now();
    let [found, told] = [0, 0];
    while (found < expected) {
      if (performance.now() - startedAt > DEADLINE_MS)
        throw new Error(`the sweep has found ${found} of ${expected} in time`);
      await pause(1000);
      const [row] = await database<{ found: number }[]>`select count(*)::int as found from inventory_secrets`;
      found = row?.found ?? 0;
      if (found - told < expected / 10) continue;
      told = found;
      stage.progress(`sweep: ${found} secrets`);
    }
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    return {
      lacking: null,
      figures: [],
      goals: [
        goalOf({
          scenario: 'sweep',
          what: `most memory, ${expected} secrets in ${seconds} s`,
          measured: gateway.peakMiB() ?? Number.NaN,
          range: null,
          byCpu: null,
          unit: 'MiB',
          bound: 'at most',
          goal: 400,
        }),
      ],
    };
  } finally {
    await database.end();
    await gateway.stop();
  }
}

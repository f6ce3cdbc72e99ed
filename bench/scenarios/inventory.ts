import { z } from 'zod';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { graphqlContestant } from '../contestants.ts';
import { documentOf } from '../documents.ts';
import { prepareGateway, startPrepared, type GatewayHome, type RunningGateway } from '../gateway.ts';
import { makeInventory } from '../inventory-seed.ts';
import { figure, goalOf, type Figure, type Goal, type Outcome } from '../outcome.ts';
import { interleave, summary } from '../rounds.ts';
import type { Stage } from '../stage.ts';
import { range } from '../statistics.ts';
import type { OpenedVendor } from '../vendor/questions.ts';

/** Besides the local one. */
const PROVIDERS = ['one', 'two', 'three', 'four', 'five'];
const PAGE = 20;
const FAR = 1000;
const MOST_AT_ONCE = 100;

/** What ends in the next fourteen days, out of everything that every provider holds: its first page, and one far behind. */
export async function inventory(stage: Stage): Promise<Outcome> {
  const { gateway } = await stage.comparison();
  if (gateway.schema.getQueryType()?.getFields()['clientSecrets'] === undefined)
    return { lacking: 'the gateway has no list of the secrets of all providers (clientSecrets)' };
  const vendors: Record<string, OpenedVendor> = {};
  for (const name of PROVIDERS)
    vendors[name] = await stage.vendors.open(name, { clients: 1, secrets: [1, 1] });

  const url = await stage.databases.create('inventory');
  const large = prepareGateway({ databaseUrl: url, vendors });
  const database = { kind: 'postgresql', url: new SecretValue(url) } as const;
  const onPostgresql = await measure(stage, {
    where: 'PostgreSQL',
    home: large,
    database,
    secrets: 1_000_000,
    goalMs: 25,
  });

  const small = prepareGateway({ databaseUrl: null, vendors });
  const embedded = { kind: 'pglite', directory: small.dataDirectory } as const;
  const onPglite = await measure(stage, {
    where: 'embedded',
    home: small,
    database: embedded,
    secrets: 100_000,
    goalMs: 60,
  });
  return {
    lacking: null,
    figures: [...onPostgresql.figures, ...onPglite.figures],
    goals: [...onPostgresql.goals, ...onPglite.goals],
  };
}

interface Case {
  readonly where: string;
  readonly home: GatewayHome;
  readonly database: Parameters<typeof makeInventory>[0];
  readonly secrets: number;
  readonly goalMs: number;
}

async function measure(
  stage: Stage,
  { where, home, database, secrets, goalMs }: Case,
): Promise<{ figures: Figure[]; goals: Goal[] }> {
  stage.progress(`inventory, ${where}: ${secrets} secrets are made`);
  await makeInventory(database, { secrets, providers: ['local', ...PROVIDERS] });
  const gateway = await startPrepared(home);
  try {
    const size = await pageSize(gateway);
    const after = await cursorAhead(gateway, size * (FAR - 1));
    const headers = { authorization: `Bearer ${gateway.token}` };
    const ask = (name: string, document: 'inventory' | 'inventory-whole', variables: object) =>
      graphqlContestant(`${where}, ${name}`, gateway, headers, documentOf(document), [variables]);
    const asked = [
      ask('first page', 'inventory', { first: PAGE }),
      ask(`page ${FAR} of ${size} each`, 'inventory', { first: size, after }),
      ask('first page, counted, with clients', 'inventory-whole', { first: PAGE }),
    ];
    const rounds = await interleave(stage, 'inventory', asked, { connections: 1 });
    const goals = rounds.slice(0, 2).map((it, i) =>
      goalOf({
        scenario: 'inventory',
        what: `p99, ${asked[i]?.name}`,
        measured: summary(it).p99Ms,
        range: range(it.map(({ p99Ms }) => p99Ms)),
        byCpu: null,
        unit: 'ms',
        bound: 'at most',
        goal: goalMs,
      }),
    );
    return { figures: asked.map(({ name }, i) => figure('inventory', name, rounds[i] ?? [])), goals };
  } finally {
    await gateway.stop();
  }
}

const counted = z.object({ clientSecrets: z.object({ totalCount: z.number() }) });
const listed = z.object({
  clientSecrets: z.object({
    pageInfo: z.object({ endCursor: z.string().nullable(), hasNextPage: z.boolean() }),
  }),
});

/** So many that the list has a page as far behind as is asked for. */
async function pageSize(gateway: RunningGateway): Promise<number> {
  const { clientSecrets } = counted.parse(await gateway.ask(documentOf('inventory-whole'), { first: 1 }));
  return Math.max(1, Math.min(PAGE, Math.floor(clientSecrets.totalCount / FAR)));
}

/** The cursor behind which all but so many of the list lie. */
async function cursorAhead(gateway: RunningGateway, count: number): Promise<string | null> {
  let after: string | null = null;
  for (let seen = 0; seen < count; seen += MOST_AT_ONCE) {
    const first = Math.min(MOST_AT_ONCE, count - seen);
    const { clientSecrets } = listed.parse(await gateway.ask(documentOf('inventory'), { first, after }));
    after = clientSecrets.pageInfo.endCursor;
  }
  return after;
}

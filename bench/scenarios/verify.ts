import { z } from 'zod';
import { graphqlContestant } from '../contestants.ts';
import { documentOf } from '../documents.ts';
import type { RunningGateway } from '../gateway.ts';
import { figure, goalOf, type Outcome } from '../outcome.ts';
import { interleave, summary } from '../rounds.ts';
import { range } from '../statistics.ts';
import type { Stage } from '../stage.ts';

/** So many clients, so that not all callers count the uses of one and the same secret. */
const CLIENTS = 100;

/** What a service asks on each login: is this the value of that client? Each yes is counted in PostgreSQL before it is given. */
export async function verify(stage: Stage): Promise<Outcome> {
  const { gateway } = await stage.comparison();
  const inputs = await issueSecrets(gateway);
  const headers = { authorization: `Bearer ${gateway.token}` };
  const document = documentOf('verify');
  const contestant = graphqlContestant(
    'gateway',
    gateway,
    headers,
    document,
    inputs.map((input) => ({ input })),
  );
  const asked = z.object({ verifyClientSecret: z.object({ valid: z.literal(true) }) });
  for (const input of inputs) asked.parse(await gateway.ask(document, { input }));
  const { connections } = stage.options;
  const [rounds = []] = await interleave(stage, 'verify', [contestant], { connections });
  const { perSecond, cpuMsPerRequest } = summary(rounds);
  return {
    lacking: null,
    figures: [figure('verify', 'gateway', rounds)],
    goals: [
      goalOf({
        scenario: 'verify',
        what: 'requests/s on one core',
        measured: perSecond,
        range: range(rounds.map((it) => it.perSecond)),
        byCpu: cpuMsPerRequest === null ? null : 1000 / cpuMsPerRequest,
        unit: '/s',
        bound: 'at least',
        goal: 1000,
      }),
    ],
  };
}

const tenantMade = z.object({ createTenant: z.object({ tenant: z.object({ id: z.string() }) }) });
const clientMade = z.object({
  createClient: z.object({ client: z.object({ id: z.string(), clientId: z.string() }) }),
});
const secretMade = z.object({
  createClientSecret: z.object({ issued: z.object({ value: z.string() }) }),
});

/** A secret for each of new clients of the local provider. */
async function issueSecrets({ ask }: RunningGateway): Promise<{ clientId: string; value: string }[]> {
  const tenant = tenantMade.parse(
    await ask(
      `mutation($input: CreateTenantInput!) {
        createTenant(input: $input) { ... on CreateTenantSuccess { tenant { id } } }
      }`,
      { input: { provider: 'local', name: 'Logins' } },
    ),
  ).createTenant.tenant.id;
  const inputs = [];
  for (let nth = 0; nth < CLIENTS; nth += 1) {
    const { id, clientId } = clientMade.parse(
      await ask(
        `mutation($input: CreateClientInput!) {
          createClient(input: $input) { ... on CreateClientSuccess { client { id clientId } } }
        }`,
        { input: { tenant, name: `service-${nth}` } },
      ),
    ).createClient.client;
    const { value } = secretMade.parse(
      await ask(
        `mutation($input: CreateClientSecretInput!) {
          createClientSecret(input: $input) { ... on CreateClientSecretSuccess { issued { value } } }
        }`,
        { input: { client: id } },
      ),
    ).createClientSecret.issued;
    inputs.push({ clientId, value });
  }
  return inputs;
}

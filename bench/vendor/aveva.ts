import { z } from 'zod';
import { DAY } from '../../src/domain/duration.ts';
import { createAvevaSimulator, type SimulatedTenant } from '../../src/providers/aveva/simulator.ts';
import { record, type Recorder } from './recorder.ts';
import type { OpenedVendor, Size } from './questions.ts';

/** Of more clients the answers are learnt while they are asked for. */
const MOST_LEARNT = 1000;
const PAGE = 50;
const grant = z.object({ access_token: z.string() });
const page = z.array(z.object({ Id: z.string() }));

/** Asks for all that `nested` asks for, so that nobody who is measured is the first to. */
async function learn({ origin, takeCounts }: Recorder, { id, gateway }: SimulatedTenant): Promise<void> {
  const form = { grant_type: 'client_credentials', client_id: gateway.clientId };
  const body = new URLSearchParams({ ...form, client_secret: gateway.clientSecret });
  const granted = await fetch(`${origin}/identity/connect/token`, { method: 'POST', body });
  const authorization = `Bearer ${grant.parse(await granted.json()).access_token}`;
  const get = (path: string) =>
    fetch(`${origin}/api/v1/Tenants/${id}${path}`, { headers: { authorization } });
  const clients = '/ClientCredentialClients';
  await (await get('')).text();
  const listed = page.parse(await (await get(`${clients}?skip=0&count=${PAGE}`)).json());
  for (const { Id } of listed) await (await get(`${clients}/${Id}/Secrets`)).text();
  takeCounts();
}

/** Of the kinds of vendor, the one that gives what `nested` asks for in one call for the clients and one for each one's secrets. */
export async function openAveva({ clients, secrets: [fewest, most] }: Size): Promise<{
  readonly recorder: Recorder;
  readonly opened: OpenedVendor;
}> {
  const clock = { now: () => new Date() };
  const simulator = await createAvevaSimulator({ dialect: 'v1', clock, tokenLifetime: 86_400 });
  const now = clock.now().getTime();
  const ids = Array.from({ length: clients }, (_, i) => {
    const client = simulator.seedClient({ Name: `service-${i}` });
    for (let nth = 0; nth < fewest + (i % (most - fewest + 1)); nth += 1) {
      // One of each client's has ended, one never ends, and the others go on for some months.
      const expiration = nth === 1 ? null : new Date(now + (nth === 0 ? -DAY : (nth + i) * 7 * DAY));
      simulator.seedSecret(client, { description: `service-${i} ${nth}`, expiration });
    }
    return client;
  });
  const [tenant] = simulator.tenants;
  // The gateway's own client is the first in the list, and has one secret so far.
  for (let nth = 1; nth < fewest; nth += 1) simulator.seedSecret(tenant.gateway.clientId, {});
  const recorder = await record(simulator.origin);
  if (clients <= MOST_LEARNT) await learn(recorder, tenant);
  return {
    recorder,
    opened: { url: recorder.origin, tenant: tenant.id, ...tenant.gateway, clients: ids },
  };
}

import { DAY } from '../../src/domain/duration.ts';
import { createAvevaSimulator } from '../../src/providers/aveva/simulator.ts';
import { record, type Recorder } from './recorder.ts';
import type { OpenedVendor, Size } from './questions.ts';

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
  return {
    recorder,
    opened: { url: recorder.origin, tenant: tenant.id, ...tenant.gateway, clients: ids },
  };
}

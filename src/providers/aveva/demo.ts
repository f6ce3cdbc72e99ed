import { DAY } from '../../domain/duration.ts';
import type { DemoVendor } from '../../provider-kit/demo-vendor.ts';
import { createAvevaSimulator } from './simulator.ts';

const SERVICES = ['line-7-collector', 'historian-export', 'maintenance-forecast'];

/** Its secrets are some weeks old: one ended, one is about to, one goes on, and one never ends. */
export const demo: DemoVendor = {
  name: 'plant',
  async start(clock) {
    const vendor = await createAvevaSimulator({
      dialect: 'v1',
      clock,
      tenants: ['Contoso Plant', 'Fabrikam'],
    });
    const ends = (days: number) => new Date(clock.now().getTime() + days * DAY);
    for (const { id: tenant } of vendor.tenants) {
      for (const Name of SERVICES) {
        const client = vendor.seedClient({ tenant, Name });
        vendor.seedSecret(client, { description: `${Name} 2026Q1`, expiration: ends(30) });
        vendor.seedSecret(client, { description: `${Name} 2026Q2`, expiration: ends(67) });
        vendor.seedSecret(client, { description: `${Name} 2026Q3`, expiration: ends(180) });
      }
      const portal = vendor.seedClient({ tenant, kind: 'HybridClients', Name: 'operator-portal' });
      vendor.seedSecret(portal, { description: 'does not expire' });
      vendor.seedUser({ tenant, GivenName: 'Ada', Surname: 'Byron' });
      vendor.seedUser({ tenant, GivenName: 'Grace', Surname: 'Hopper' });
      vendor.seedAutomationIdentity({ tenant, Name: 'edge-gateway' });
    }
    const tenants = vendor.tenants.map(({ id, gateway }) => ({ id, ...gateway }));
    return { kind: 'aveva', url: vendor.origin, tenants };
  },
};

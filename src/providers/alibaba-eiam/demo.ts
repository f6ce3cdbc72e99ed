import { DAY } from '../../domain/duration.ts';
import type { DemoVendor } from '../../provider-kit/demo-vendor.ts';
import { createAlibabaEiamSimulator } from './simulator.ts';

export const demo: DemoVendor = {
  name: 'eiam-frankfurt',
  async start(clock) {
    const vendor = await createAlibabaEiamSimulator({ clock });
    const tenant = vendor.seedInstance('Northwind');
    const user = vendor.seedUser(tenant, 'Zoë Ito');
    for (const [i, name] of ['billing-worker', 'mailer', 'search-api'].entries()) {
      const of = { tenant, client: vendor.seedApplication(tenant, { name }) };
      vendor.letUse(of, user);
      vendor.seedSecret(of);
      if (i > 0) vendor.seedSecret(of, { expiresAt: new Date(clock.now().getTime() + i * 50 * DAY) });
    }
    const { id: accessKeyId, secret: accessKeySecret } = vendor.accessKey;
    return { kind: 'alibaba-eiam', url: vendor.origin, accessKeyId, accessKeySecret };
  },
};

import type { DemoVendor } from '../../provider-kit/demo-vendor.ts';
import { createZstackSimulator } from './simulator.ts';

export const demo: DemoVendor = {
  name: 'zsphere',
  async start(clock) {
    const vendor = await createZstackSimulator({ product: 'zsphere', clock });
    for (const name of ['corp-sso', 'partner-portal']) vendor.seedSecret(vendor.seedClient({ name }));
    vendor.seedClient({ name: 'staging-sso' });
    vendor.seedAccount('operations');
    const { origin: url, account, password } = vendor;
    return { kind: 'zstack', url, product: 'zsphere', account, password };
  },
};

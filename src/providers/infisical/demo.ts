import type { DemoVendor } from '../../provider-kit/demo-vendor.ts';
import { createInfisicalSimulator } from './simulator.ts';

export const demo: DemoVendor = {
  name: 'infisical-eu',
  async start(clock) {
    const vendor = await createInfisicalSimulator({ generation: 'current', clock });
    const { origin: url, organizationId, gateway } = vendor;
    const { clientId, clientSecret } = gateway;
    return { kind: 'infisical', url, organizationId, clientId, clientSecret };
  },
};

import { DAY, HOUR } from '../../domain/duration.ts';
import type { DemoVendor } from '../../provider-kit/demo-vendor.ts';
import { createLaunchDarklySimulator } from './simulator.ts';

export const demo: DemoVendor = {
  name: 'flags',
  async start(clock) {
    const vendor = await createLaunchDarklySimulator({ clock });
    const used = (beforeMs: number) => new Date(clock.now().getTime() - beforeMs);
    const grace = vendor.seedMember({ email: 'grace@example.com', firstName: 'Grace', lastName: 'Hopper' });
    vendor.seedOAuthClient({ name: 'Release dashboard', description: 'internal' });
    vendor.seedOAuthClient({ name: 'Status page', redirectUri: 'https://status.example.com/callback' });
    vendor.seedToken({ memberId: grace, fields: { name: 'laptop' }, lastUsed: used(DAY) });
    vendor.seedToken({
      memberId: grace,
      serviceToken: true,
      fields: { name: 'ci', description: 'deploys flags', role: 'writer' },
      lastUsed: used(HOUR),
    });
    const { origin: url, gateway } = vendor;
    const { accessToken } = gateway;
    return { kind: 'launchdarkly', url, name: 'Example Inc.', accessToken, accessTokens: true };
  },
};

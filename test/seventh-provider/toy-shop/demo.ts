import type { DemoVendor } from '../../../src/provider-kit/demo-vendor.ts';

export const demo: DemoVendor = {
  name: 'toys',
  start: async () => ({ kind: 'toy-shop', shelf: 'top' }),
};

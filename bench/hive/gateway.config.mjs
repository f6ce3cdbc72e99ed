import { defineConfig } from '@graphql-hive/gateway';

/** As it comes, but for where the vendor is and the token that it is asked with. */
export const gatewayConfig = defineConfig({
  transportEntries: {
    aveva: {
      location: process.env.VENDOR,
      headers: [['Authorization', `Bearer ${process.env.VENDOR_TOKEN}`]],
    },
  },
});

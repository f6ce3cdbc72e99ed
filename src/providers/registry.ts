/** Every kind of provider, one line each, in alphabetical order. Whatever depends on the kinds derives from this. */
export { alibabaEiam } from './alibaba-eiam/provider.ts';
export { aveva } from './aveva/provider.ts';
export { infisical } from './infisical/provider.ts';
export { launchdarkly } from './launchdarkly/provider.ts';
export { local } from './local/provider.ts';
export { zstack } from './zstack/provider.ts';

/** Every kind of provider, one line each, in alphabetical order. Whatever depends on the kinds derives from this. */
export { infisical } from './infisical/provider.ts';
export { local } from './local/provider.ts';

import { inspect } from 'node:util';
import { HOUR, MINUTE } from '../../../src/domain/duration.ts';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import { FIRST_PAGE, type Opened } from './open-launchdarkly.ts';

/** Does the adapter keep it, before this vendor? */
export type Promised = (it: Opened) => Promise<boolean>;

const codeOf = (outcome: Promise<unknown> | undefined) =>
  Promise.resolve(outcome).then(
    () => 'done',
    (error: unknown) => (error instanceof ProviderError ? error.code : 'bug'),
  );

export const overlaps: Promised = async ({ provider, seedToken, clock, call, accepts }) => {
  const { secret, value } = seedToken();
  const oldEndsAt = new Date(clock.now().getTime() + HOUR);
  const issued = await provider.replaceSecret?.(secret, { value: null, oldEndsAt }, call);
  clock.pass(HOUR - MINUTE);
  const overlap = (await accepts(value)) && (await accepts(issued?.value.reveal() ?? ''));
  clock.pass(2 * MINUTE);
  return overlap && !(await accepts(value));
};

export const endsAtOnce: Promised = async ({ provider, seedToken, call, accepts }) => {
  const { secret, value } = seedToken();
  await provider.replaceSecret?.(secret, { value: null, oldEndsAt: null }, call);
  return !(await accepts(value));
};

export const leaksNothing: Promised = async ({ provider, seedToken, tenant, call }) => {
  const { client, secret, value } = seedToken();
  const told = [
    await provider.getClients([client], call),
    await provider.listClients([tenant], FIRST_PAGE, call),
    await provider.getSecrets([secret], call),
  ];
  return !inspect(told, { depth: null }).includes(value);
};

export const revokedIsTrue: Promised = async ({ provider, seedToken, call, accepts }) => {
  const { secret, value } = seedToken();
  const outcome = await codeOf(provider.revokeSecret?.(secret, call));
  return outcome !== 'done' || !(await accepts(value));
};

export const isNotRepeated: Promised = async ({ provider, simulator, seedToken, call }) => {
  const { secret } = seedToken();
  simulator.inject({ match: ({ method }) => method === 'POST', kind: 'lost-reply' });
  await codeOf(provider.replaceSecret?.(secret, { value: null, oldEndsAt: null }, call));
  return simulator.resetsOf(secret.secret) === 1;
};

export const keepsToItsAccount: Promised = async ({ provider, seedToken, call, accepts }) => {
  const { secret, value } = seedToken();
  const other = seedToken();
  const elsewhere = { ...secret, tenant: '5f0000000000000000000009' };
  const outcomes = [
    await codeOf(provider.revokeSecret?.(elsewhere, call)),
    await codeOf(provider.deleteClient?.(elsewhere, call)),
    await codeOf(provider.revokeSecret?.({ ...secret, secret: other.secret.secret }, call)),
  ];
  return outcomes.every((code) => code === 'not_found') && (await accepts(value));
};

export const keepsItsOwnToken: Promised = async ({ provider, simulator, tenant, call, accepts }) => {
  const { tokenId, accessToken } = simulator.gateway;
  const client = { ...tenant, client: `token:${tokenId}` };
  const outcome = await codeOf(provider.revokeSecret?.({ ...client, secret: tokenId }, call));
  return outcome === 'conflict' && (await accepts(accessToken));
};

export const readsAnyDefault: Promised = async ({ provider, seedToken, tenant, call }) => {
  const { client } = seedToken();
  const [page] = await provider.listClients([tenant], FIRST_PAGE, call);
  return (
    page !== undefined && 'items' in page && page.items.some(({ node }) => node.id.client === client.client)
  );
};

export const tellsAMissingPermission: Promised = async ({ provider, simulator, seedToken, call }) => {
  const { client } = seedToken();
  const body = { code: 'unauthorized' };
  simulator.inject({ match: ({ path }) => /tokens\//.test(path), kind: { status: 401, body } });
  const [answer] = await provider.getClients([client], call);
  return answer instanceof ProviderError && answer.code === 'forbidden';
};

export const leavesTheAccountAlone: Promised = async ({ provider, simulator, seedToken, call }) => {
  const { client } = seedToken();
  await provider.getClients([client], call);
  await provider.getClients([client], call);
  const before = simulator.requests.length;
  await provider.getClients([client], call);
  return simulator.requests.length === before;
};

import { expect, it } from 'vitest';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { witnessed, type Sight, type Witness } from '../../src/provider-kit/layers/witness.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import type { Provider } from '../../src/provider-kit/provider.ts';
import { testClock } from '../test-clock.ts';
import { CLIENT, memoryProvider, SECRET, TENANT } from './memory-provider.ts';
import { callOf } from './test-upstream.ts';

const PAGE = { limit: 5, direction: 'forward', cursor: null, withTotal: false } as const;
const SECRETS = { ...PAGE, status: null } as const;
const ISSUED = { secret: SECRET, clientId: 'c', value: new SecretValue('a value that nobody may see') };
const pageWith = <T>(node: T) => ({
  items: [{ node, cursor: '1' }],
  hasNext: false,
  hasPrevious: false,
  totalCount: null,
});

/** Each call takes 40 ms of its own clock. What is shown stands in `sights`, without what is empty. */
function open(methods: Partial<Provider>, wants: Witness['wants'] = () => true) {
  const clock = testClock();
  const startedAt = clock.now();
  const sights: object[] = [];
  const asked: string[] = [];
  const note = ({ at, ...sight }: Sight) => {
    const shown = Object.entries(sight).filter(([, nodes]) => nodes.length > 0);
    sights.push({ ms: at.getTime() - startedAt.getTime(), ...Object.fromEntries(shown) });
  };
  const slow = Object.entries(methods).map(([name, method]) => [
    name,
    (...args: never[]) => {
      clock.pass(40);
      return (method as (...args: never[]) => unknown)(...args);
    },
  ]);
  const witness: Witness = {
    wants: (read) => (asked.push(read), wants(read)),
    saw: note,
    wrote: async (sight) => note(sight),
  };
  const provider = witnessed(memoryProvider(Object.fromEntries(slow)), witness, clock);
  return { provider, sights, asked };
}

it('a read shows what is there and what is not, as of when it began', async () => {
  const { provider, sights } = open({
    getTenants: async () => [TENANT, null],
    getClients: async () => [null, CLIENT],
    getSecrets: async () => [SECRET, new ProviderError('unavailable', 'It is down.')],
    listTenants: async () => pageWith(TENANT),
    listClients: async () => [pageWith(CLIENT)],
    listSecrets: async () => [pageWith(SECRET)],
  });
  const call = callOf();
  const other = { ...TENANT.id, tenant: 'other' };
  await provider.getTenants([TENANT.id, other], call);
  await provider.getClients([{ ...CLIENT.id, client: 'gone' }, CLIENT.id], call);
  await provider.getSecrets([SECRET.id, { ...SECRET.id, secret: 'unread' }], call);
  await provider.listTenants(PAGE, call);
  await provider.listClients([TENANT.id], PAGE, call);
  await provider.listSecrets([CLIENT.id], SECRETS, call);
  expect(sights).toEqual([
    { ms: 0, tenants: [TENANT], goneTenants: [other] },
    { ms: 40, clients: [CLIENT], goneClients: [{ ...CLIENT.id, client: 'gone' }] },
    { ms: 80, secrets: [SECRET] },
    { ms: 120, tenants: [TENANT] },
    { ms: 160, clients: [CLIENT] },
    { ms: 200, secrets: [SECRET] },
  ]);
});

it('a write shows its answer as of when it had ended, and never a value', async () => {
  const { provider, sights } = open({
    createTenant: async () => TENANT,
    updateTenant: async () => TENANT,
    deleteTenant: async () => undefined,
    createClient: async () => ({ client: CLIENT, issued: ISSUED }),
    updateClient: async () => CLIENT,
    deleteClient: async () => undefined,
    createSecret: async () => ISSUED,
    updateSecret: async () => SECRET,
    disableSecret: async () => SECRET,
    enableSecret: async () => SECRET,
    revokeSecret: async () => SECRET,
    replaceSecret: async () => ISSUED,
    revealSecret: async () => ISSUED,
  });
  const call = callOf();
  const none = { description: null, expiresAt: null, maxUses: null, value: null, retrievable: null };
  const newClient = {
    identity: null,
    name: '',
    description: null,
    kind: null,
    redirectUris: null,
    attributes: null,
  };
  await provider.createTenant?.({ name: '', description: null }, call);
  await provider.updateTenant?.(TENANT.id, {}, call);
  await provider.deleteTenant?.(TENANT.id, call);
  await provider.createClient?.(TENANT.id, newClient, call);
  await provider.updateClient?.(CLIENT.id, {}, call);
  await provider.deleteClient?.(CLIENT.id, call);
  await provider.createSecret?.(CLIENT.id, none, call);
  await provider.updateSecret?.(SECRET.id, {}, call);
  await provider.disableSecret?.(SECRET.id, call);
  await provider.enableSecret?.(SECRET.id, call);
  await provider.revokeSecret?.(SECRET.id, call);
  await provider.replaceSecret?.(SECRET.id, { value: null, oldEndsAt: null }, call);
  await provider.revealSecret?.(SECRET.id, call);
  expect(sights).toEqual([
    { ms: 40, tenants: [TENANT] },
    { ms: 80, tenants: [TENANT] },
    { ms: 120, goneTenants: [TENANT.id] },
    { ms: 160, clients: [CLIENT], secrets: [SECRET] },
    { ms: 200, clients: [CLIENT] },
    { ms: 240, goneClients: [CLIENT.id] },
    ...[280, 320, 360, 400, 440, 480].map((ms) => ({ ms, secrets: [SECRET] })),
  ]);
});

it('a write that fails shows nothing, and one that the vendor lacks is still lacking', async () => {
  const { provider, sights } = open({
    revokeSecret: () => Promise.reject(new ProviderError('unavailable', 'It is down.')),
  });
  await expect(provider.revokeSecret?.(SECRET.id, callOf())).rejects.toThrow('It is down.');
  expect([sights, provider.createSecret]).toEqual([[], undefined]);
});

it('is asked once for each key and page whether it wants them, and shown those alone', async () => {
  const wants = (read: string) => !read.includes('boring');
  const { provider, sights, asked } = open(
    { listSecrets: async (of) => of.map((id) => pageWith({ ...SECRET, id: { ...id, secret: 's' } })) },
    wants,
  );
  const boring = { ...CLIENT.id, client: 'boring' };
  const read = () => provider.listSecrets([CLIENT.id, boring], SECRETS, callOf());
  await read();
  expect(sights).toEqual([{ ms: 0, secrets: [SECRET] }]);
  expect(new Set(asked).size).toBe(2);
  await read();
  await provider.listSecrets([CLIENT.id], { ...SECRETS, cursor: '1' }, callOf());
  expect(new Set(asked).size).toBe(3);
});

it('two providers that list their tenants are shown both, of whichever is asked first', async () => {
  const asked = new Set<string>();
  const sights: Sight[] = [];
  const witness: Witness = {
    wants: (read) => !asked.has(read) && asked.add(read).has(read),
    saw: (sight) => void sights.push(sight),
    wrote: async () => {},
  };
  for (const name of ['a', 'b']) {
    const tenants = pageWith({ ...TENANT, id: { ...TENANT.id, provider: name } });
    const provider = { ...memoryProvider({ listTenants: async () => tenants }), name };
    await witnessed(provider, witness, testClock()).listTenants(PAGE, callOf());
  }
  expect(sights.flatMap(({ tenants }) => tenants.map(({ id }) => id.provider))).toEqual(['a', 'b']);
});

it('what is read in the background is not shown', async () => {
  const { provider, sights, asked } = open({
    getSecrets: async () => [SECRET],
    listTenants: async () => pageWith(TENANT),
    listClients: async () => [pageWith(CLIENT)],
  });
  const call = { ...callOf(), isBackground: true };
  await provider.getSecrets([SECRET.id], call);
  await provider.listTenants(PAGE, call);
  await provider.listClients([TENANT.id], PAGE, call);
  expect([sights, asked]).toEqual([[], []]);
});

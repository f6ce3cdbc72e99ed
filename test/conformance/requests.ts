import { describe, expect, it } from 'vitest';
import type { ReceivedRequest } from '../../src/provider-kit/received-request.ts';
import { FIRST_PAGE, one } from './answers.ts';
import { seedPlace } from './attempts.ts';
import type { Subject } from './harness.ts';
import { openWarm } from './warm-stage.ts';

const HARMLESS = new Set(['GET', 'HEAD']);

export function describeRequests(subject: Subject): void {
  const { open, vendor } = subject;
  if (vendor === null) return;
  const { isLogin } = vendor;
  const isHarmless = (request: ReceivedRequest) =>
    isLogin?.(request) || (vendor.isHarmless?.(request) ?? HARMLESS.has(request.method));

  describe('requests', () => {
    it('say who asks', async () => {
      const { sent, read, write, simulator } = await openWarm(subject, vendor);
      await read();
      await write();
      expect(sent().length).toBeGreaterThan(1);
      expect(simulator.requests.filter(({ headers }) => headers['user-agent'] !== 'keyfold')).toEqual([]);
    });

    it('of reads change nothing', async ({ skip }) => {
      const stage = await open();
      const { provider, simulator, call } = stage;
      const { tenant, identity, client, secret } = await seedPlace(stage);
      const before = simulator?.requests.length;
      await provider.listTenants(FIRST_PAGE, call);
      await one(provider.getTenants([tenant], call));
      await one(provider.listIdentities([tenant], FIRST_PAGE, call));
      await one(provider.getIdentities([identity], call));
      await one(provider.listClients([tenant], FIRST_PAGE, call));
      await one(provider.listClients([identity], FIRST_PAGE, call));
      await one(provider.getClients([client], call));
      await one(provider.listSecrets([client], FIRST_PAGE, call));
      await one(provider.getSecrets([secret], call));
      const sent = simulator?.requests.slice(before) ?? [];
      const isByMethod = sent.some(({ method }) => HARMLESS.has(method));
      skip(!isByMethod && vendor.isHarmless === undefined, 'its method says nothing: name isHarmless');
      expect(sent.length).toBeGreaterThan(0);
      expect(sent.filter((request) => !isHarmless(request))).toEqual([]);
    });
  });
}

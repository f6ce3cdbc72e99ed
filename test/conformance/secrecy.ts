import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { failureOf, FIRST_PAGE, found, newSecretOf } from './answers.ts';
import { CANARY, type Stage, type Subject } from './harness.ts';

export function describeSecrecy({ open, has, vendor }: Subject): void {
  describe('secrecy', () => {
    it('no read, line or URL holds a value that was issued, or what the gateway logs in with', async () => {
      const stage = await open();
      const { provider, seeds, call } = stage;
      const tenant = await seeds.tenant();
      const client = await seeds.client(tenant);
      const { id, value } = await seeds.secret(client);
      const issued = await provider.createSecret?.(client, newSecretOf(provider), call);
      const answers = [
        await provider.getSecrets([id], call),
        await provider.listSecrets([client], FIRST_PAGE, call),
        await provider.getClients([client], call),
        await provider.listClients([tenant], FIRST_PAGE, call),
        await provider.listIdentities([tenant], FIRST_PAGE, call),
        await provider.listTenants(FIRST_PAGE, call),
        has('revokeSecret') && (await provider.revokeSecret?.(id, call)),
        issued,
      ];
      expect(leaked(stage, answers, [value, issued?.value.reveal() ?? value])).toEqual([]);
    });

    it.skipIf(vendor === null)('nor does what is thrown, whatever the vendor says', async () => {
      const stage = await open();
      const client = await stage.seeds.client(await stage.seeds.tenant());
      const { value } = await stage.seeds.secret(client);
      const errors: unknown[] = [];
      for (const { status, body } of vendor?.refusals ?? []) {
        stage.simulator?.inject({
          match: vendor?.write.isIt ?? (() => true),
          times: 9,
          kind: { status, body },
        });
        errors.push(await failureOf(vendor?.write.send(stage, client)));
      }
      expect(errors.length).toBeGreaterThan(0);
      expect(leaked(stage, errors, [value, CANARY])).toEqual([]);
    });

    it('a message to the public names no input', async () => {
      const { provider, seeds, call } = await open();
      const client = await seeds.client(await seeds.tenant());
      await found(provider.getClients([client], call));
      const attributes = { [CANARY]: CANARY };
      const failures = await Promise.allSettled([
        provider.createSecret?.(client, { ...newSecretOf(provider), description: `${CANARY}\0` }, call),
        provider.createSecret?.({ ...client, client: CANARY }, newSecretOf(provider), call),
        provider.updateClient?.(client, { name: CANARY, attributes }, call),
        provider.createIdentity?.(client, { name: `${CANARY}\0`, kind: 'ACCOUNT', attributes }, call),
      ]);
      const shown = failures.flatMap((failure) => (failure.status === 'rejected' ? [failure.reason] : []));
      expect(shown.length).toBeGreaterThan(0);
      expect(inspect(shown, { depth: null, showHidden: true })).not.toContain(CANARY);
    });
  });
}

/** Which of the secrets stand in what was told, logged or sent as a URL. */
function leaked(stage: Stage, told: readonly unknown[], secrets: readonly string[]): readonly string[] {
  const urls = stage.simulator?.requests.map(({ path, query }) => `${path}?${query}`) ?? [];
  const everything = [
    inspect(told, { depth: null, showHidden: true }),
    JSON.stringify(told),
    ...stage.lines,
    ...urls,
  ].join('\n');
  return [...secrets, ...stage.credentials].filter((secret) => everything.includes(secret));
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describe, expect, test, vi } from 'vitest';
import { createInfisicalSimulator } from '../../src/providers/infisical/simulator.ts';
import * as registry from '../../src/providers/registry.ts';
import { infisicalEntry } from '../gateway.ts';
import { ask, shownToken, startProcess, workingFolder } from './keyfold-process.ts';

const KINDS = Object.values(registry).map(({ kind }: { readonly kind: string }) =>
  kind.toUpperCase().replace('-', '_'),
);

vi.setConfig({ testTimeout: 60_000 });

describe('a vendor that is not there', () => {
  test('keeps nobody from starting: its provider is DOWN, the others answer', async () => {
    const vendor = await createInfisicalSimulator({
      generation: 'current',
      clock: { now: () => new Date() },
    });
    await vendor.close();
    const cwd = workingFolder();
    writeFileSync(join(cwd, 'keyfold.yaml'), stringify({ providers: { far: infisicalEntry(vendor) } }));
    const keyfold = startProcess('main.ts', { cwd });
    const origin = await keyfold.ready;
    await expect.poll(() => keyfold.stdout(), { timeout: 20_000 }).toMatch(/^ {2}far: DOWN/m);
    expect(keyfold.stdout()).toMatch(/^ {2}local: UP/m);
    const query =
      '{ providers { name health { status } } tenants { nodes { name } failures { provider { name } code } } }';
    expect(await ask(origin, shownToken(keyfold.stdout()) ?? '', query)).toEqual({
      providers: [
        { name: 'local', health: { status: 'UP' } },
        { name: 'far', health: { status: 'DOWN' } },
      ],
      tenants: { nodes: [], failures: [{ provider: { name: 'far' }, code: 'PROVIDER_UNAVAILABLE' }] },
    });
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  });
});

describe('the demonstration', () => {
  test('answers one question from every provider with the command that it prints', async () => {
    const demo = startProcess('demo.ts', { cwd: workingFolder() });
    const origin = await demo.ready;
    await expect.poll(() => demo.stdout(), { timeout: 20_000 }).toContain('curl');
    const [, token = ''] = /Bearer (kf_[A-Za-z0-9_-]+)/.exec(demo.stdout()) ?? [];
    const [, body = ''] = /-d '(.*)'/.exec(demo.stdout()) ?? [];
    const { query } = JSON.parse(body);
    const answer = JSON.stringify(await ask(origin, token, query));
    for (const word of [...KINDS, 'ACTIVE', 'EXPIRED', 'DISABLED', 'REVOKED']) {
      expect(answer).toContain(word);
    }
    expect(answer).toContain('"failures":[]');
    const page = await fetch(`${origin}/graphql`, { headers: { Accept: 'text/html' } });
    expect(await page.text()).toContain(token);
    expect(demo.stderr()).not.toContain(token);
    demo.signal('SIGTERM');
    expect(await demo.exited).toBe(0);
  });
});

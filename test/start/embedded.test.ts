import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { ask, shownToken, startProcess, workingFolder } from './keyfold-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const TENANTS = '{ tenants { nodes { name } } }';
const CREATE =
  'mutation { createTenant(input: { provider: "local", name: "Acme" }) { ... on CreateTenantSuccess { tenant { name } } } }';

describe('a first start', () => {
  test('says where it is, shows the first token, and makes its data folder for its owner alone', async () => {
    const cwd = workingFolder();
    const keyfold = startProcess('main.ts', { cwd });
    const origin = await keyfold.ready;
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(keyfold.stdout()).toContain(join(cwd, '.keyfold'));
    await expect.poll(() => keyfold.stdout()).toMatch(/local: UP \(\d+ ms\)/);
    expect(statSync(join(cwd, '.keyfold/master.key')).mode & 0o777).toBe(0o600);
    const token = shownToken(keyfold.stdout());
    const viewer = { name: 'first', roles: [{ role: 'ADMIN', provider: null, tenant: null }] };
    const query = '{ viewer { name roles { role provider tenant } } }';
    expect(await ask(origin, token ?? '', query)).toEqual({ viewer });
  });

  test('shows the token on standard output alone, and never in the log', async () => {
    const keyfold = startProcess('main.ts', { cwd: workingFolder() });
    const origin = await keyfold.ready;
    const token = shownToken(keyfold.stdout()) ?? '';
    await ask(origin, token, CREATE);
    await expect
      .poll(() => keyfold.log())
      .toContainEqual(expect.objectContaining({ type: 'mutation', status: 200 }));
    expect(keyfold.stderr()).not.toContain(token);
    expect(keyfold.stderr()).not.toContain('Acme');
  });
});

describe('a restart', () => {
  test('loses nothing, and shows no token again', async () => {
    const cwd = workingFolder();
    const first = startProcess('main.ts', { cwd });
    const token = shownToken((await first.ready, first.stdout())) ?? '';
    await ask(await first.ready, token, CREATE);
    first.signal('SIGTERM');
    expect(await first.exited).toBe(0);

    const second = startProcess('main.ts', { cwd });
    expect(await ask(await second.ready, token, TENANTS)).toEqual({ tenants: { nodes: [{ name: 'Acme' }] } });
    expect(shownToken(second.stdout())).toBeNull();
  });

  test('loses nothing that was answered before the process was killed', async () => {
    const cwd = workingFolder();
    const first = startProcess('main.ts', { cwd });
    const token = shownToken((await first.ready, first.stdout())) ?? '';
    await ask(await first.ready, token, CREATE);
    first.signal('SIGKILL');
    await first.exited;

    const second = startProcess('main.ts', { cwd });
    expect(await ask(await second.ready, token, TENANTS)).toEqual({ tenants: { nodes: [{ name: 'Acme' }] } });
  });
});

describe('there is no start', () => {
  async function refusal(cwd: string, env: Record<string, string> = {}): Promise<string> {
    const keyfold = startProcess('main.ts', { cwd, env });
    expect(await keyfold.exited).toBe(1);
    expect(keyfold.stderr()).not.toMatch(/^ +at /m);
    return keyfold.stderr();
  }

  test('beside another process on the same data folder', async () => {
    const cwd = workingFolder();
    const first = startProcess('main.ts', { cwd });
    await first.ready;
    expect(await refusal(cwd)).toContain('KEYFOLD_DATA_DIR');
    expect(await ask(await first.ready, shownToken(first.stdout()) ?? '', TENANTS)).toEqual({
      tenants: { nodes: [] },
    });
  });

  test('on a port that is in use; the first token is shown all the same', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const keyfold = startProcess('main.ts', { cwd: workingFolder(), env: { PORT: port } });
    expect(await keyfold.exited).toBe(1);
    blocker.close();
    expect(keyfold.stderr()).toContain(`Port ${port} is in use`);
    expect(keyfold.stderr()).toContain('PORT');
    expect(shownToken(keyfold.stdout())).not.toBeNull();
  });

  test('with a keyfold.yaml that has faults: all are listed, and no value', async () => {
    const cwd = workingFolder();
    const yaml =
      'providers:\n  eu:\n    kind: infisicle\n  us:\n    kind: infisical\n    clientId: canary\n    clientSecrt: canary\n';
    writeFileSync(join(cwd, 'keyfold.yaml'), yaml);
    const text = await refusal(cwd, { HOST: '', PORT: '99999' });
    for (const path of ['PORT', 'providers.eu.kind', 'providers.us.clientId', 'providers.us.clientSecrt']) {
      expect(text).toContain(path);
    }
    expect(text).toContain('did you mean clientSecret?');
    expect(text).not.toContain('canary');
    expect(existsSync(join(cwd, '.keyfold'))).toBe(false);
  });

  test('with another master key than before', async () => {
    const cwd = workingFolder();
    const first = startProcess('main.ts', { cwd });
    await first.ready;
    first.signal('SIGTERM');
    await first.exited;
    const text = await refusal(cwd, { KEYFOLD_MASTER_KEY: Buffer.alloc(32, 1).toString('base64') });
    expect(text).toContain('KEYFOLD_MASTER_KEY');
  });
});

describe('a crash', () => {
  test('ends the process, and its message, which may hold anything, is not printed', async () => {
    const fault = 'process.on("SIGUSR2", () => Promise.reject(new TypeError("can" + "ary")))';
    const keyfold = startProcess('main.ts', {
      cwd: workingFolder(),
      env: { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(fault)}"` },
    });
    await keyfold.ready;
    keyfold.signal('SIGUSR2');
    expect(await keyfold.exited).toBe(1);
    expect(keyfold.log()).toContainEqual(
      expect.objectContaining({ error: 'TypeError', msg: 'the gateway crashed' }),
    );
    expect(keyfold.stdout() + keyfold.stderr()).not.toContain('canary');
  });
});

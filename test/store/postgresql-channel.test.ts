import { once } from 'node:events';
import { connect as connectTo, createServer, type AddressInfo, type Socket } from 'node:net';
import postgres from 'postgres';
import { afterEach, expect, test } from 'vitest';
import { drizzle } from 'drizzle-orm/postgres-js';
import { drizzleConfig } from '../../src/store/driver.ts';
import { openChannel, type Beat } from '../../src/store/postgresql-channel.ts';
import { createPostgresqlDatabase } from '../database.ts';

const OFTEN: Beat = { ms: 500, toBegin: 2 };
const NEVER: Beat = { ms: 60_000, toBegin: 1 };

interface Wire {
  readonly url: string;
  /** From now on nothing comes through on the connections that there are, and nobody is told. */
  fallSilent(): void;
  /** The next connection is taken, and nothing comes through on it. */
  takeOneInVain(): void;
  /** Ends them. */
  breakAll(): void;
  readonly connections: () => number;
}

let wire: Wire;
let channel: ReturnType<typeof openChannel>;
let heard: string[];
const ends: (() => Promise<unknown>)[] = [];

async function open(beat: Beat): Promise<void> {
  const database = await createPostgresqlDatabase();
  ends.unshift(() => database.drop());
  wire = await openWire(database.url);
  const direct = postgres(database.url, { max: 1 });
  ends.unshift(() => direct.end());
  const db = drizzle({ client: direct, ...drizzleConfig({}) });
  channel = openChannel(db, (how) => postgres(wire.url, { ...how, onnotice: () => {} }), beat);
  ends.unshift(() => channel.close());
  heard = [];
  await channel.listen({
    onText: (text) => heard.push(text),
    onListening: () => heard.push('listening'),
    onLost: () => heard.push('lost'),
  });
}
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function openWire(url: string): Promise<Wire> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let inVain = false;
  const server = createServer((near) => {
    if (inVain) {
      inVain = false;
      sockets.add(
        near
          .on('error', () => {})
          .on('close', () => sockets.delete(near))
          .resume(),
      );
      return;
    }
    const far = connectTo(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {}).on('close', () => (sockets.delete(from), to.destroy()));
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  const breakAll = () => sockets.forEach((socket) => socket.destroy());
  ends.unshift(async () => {
    breakAll();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: through.href,
    fallSilent: () => sockets.forEach((socket) => void socket.unpipe().resume()),
    takeOneInVain: () => void (inVain = true),
    breakAll,
    connections: () => sockets.size / 2,
  };
}

test('what is sent is heard', async () => {
  await open(NEVER);
  await channel.send('a');
  await expect.poll(() => heard).toEqual(['listening', 'a']);
});

test('a connection that breaks is lost, and there is another', async () => {
  await open(NEVER);
  wire.breakAll();
  await expect.poll(() => heard).toEqual(['listening', 'lost', 'listening']);
  await channel.send('b');
  await expect.poll(() => heard.at(-1)).toBe('b');
});

test('a connection that dies in silence is given up, once, and there is another', async () => {
  await open(OFTEN);
  wire.fallSilent();
  await expect.poll(() => heard).toEqual(['listening', 'lost', 'listening']);
  await expect.poll(wire.connections).toBe(1);
  await channel.send('c');
  await expect.poll(() => heard.at(-1)).toBe('c');
  expect(heard).toEqual(['listening', 'lost', 'listening', 'c']);
});

test('a connection that is taken and never answers is given up, and there is another', async () => {
  await open(OFTEN);
  wire.takeOneInVain();
  wire.breakAll();
  await expect.poll(() => heard).toEqual(['listening', 'lost', 'listening']);
  await expect.poll(wire.connections).toBe(1);
});

test('once it is closed it listens no more', async () => {
  await open(NEVER);
  await channel.close();
  await expect.poll(wire.connections).toBe(0);
  expect(heard).toEqual(['listening']);
});

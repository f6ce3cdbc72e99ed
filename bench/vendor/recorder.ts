import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Mode } from './questions.ts';

interface Recorded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
}

/** A vendor whose answers are ready before they are asked for. */
export interface Recorder {
  readonly origin: string;
  latencyMs: number;
  readonly setMode: (mode: Mode) => Promise<void>;
  /** Requests by method and path, ids left out, since the last time. */
  readonly takeCounts: () => Record<string, number>;
}

/**
 * Stands before a simulator of the vendor. What is asked for the first time is asked of it; from then on the same bytes
 * are the answer, so that no simulator is what a measurement waits for.
 */
export async function record(simulator: string): Promise<Recorder> {
  const known = new Map<string, Recorded>();
  const names = new Map<string, string>();
  let counted = new Map<string, number>();
  let mode: Mode = 'well';

  const server = createServer((request, response) => {
    const { method = 'GET', url = '/' } = request;
    const key = `${method} ${url}`;
    const name = names.get(key) ?? nameOf(method, url);
    names.set(key, name);
    counted.set(name, (counted.get(name) ?? 0) + 1);
    if (mode === 'silent') return;
    const found = known.get(key);
    // A body has to be taken off the connection, also where it changes nothing.
    request.resume();
    if (found === undefined) void learn(request, key).then((it) => later(response, it));
    else later(response, found);
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, 0);
  const origin = `http://127.0.0.1:${port}`;

  const learn = async (request: IncomingMessage, key: string): Promise<Recorded> => {
    const recorded = await ask(simulator, origin, request);
    if (recorded.status < 400) known.set(key, recorded);
    return recorded;
  };
  const later = (response: ServerResponse, { status, headers, body }: Recorded) => {
    const send = () => response.writeHead(status, headers).end(body);
    if (recorder.latencyMs === 0) send();
    else setTimeout(send, recorder.latencyMs);
  };

  const recorder: Recorder = {
    origin,
    latencyMs: 0,
    async setMode(next) {
      if (next !== 'refusing' && mode === 'refusing') await listen(server, port);
      if (next === 'refusing' && mode !== 'refusing') await close(server);
      // Whoever was kept waiting is let go.
      if (mode === 'silent' && next === 'well') server.closeAllConnections();
      mode = next;
    },
    takeCounts() {
      const taken = Object.fromEntries(counted);
      counted = new Map();
      return taken;
    },
  };
  return recorder;
}

/** The simulator's answer, in which it goes by the origin of its recorder. */
async function ask(simulator: string, origin: string, request: IncomingMessage): Promise<Recorded> {
  const { method = 'GET', url = '/', headers } = request;
  const sent = method === 'GET' ? null : await buffer(request);
  const given = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name));
  const response = await fetch(simulator + url, {
    method,
    headers: given.map(([name, value]) => [name, String(value)] as [string, string]),
    body: sent === null || sent.length === 0 ? null : new Uint8Array(sent),
    redirect: 'manual',
  });
  const text = (await response.text()).replaceAll(simulator, origin);
  const body = Buffer.from(text);
  const told = [...response.headers].filter(([name]) => !HOP_BY_HOP.has(name));
  return {
    status: response.status,
    headers: { ...Object.fromEntries(told), 'content-length': body.length },
    body,
  };
}

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

/** `GET /api/v1/Tenants/-/Secrets`: each part with a digit in it is taken for an id, but for versions. */
function nameOf(method: string, url: string): string {
  const [path = '/'] = url.split('?', 1);
  const parts = path.split('/').map((part) => (/\d/.test(part) && !/^v\d+\b/.test(part) ? '-' : part));
  return `${method} ${parts.join('/')}`;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', 1024, () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

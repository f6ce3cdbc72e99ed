import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReceivedRequest } from './received-request.ts';
import { bodyOf, isSpoiling, spoil, substitute, type Fault } from './simulator-fault.ts';

export interface SimulatorRequest {
  readonly method: string;
  /** As it came over the wire: still encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SimulatorReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text as it is. Undefined: no body. */
  readonly body?: unknown;
}

/** A vendor on loopback, over real HTTP. */
export interface Simulator {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** Every request that came, in order, as it came over the wire: still encoded. */
  readonly requests: readonly ReceivedRequest[];
  /** Faults are met in the order in which they were injected. */
  inject(fault: Fault): void;
  /** The most requests that were ever open at once. */
  readonly maxConcurrent: number;
  /** Ends what is open. */
  close(): Promise<void>;
}

/** Serves a vendor's handler; whatever the handler does with a request, it has done once when it answers. */
export async function serveSimulator(
  handler: (request: SimulatorRequest) => SimulatorReply | Promise<SimulatorReply>,
): Promise<Simulator> {
  const requests: ReceivedRequest[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  let open = 0;
  let maxConcurrent = 0;

  const takeFault = (request: ReceivedRequest): Fault['kind'] | null => {
    const met = faults.find(({ fault, left }) => left > 0 && (fault.match?.(request) ?? true));
    if (met === undefined) return null;
    met.left -= 1;
    return met.fault.kind;
  };

  const server = createServer((message, response) => {
    maxConcurrent = Math.max(maxConcurrent, ++open);
    response.once('close', () => (open -= 1));
    const received = receivedOf(message);
    requests.push(received);
    respond(message, response, handler, takeFault(received)).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    requests,
    inject: (fault) => faults.push({ fault, left: fault.times ?? 1 }),
    get maxConcurrent() {
      return maxConcurrent;
    },
    close: () => closeServer(server),
  };
}

async function respond(
  message: IncomingMessage,
  response: ServerResponse,
  handler: (request: SimulatorRequest) => SimulatorReply | Promise<SimulatorReply>,
  fault: Fault['kind'] | null,
): Promise<void> {
  const request = await read(message);
  if (typeof fault === 'object' && fault !== null && 'delayMs' in fault) await delay(fault.delayMs);
  else if (fault !== null && !isSpoiling(fault)) {
    return substitute(fault, response, message.socket.localPort ?? 0);
  }
  const reply = await handler(request);
  const { text, type } = bodyOf(reply.body);
  if (isSpoiling(fault)) spoil(fault, response, reply.status, text);
  else response.writeHead(reply.status, { ...type, ...reply.headers }).end(text);
}

function receivedOf(message: IncomingMessage): ReceivedRequest {
  const [path = '/', ...query] = (message.url ?? '/').split('?');
  const headers = Object.entries(message.headersDistinct).map(
    ([name, values]) => [name, (values ?? []).join(', ')] as const,
  );
  return {
    method: message.method ?? '',
    path,
    query: query.join('?'),
    headers: Object.fromEntries(headers),
  };
}

async function read(message: IncomingMessage): Promise<SimulatorRequest> {
  const { query, ...received } = receivedOf(message);
  return { ...received, query: new URLSearchParams(query), body: await readText(message) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator listens on no port');
  return address.port;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

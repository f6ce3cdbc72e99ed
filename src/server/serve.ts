import { createServer, type IncomingMessage } from 'node:http';
import { SECOND } from '../domain/duration.ts';
import type { Log } from '../domain/log.ts';
import type { SecretValue } from '../domain/secret-value.ts';
import type { Gateway } from '../gateway.ts';
import { drain, type Running } from './drain.ts';
import { asksForGraphiql, graphiql } from './graphiql.ts';
import { createExecutor } from './executor.ts';
import { graphqlEndpoint } from './graphql-endpoint.ts';
import { handleRequest, type Route } from './handle-request.ts';
import { livez, readyz } from './health.ts';
import { listen } from './listen.ts';

export interface ServeOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly log: Log;
  /** Filled in for whoever opens GraphiQL: for a demonstration, never for a gateway that holds anything. */
  readonly graphiqlToken?: SecretValue;
}

export interface Serving {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  /** Takes nothing new, and resolves when what was begun is over, or after ten seconds. */
  close(): Promise<void>;
}

const LIMITS = {
  /** A request has to be here whole by then. */
  requestTimeout: 30 * SECOND,
  headersTimeout: 10 * SECOND,
  connectionsCheckingInterval: SECOND,
} as const;

/** Rejects with ListenError where the address cannot be had. */
export async function serve(gateway: Gateway, options: ServeOptions): Promise<Serving> {
  const routeOf = routes(gateway, options);
  const running: Running = new Map();
  const server = createServer(LIMITS, (request, response) => {
    const handled = handleRequest(request, response, routeOf, options.log).finally(() =>
      running.delete(response),
    );
    running.set(response, handled);
    response.shouldKeepAlive &&= server.listening;
  });
  const origin = await listen(server, options);
  return { origin, close: () => drain(server, running) };
}

function routes(
  gateway: Gateway,
  { log, graphiqlToken }: ServeOptions,
): (request: IncomingMessage) => Route | null {
  const page: Route = { name: 'graphiql', answer: graphiql(graphiqlToken ?? null) };
  const execute = createExecutor(log, {
    writesHeard: () => gateway.writesHeard(),
    maxAgeMs: gateway.memoryMs,
  });
  const graphql: Route = { name: 'graphql', answer: graphqlEndpoint(gateway, execute) };
  const others = new Map<string, Route>([
    ['/livez', { name: 'livez', answer: livez }],
    ['/readyz', { name: 'readyz', answer: readyz(gateway) }],
  ]);
  return (request) => {
    const path = request.url?.split('?', 1)[0] ?? '/';
    if (path === '/graphql') return asksForGraphiql(request) ? page : graphql;
    return others.get(path) ?? null;
  };
}

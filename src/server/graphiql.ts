import type { IncomingMessage } from 'node:http';
import type { SecretValue } from '../domain/secret-value.ts';
import type { Exchange } from './exchange.ts';
import { renderGraphiqlPage, type GraphiqlPage } from './graphiql-page.ts';

/** Is this a browser that opens the address? */
export function asksForGraphiql({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true;
}

/** Rendered and compressed once, for the first who asks. */
export function graphiql(token: SecretValue | null): (exchange: Exchange) => Promise<void> {
  let page: Promise<GraphiqlPage> | null = null;
  return async ({ request, response }) => {
    page ??= renderGraphiqlPage(token);
    const { html, gzipped, policy } = await page;
    const zip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Vary', 'Accept, Accept-Encoding');
    if (zip) response.setHeader('Content-Encoding', 'gzip');
    const body = zip ? gzipped : html;
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length })
      .end(body);
  };
}

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { SecretValue } from '../domain/secret-value.ts';
import { graphiqlTabs } from './graphiql-tabs.ts';

export interface GraphiqlPage {
  readonly html: Buffer;
  readonly gzipped: Buffer;
  /** Content-Security-Policy: the page's one script, this origin, nothing else. */
  readonly policy: string;
}

/** GraphiQL with all that it needs in one file: it asks nobody but this gateway. `token`: filled in for the reader. */
export async function renderGraphiqlPage(token: SecretValue | null): Promise<GraphiqlPage> {
  const headers = JSON.stringify({ Authorization: `Bearer ${token?.reveal() ?? 'kf_...'}` }, null, 2);
  const defaultTabs = await graphiqlTabs(headers);
  // 9 MB and a quarter of a second: loaded when the first reader asks for it.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Keyfold',
    endpoint: '/graphql',
    headers,
    defaultHeaders: headers,
    defaultTabs,
    defaultEditorToolsVisibility: 'headers',
    schemaDescription: true,
  });
  const bytes = Buffer.from(html);
  return { html: bytes, gzipped: await promisify(gzip)(bytes), policy: policyFor(html) };
}

function policyFor(html: string): string {
  const script = html.slice(html.indexOf('<script>') + '<script>'.length, html.lastIndexOf('</script>'));
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    'worker-src blob:',
    // The editor writes its own styles into the page and carries its fonts and pictures with it.
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { serve } from '../../src/server/serve.ts';
import { recordingLog, startTestGateway, type TestGateway } from '../gateway.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];
let gateway: TestGateway;
let browser: Browser;

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: FLAGS });
});
afterAll(async () => {
  await browser.close();
  await gateway.close();
});

/** Every address that the page asked for, and everything that it complained about. */
async function open(origin: string): Promise<{ page: Page; asked: string[]; complaints: string[] }> {
  const page = await browser.newPage();
  const [asked, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${origin}/graphql`);
  await page.waitForSelector('.graphiql-query-editor .view-lines');
  return { page, asked, complaints };
}

/** In place of what stands there. */
async function typeHeaders(page: Page, text: string): Promise<void> {
  await page.click('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type(text);
}

/** The answer, as far as it is in view. */
function shown(page: Page): Promise<string> {
  return page.innerText('.graphiql-response');
}

/** Of all that was asked for, what is neither of this machine nor in the page itself. */
function outside(asked: readonly string[]): readonly string[] {
  return asked.filter((url) => !/^((blob:)?http:\/\/127\.0\.0\.1:|data:)/.test(url));
}

const PATIENCE = { timeout: 10_000 };

describe('GraphiQL in a browser', () => {
  test('loads, runs a query with the token that was typed in, and asks nobody but the gateway', async () => {
    const { page, asked } = await open(gateway.origin);
    await expect.poll(() => shown(page), PATIENCE).toContain('UNAUTHENTICATED');
    await typeHeaders(page, JSON.stringify({ Authorization: `Bearer ${gateway.token}` }));
    await page.click('.graphiql-execute-button');
    await expect.poll(() => shown(page), PATIENCE).toContain('viewer');
    expect(gateway.log.map(({ fields }) => fields['operation'])).toContain('FirstLook');
    expect(asked.length).toBeGreaterThan(2);
    expect(outside(asked)).toEqual([]);
  });

  test('of a demonstration works at once, under its own policy', async () => {
    gateway.log.length = 0;
    const log = recordingLog(gateway.log);
    const graphiqlToken = new SecretValue(gateway.token);
    const serving = await serve(gateway.gateway, { host: '127.0.0.1', port: 0, log, graphiqlToken });
    const { page, asked, complaints } = await open(serving.origin);
    await page.click('.graphiql-execute-button');
    await expect.poll(() => shown(page), PATIENCE).toContain('viewer');
    expect(gateway.log.map(({ fields }) => fields['operation'])).toContain('FirstLook');
    expect(complaints).toEqual([]);
    expect(outside(asked)).toEqual([]);
    await page.close();
    await serving.close();
  });
});

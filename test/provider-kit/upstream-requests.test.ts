import { expect, it, onTestFinished } from 'vitest';
import { createConnect } from '../../src/provider-kit/http-upstream.ts';
import { serveSimulator, type SimulatorRequest } from '../../src/provider-kit/simulator.ts';
import type { UpstreamOptions, UpstreamRequest } from '../../src/provider-kit/upstream.ts';
import { callOf, classify, CLOCK } from './test-upstream.ts';

async function sent(request: UpstreamRequest, options: Partial<UpstreamOptions> = {}, failFirst = false) {
  const seen: SimulatorRequest[] = [];
  const simulator = await serveSimulator((received) => {
    seen.push(received);
    return { status: failFirst && seen.length === 1 ? 503 : 200, body: {} };
  });
  onTestFinished(() => simulator.close());
  const connect = createConnect({ clock: CLOCK, limits: { backoffMs: 1 } });
  await connect({ origin: simulator.origin, classify, ...options }).send(request, callOf());
  return { seen, urls: simulator.requests.map(({ path, query }) => `${path}?${query}`) };
}

it('a query is encoded after RFC 3986, and a list repeats its name', async () => {
  const query = { id: ['a', 'b c'], q: "!'()*~+&=中", n: 1, gone: undefined, none: [], half: '\ud800' };
  const { urls } = await sent({ method: 'GET', path: '/things', query });
  expect(urls).toEqual(['/things?id=a&id=b%20c&q=%21%27%28%29%2A~%2B%26%3D%E4%B8%AD&n=1&half=%EF%BF%BD']);
});

it('a form is sent as one', async () => {
  const { seen } = await sent({ method: 'POST', path: '/token', form: { grant_type: 'x', secret: 'a&b c' } });
  expect(seen.map(({ body, headers }) => [body, headers['content-type']])).toEqual([
    ['grant_type=x&secret=a%26b+c', 'application/x-www-form-urlencoded'],
  ]);
});

it('an empty body may have a content type', async () => {
  const headers = { 'content-type': 'application/json' };
  const { seen } = await sent({ method: 'POST', path: '/reset', headers });
  expect(seen.map((request) => [request.body, request.headers['content-type']])).toEqual([
    ['', 'application/json'],
  ]);
});

it('each try is signed anew', async () => {
  let nonce = 0;
  const sign = ({ path }: UpstreamRequest) => ({ 'x-signature': `${path} ${(nonce += 1)}` });
  const { seen } = await sent({ method: 'GET', path: '/things' }, { sign }, true);
  expect(seen.map(({ headers }) => headers['x-signature'])).toEqual(['/things 1', '/things 2']);
});

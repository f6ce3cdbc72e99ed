import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { serveSimulator, type SimulatorRequest } from '../../src/provider-kit/simulator.ts';

async function serve() {
  const served: SimulatorRequest[] = [];
  const simulator = await serveSimulator((request) => {
    served.push(request);
    return { status: 201, headers: { 'x-id': '1' }, body: { at: request.path } };
  });
  onTestFinished(() => simulator.close());
  return { simulator, served };
}

/** Unlike `fetch`, it leaves the path as it is. */
function ask(origin: string, path: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    get(origin, { path }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    }).on('error', reject);
  });
}

it('the path is seen as it came over the wire', async () => {
  const { simulator, served } = await serve();
  expect(await ask(simulator.origin, '/a%2Fb/../c?d=%20e&f')).toEqual({
    status: 201,
    body: '{"at":"/a%2Fb/../c"}',
  });
  expect(simulator.requests).toMatchObject([{ method: 'GET', path: '/a%2Fb/../c', query: 'd=%20e&f' }]);
  expect([...(served[0]?.query ?? [])]).toEqual([
    ['d', ' e'],
    ['f', ''],
  ]);
});

it('faults meet the requests that they match, as often as they say, in order', async () => {
  const { simulator, served } = await serve();
  simulator.inject({ kind: { status: 500 }, times: 2, match: ({ path }) => path === '/a' });
  simulator.inject({ kind: { status: 502 } });
  const statuses: unknown[] = [];
  for (const path of ['/a', '/b', '/a', '/a']) statuses.push((await ask(simulator.origin, path)).status);
  expect([statuses, served.length]).toEqual([[500, 502, 500, 201], 1]);
});

it('a lost reply is one to something that was done; a reset request was not', async () => {
  const { simulator, served } = await serve();
  simulator.inject({ kind: 'lost-reply' });
  await expect(ask(simulator.origin, '/')).rejects.toThrow();
  simulator.inject({ kind: 'reset' });
  await expect(ask(simulator.origin, '/')).rejects.toThrow();
  expect(served).toHaveLength(1);
});

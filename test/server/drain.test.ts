import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { drain, type Running } from '../../src/server/drain.ts';
import { listen } from '../../src/server/listen.ts';

test('what never ends is ended when its time is over', async () => {
  const running: Running = new Map();
  const server = createServer((_, response: ServerResponse) => {
    running.set(response, new Promise(() => {}));
  });
  const origin = await listen(server, { host: '127.0.0.1', port: 0 });
  const sent = request(origin);
  const ended = once(sent, 'error');
  sent.end();
  await expect.poll(() => running.size).toBe(1);
  await drain(server, running, 50);
  const [error] = await ended;
  expect(error).toMatchObject({ code: 'ECONNRESET' });
});

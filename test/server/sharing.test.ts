import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../../src/service/caller.ts';
import type { Session } from '../../src/service/session.ts';
import { serve, type Serving } from '../../src/server/serve.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { CreateAccessTokenDocument } from '../generated/graphql.ts';

const CLIENTS = '{ tenants(providers: ["infisical"]) { nodes { name clients { nodes { name } } } } }';

let gateway: TestGateway;
let serving: Serving;
/** Of readers of everything, and of the local provider alone. */
let [reader, colleague, local] = ['', '', ''];
let [heard, looks] = [0, 0];
/** Whom it was executed for. */
const executions: Caller[] = [];
let [gate, open] = [Promise.resolve(), () => {}];

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
  [reader, colleague, local] = await Promise.all([
    makeToken('reader', { role: 'READER' }),
    makeToken('colleague', { role: 'READER' }),
    makeToken('local reader', { role: 'READER', provider: 'local' }),
  ]);
  const counting = {
    ...gateway.gateway,
    writesHeard: () => {
      looks += 1;
      return heard;
    },
    as: (caller: Caller) => {
      executions.push(caller);
      return held(gateway.gateway.as(caller));
    },
  };
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  serving = await serve(counting, { host: '127.0.0.1', port: 0, log });
});
afterAll(async () => {
  await serving.close();
  await gateway.close();
});
beforeEach(() => {
  [heard, looks] = [0, 0];
  executions.length = 0;
  gateway.log.length = 0;
  gate = new Promise((resolve) => (open = resolve));
});

function note(level: 'info' | 'warn' | 'error') {
  return (fields: Readonly<Record<string, unknown>>, message: string) =>
    void gateway.log.push({ level, fields, message });
}

async function makeToken(name: string, role: { role: 'READER'; provider?: string }): Promise<string> {
  const { createAccessToken } = await gateway.query(CreateAccessTokenDocument, {
    input: { name, roles: [role], expiresIn: 'P1D' },
  });
  if (!('value' in createAccessToken)) throw new Error(createAccessToken.message);
  return createAccessToken.value;
}

/** Its reads of providers wait until the gate is open. */
function held(session: Session): Session {
  const waiting = <T extends object>(reads: T): T =>
    new Proxy(reads, {
      get(target, name): unknown {
        const member: unknown = Reflect.get(target, name);
        if (name !== 'listTenants' || typeof member !== 'function') return member;
        return (...args: unknown[]) => gate.then((): unknown => Reflect.apply(member, target, args));
      },
    });
  return new Proxy(session, {
    get(target, name): unknown {
      const member: unknown = Reflect.get(target, name);
      if (name === 'read') return waiting(target.read);
      if (name !== 'recent' || typeof member !== 'function') return member;
      return (...args: unknown[]) => waiting(Reflect.apply(member, target, args) as object);
    },
  });
}

function ask(token: string, requestId: string, signal: AbortSignal | null = null): Promise<Response> {
  return fetch(`${serving.origin}/graphql`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${token}`,
      'X-Request-Id': requestId,
    },
    body: JSON.stringify({ query: CLIENTS }),
    signal,
  });
}

/** Once so many have come as far as to wait for one execution: who may join looks twice for writes, the first once. */
async function joined(requests: number): Promise<void> {
  await expect.poll(() => looks).toBe(2 * requests - 1);
}

describe('callers of the same rights who ask the same at once', () => {
  test('share one execution and its vendor calls; each has his own request id and line in the log', async () => {
    const callsBefore = gateway.infisical.requests.length;
    open();
    await ask(reader, 'alone');
    const callsOfOne = gateway.infisical.requests.length - callsBefore;
    await expect.poll(() => gateway.log).toHaveLength(1);
    gateway.log.length = 0;
    looks = 0;
    executions.length = 0;
    gate = new Promise((resolve) => (open = resolve));

    const ids = Array.from({ length: 8 }, (_, i) => `request-${i}`);
    const asked = ids.map((id, i) => ask(i % 2 === 0 ? reader : colleague, id));
    await joined(8);
    open();
    const answers = await Promise.all(asked);
    expect(executions).toHaveLength(1);
    expect(gateway.infisical.requests.length - callsBefore).toBeLessThanOrEqual(2 * callsOfOne);
    expect(answers.map(({ headers }) => headers.get('x-request-id'))).toEqual(ids);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    await expect.poll(() => gateway.log).toHaveLength(ids.length);
    expect(new Set(gateway.log.map(({ fields }) => fields['requestId']))).toEqual(new Set(ids));
    expect(new Set(gateway.log.map(({ fields }) => fields['actor'])).size).toBe(2);
  });

  test('execute for themselves where a write was heard of in between', async () => {
    const before = ask(reader, 'before');
    await joined(1);
    heard = 1;
    const after = ask(reader, 'after');
    await expect.poll(() => executions).toHaveLength(2);
    open();
    expect((await before).status).toBe(200);
    expect((await after).status).toBe(200);
  });

  test('execute for themselves where it failed, in what is left of their own time', async () => {
    let fail = () => {};
    gate = new Promise((_, reject) => (fail = () => reject(new Error('broken'))));
    const asked = [ask(reader, 'first')];
    await joined(1);
    asked.push(ask(reader, 'second'));
    await joined(2);
    const failedAt = performance.now();
    fail();
    for (const answer of asked) expect(await (await answer).json()).toHaveProperty('errors');
    expect(executions).toHaveLength(2);
    for (const { readsFrom } of executions) expect(readsFrom).toBeLessThan(failedAt);
  });
});

test('callers of other rights are never given that answer', async () => {
  const asked = [ask(reader, 'of all'), ask(local, 'of the local provider')];
  await expect.poll(() => executions).toHaveLength(2);
  open();
  const [all, own] = await Promise.all(asked.map(async (answer) => (await answer).text()));
  expect(all).toContain('"Acme"');
  expect(own).not.toContain('"Acme"');
});

test('a caller who leaves does not end it for the others', async () => {
  const leaving = new AbortController();
  const left = ask(reader, 'leaves', leaving.signal).catch(() => 'left');
  await joined(1);
  const stays = ask(colleague, 'stays');
  await joined(2);
  leaving.abort();
  expect(await left).toBe('left');
  await expect.poll(() => gateway.log).toHaveLength(1);
  open();
  expect(await (await stays).json()).toMatchObject({ data: { tenants: { nodes: [{}] } } });
  expect(executions).toHaveLength(1);
});

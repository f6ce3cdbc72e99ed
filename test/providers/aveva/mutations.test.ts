import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { UpstreamOptions, UpstreamReply, UpstreamRequest } from '../../../src/provider-kit/upstream.ts';
import { openAveva, type Break, type Opening } from './open-aveva.ts';
import * as promises from './promises.ts';

interface Mutation {
  readonly promise: promises.Promised;
  readonly broken: Break;
  readonly before?: Opening;
}

const record = z.record(z.string(), z.unknown());

const requests = (change: (request: UpstreamRequest) => UpstreamRequest): Break => ({
  connect: (connect) => (options) => {
    const upstream = connect(options);
    return { send: (request, call) => upstream.send(change(request), call) };
  },
});
const sent = (change: (json: Record<string, unknown>) => object): Break =>
  requests((request) =>
    request.json === undefined ? request : { ...request, json: change(record.parse(request.json)) },
  );
const query = (change: (query: NonNullable<UpstreamRequest['query']>) => UpstreamRequest['query']): Break =>
  requests(({ query: given, ...request }) => ({ ...request, query: change(given ?? {}) ?? {} }));
const replies = (change: (json: unknown, request: UpstreamRequest) => unknown): Break => ({
  connect: (connect) => (options) => {
    const upstream = connect(options);
    const changed = ({ headers, json, ...reply }: UpstreamReply, request: UpstreamRequest) => {
      const { 'total-count': _, ...untold } = headers;
      return { ...reply, headers: untold, json: change(json, request) };
    };
    return { send: async (request, call) => changed(await upstream.send(request, call), request) };
  },
});
const statuses = (change: (status: number) => number): Break => ({
  connect: (connect) => (options) => {
    const classify: UpstreamOptions['classify'] = (reply, request) =>
      options.classify({ ...reply, status: change(reply.status) }, request);
    return connect({ ...options, classify });
  },
});

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'what makes a secret is sent again': {
    promise: promises.isNotRepeated,
    broken: requests((request) => ({ ...request, repeatable: true })),
  },
  'a deletion is confirmed that was not asked for': {
    promise: promises.revokedIsTrue,
    broken: {
      connect: (connect) => (options) => {
        const upstream = connect(options);
        const confirmed = { status: 204, headers: {}, json: undefined };
        return {
          send: async (request, call) =>
            request.method === 'DELETE' ? confirmed : upstream.send(request, call),
        };
      },
    },
  },
  'any 404 is the vendor’s': {
    promise: promises.takesNoStrangerAtItsWord,
    broken: {
      connect: (connect) => (options) => {
        const classify: UpstreamOptions['classify'] = (reply, request) =>
          options.classify({ ...reply, json: reply.json ?? { OperationId: 'x' } }, request);
        return connect({ ...options, classify });
      },
    },
  },
  'a 405 is a refusal like others': {
    promise: promises.findsTheRegion,
    broken: statuses((status) => (status === 405 ? 403 : status)),
  },
  'what went wrong with one of many is not looked at': {
    promise: promises.tellsEachKeyItsOwn,
    broken: replies((json) => record.safeParse(json).data?.['Data'] ?? json),
  },
  'the ids that are wanted are not sent': {
    promise: promises.findsEveryClient,
    broken: query((given) => ({ ...given, id: undefined })),
  },
  'every page is the first': {
    promise: promises.listsEverythingOnce,
    broken: query((given) => ({ ...given, skip: undefined })),
  },
  'the kind of an id is not looked at': {
    promise: promises.keepsToItsKind,
    broken: {
      provider: (provider) => ({
        revokeSecret: async (id, call) =>
          provider.revokeSecret!({ ...id, client: id.client.replace('cc:', 'hy:') }, call),
      }),
    },
  },
  'the tenant of an id is not looked at': {
    promise: promises.keepsToItsTenant,
    broken: {
      provider: (provider, { tenant }) => ({
        revokeSecret: async (id, call) => provider.revokeSecret!({ ...id, tenant }, call),
      }),
    },
    before: { tenants: ['Acme', 'Umbra'] },
  },
  'that a secret never expires is not sent': {
    promise: promises.neverMeansNever,
    broken: sent((json) => ({ ...json, Expires: undefined })),
  },
  'a date is sent without its zone': {
    promise: promises.endsWhenAsked,
    broken: sent(({ Expiration, ...rest }) => ({ ...rest, Expiration: String(Expiration).replace('Z', '') })),
  },
  'that the last of the gateway’s own secrets is the last is not seen': {
    promise: promises.keepsItsOwnLastSecret,
    broken: replies((json, { path }) =>
      path.endsWith('/Secrets') && Array.isArray(json) ? [...json, { Id: 99, Expires: false }] : json,
    ),
  },
  'how many secrets there are is not seen': {
    promise: promises.knowsTheLimit,
    broken: replies((json, { method, path }) => (method === 'GET' && path.endsWith('/Secrets') ? [] : json)),
  },
  'the time stands still': {
    promise: promises.renewsInTime,
    broken: {
      clock: (clock) => {
        const start = clock.now();
        return { now: () => start };
      },
    },
  },
  'the origin of the token endpoint is not looked at': {
    promise: promises.tellsNobodyElseItsCredentials,
    broken: {
      connect: (connect) => (options) => {
        const upstream = connect(options);
        return {
          async send(request, call) {
            const reply = await upstream.send(request, call);
            const endpoint = record.safeParse(reply.json).data?.['token_endpoint'];
            if (typeof endpoint !== 'string') return reply;
            const { pathname } = new URL(endpoint);
            return { ...reply, json: { token_endpoint: options.origin + pathname } };
          },
        };
      },
    },
  },
  'where the region for changes is, is not looked at': {
    promise: promises.tellsNobodyElseItsToken,
    broken: replies((json) => {
      const [region] = z.array(record).safeParse(json).data ?? [];
      const address = String(region?.['BaseAddress']).replace('localhost', '127.0.0.1');
      return region?.['BaseAddress'] === undefined ? json : [{ ...region, BaseAddress: address }];
    }),
  },
};

describe.each(Object.entries(MUTATIONS))('where %s', (_, { promise, broken, before = {} }) => {
  test('the promise is broken, which the adapter keeps', async () => {
    expect(await promise(await openAveva(before))).toBe(true);
    expect(await promise(await openAveva({ ...before, broken }))).toBe(false);
  });
});

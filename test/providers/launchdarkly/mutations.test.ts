import { describe, expect, test } from 'vitest';
import type { UpstreamOptions, UpstreamReply, UpstreamRequest } from '../../../src/provider-kit/upstream.ts';
import { openLaunchDarkly, type Break } from './open-launchdarkly.ts';
import {
  endsAtOnce,
  isNotRepeated,
  keepsItsOwnToken,
  keepsToItsAccount,
  leaksNothing,
  leavesTheAccountAlone,
  overlaps,
  readsAnyDefault,
  revokedIsTrue,
  tellsAMissingPermission,
  type Promised,
} from './promises.ts';

interface Mutation {
  readonly promise: Promised;
  readonly broken: Break;
  /** Of the vendor before which it shows. */
  readonly options?: Parameters<typeof openLaunchDarkly>[0];
}

const requests = (change: (request: UpstreamRequest) => UpstreamRequest): Break => ({
  connect: (connect) => (options) => {
    const upstream = connect(options);
    return { send: (request, call) => upstream.send(change(request), call) };
  },
});
const resets = (query: (expiry: number) => UpstreamRequest['query']): Break =>
  requests(({ query: given, ...request }) =>
    request.path.endsWith('/reset')
      ? { ...request, query: query(Number(given?.['expiry'])) ?? {} }
      : { ...request, query: given ?? {} },
  );
const replies = (change: (json: object, request: UpstreamRequest) => object): Break => ({
  connect: (connect) => (options) => {
    const upstream = connect(options);
    const changed = ({ json, ...reply }: UpstreamReply, request: UpstreamRequest): UpstreamReply => ({
      ...reply,
      json: typeof json === 'object' && json !== null ? change(json, request) : json,
    });
    return { send: async (request, call) => changed(await upstream.send(request, call), request) };
  },
});
const options = (change: (given: UpstreamOptions) => UpstreamOptions): Break => ({
  connect: (connect) => (given) => connect(change(given)),
});

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'the end of the old value is not sent': { promise: overlaps, broken: resets(() => ({})) },
  'the end of the old value is sent in seconds': {
    promise: overlaps,
    broken: resets((expiry) => ({ expiry: Math.floor(expiry / 1000) })),
  },
  'the old value is kept where it is to end at once': {
    promise: endsAtOnce,
    broken: resets(() => ({ expiry: 2 ** 52 })),
  },
  'what issues a value is sent again': {
    promise: isNotRepeated,
    broken: requests((request) => ({ ...request, repeatable: true })),
  },
  'a whole value gets through': {
    promise: leaksNothing,
    broken: replies((json) => ('token' in json ? { ...json, description: json.token } : json)),
    options: { showsWholeTokens: true },
  },
  'a deletion is confirmed that was not asked for': {
    promise: revokedIsTrue,
    broken: {
      connect: (connect) => (given) => {
        const upstream = connect(given);
        const confirmed = { status: 204, headers: {}, json: undefined };
        return {
          send: async (request, call) =>
            request.method === 'DELETE' ? confirmed : upstream.send(request, call),
        };
      },
    },
  },
  'the account of an id is not looked at': {
    promise: keepsToItsAccount,
    broken: {
      provider: (provider, tenant) => ({
        ...provider,
        revokeSecret: async (id, call) => provider.revokeSecret!({ ...id, ...tenant }, call),
      }),
    },
  },
  'the secret of an id is not looked at': {
    promise: keepsToItsAccount,
    broken: {
      provider: (provider) => ({
        ...provider,
        revokeSecret: async (id, call) =>
          provider.revokeSecret!({ ...id, secret: id.client.slice('token:'.length) }, call),
      }),
    },
  },
  'the own token is taken for another': {
    promise: keepsItsOwnToken,
    broken: replies((json, { path }) =>
      path.endsWith('caller-identity') ? { ...json, tokenId: 'another', tokenName: 'another' } : json,
    ),
  },
  'no version is sent': {
    promise: readsAnyDefault,
    broken: options(({ sign, ...rest }) => ({
      ...rest,
      sign: (request) => ({ authorization: sign?.(request)['authorization'] ?? '' }),
    })),
    options: { gateway: { defaultApiVersion: 20160426 } },
  },
  'the version is sent twice': {
    promise: readsAnyDefault,
    broken: requests((request) => ({
      ...request,
      headers: { ...request.headers, 'LD-API-Version': '20240415' },
    })),
  },
  'a 401 is a refusal like others': {
    promise: tellsAMissingPermission,
    broken: options(({ classify, ...rest }) => ({
      ...rest,
      classify: (reply, request) =>
        classify({ ...reply, status: reply.status === 401 ? 402 : reply.status }, request),
    })),
  },
  'a window that is used up is not heeded': {
    promise: leavesTheAccountAlone,
    broken: options((given) => ({ ...given, pauseAfter: () => null })),
    options: { limits: { global: 3, route: 100 } },
  },
};

describe.each(Object.entries(MUTATIONS))('where %s', (_, { promise, broken, options: vendor = {} }) => {
  test('the promise is broken, which the adapter keeps', async () => {
    expect(await promise(await openLaunchDarkly(vendor))).toBe(true);
    expect(await promise(await openLaunchDarkly({ ...vendor, broken }))).toBe(false);
  });
});

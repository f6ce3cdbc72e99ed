import { describe, expect, test } from 'vitest';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import type { UpstreamOptions, UpstreamReply, UpstreamRequest } from '../../../src/provider-kit/upstream.ts';
import { openZstack, sending, type OpenOptions } from './open-zstack.ts';
import {
  asksOnceWhatIsRefused,
  findsOutWhatWasLost,
  isLetIn,
  keepsToItsClient,
  leaksNothing,
  leavesCasClientsAlone,
  locksNoAccount,
  outlivesItsSession,
  seesAnErrorInASuccess,
  showsNoMask,
  waitsForTheJob,
  writesOnce,
  type Promised,
} from './promises.ts';

interface Mutation {
  readonly promise: Promised;
  readonly broken: OpenOptions;
  /** Of the vendor before which it shows. */
  readonly options?: OpenOptions;
}

const options = (change: (given: UpstreamOptions) => UpstreamOptions): OpenOptions => ({
  connect: (connect) => (given) => connect(change(given)),
});
const requests = (change: (request: UpstreamRequest) => UpstreamRequest): OpenOptions => ({
  connect: sending((upstream) => (request, call) => upstream.send(change(request), call)),
});
const replies = (change: (reply: UpstreamReply, request: UpstreamRequest) => UpstreamReply): OpenOptions => ({
  connect: sending(
    (upstream) => async (request, call) => change(await upstream.send(request, call), request),
  ),
});
/** In all texts of all replies. */
const texts = (change: (text: string) => string): OpenOptions =>
  replies(({ json, ...reply }) => ({
    ...reply,
    json: json === undefined ? undefined : (JSON.parse(change(JSON.stringify(json))) as unknown),
  }));

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'the path is signed with all of its prefix': {
    promise: isLetIn,
    broken: options(({ sign, ...rest }) => ({
      ...rest,
      sign: (request) => sign?.({ ...request, path: `/zstack${request.path}` }) ?? {},
    })),
    options: { form: 'access key' },
  },
  'the digest of the password is written in capitals': {
    promise: isLetIn,
    broken: requests(({ json, ...request }) => ({
      ...request,
      json: JSON.parse(
        JSON.stringify(json ?? {}).replace(/[\da-f]{128}/, (hex) => hex.toUpperCase()),
      ) as unknown,
    })),
  },
  'CAS clients are taken for OAuth2 clients': {
    promise: leavesCasClientsAlone,
    broken: texts((text) => text.replaceAll('"type":"CAS"', '"type":"OAuth2"')),
  },
  'the client in the id of a secret is not looked at': {
    promise: keepsToItsClient,
    broken: {
      wrap: (provider) => ({
        ...provider,
        replaceSecret: async (id, input, call) =>
          provider.replaceSecret!({ ...id, secret: `current:${id.client}` }, input, call),
      }),
    },
  },
  'a write has no job uuid of its own': {
    promise: findsOutWhatWasLost,
    broken: requests((request) => {
      const { 'x-job-uuid': _uuid, ...headers } = request.headers ?? {};
      return { ...request, headers };
    }),
  },
  'a write is sent again': {
    promise: writesOnce,
    broken: requests((request) => ({ ...request, repeatable: true })),
  },
  'what is accepted is taken for done': {
    promise: waitsForTheJob,
    broken: replies((reply) =>
      reply.status === 202 ? { ...reply, status: 200, json: { inventory: { uuid: 'a', name: 'a' } } } : reply,
    ),
  },
  'a session that is over in a job is taken for a failure': {
    promise: outlivesItsSession,
    broken: texts((text) => text.replace('ID.1001', 'SYS.1006')),
  },
  'a 503 is taken for an outage': {
    promise: asksOnceWhatIsRefused,
    broken: options(({ classify, ...rest }) => ({
      ...rest,
      classify: (reply, request) =>
        reply.status === 503 ? new ProviderError('unavailable', 'an outage') : classify(reply, request),
    })),
  },
  'a 200 is taken for a success': {
    promise: seesAnErrorInASuccess,
    broken: options(({ classify, ...rest }) => ({
      ...rest,
      classify: (reply, request) => (reply.status === 200 ? null : classify(reply, request)),
    })),
  },
  'a refused login is tried again': {
    promise: locksNoAccount,
    broken: options(({ classify, ...rest }) => ({
      ...rest,
      classify(reply, request) {
        const error = classify(reply, request);
        return error?.code === 'unauthenticated'
          ? new ProviderError('unauthenticated', 'refused', { retryAfterMs: 1 })
          : error;
      },
    })),
    options: { password: 'wrong' },
  },
  'a mask of another length is not known': {
    promise: showsNoMask,
    broken: texts((text) => text.replace('"*****"', '"******"')),
  },
  'a value stands in another field as well': {
    promise: leaksNothing,
    broken: texts((text) =>
      text
        .replaceAll(/"clientSecret":("[^"]*")/g, '"clientSecret":$1,"loginMNUrl":$1')
        .replaceAll(/,"loginMNUrl":"http[^"]*"/g, ''),
    ),
  },
};

describe.each(Object.entries(MUTATIONS))('where %s', (_, { promise, broken, options: vendor = {} }) => {
  test('the promise is broken, which the adapter keeps', async () => {
    expect(await promise(await openZstack(vendor))).toBe(true);
    expect(await promise(await openZstack({ ...vendor, ...broken }))).toBe(false);
  });
});

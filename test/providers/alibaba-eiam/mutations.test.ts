import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/domain/duration.ts';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import type { UpstreamReply, UpstreamRequest } from '../../../src/provider-kit/upstream.ts';
import { canonicalRequestOf } from '../../../src/providers/alibaba-eiam/signature.ts';
import { FIRST_PAGE } from '../../conformance/answers.ts';
import { NEW_CLIENT, NEW_SECRET, openAlibabaEiam, type Broken, type Opened } from './open-alibaba-eiam.ts';

/** The client whose secret is asked for as another’s. */
let owner = '';

/** What the adapter promises, each as it is tested elsewhere. */
const PROMISES = {
  async 'it is let in'({ provider, call }: Opened) {
    await provider.listTenants(FIRST_PAGE, call);
  },
  async 'each try is let in'({ provider, call, simulator }: Opened) {
    simulator.inject({ kind: 'lost-reply' });
    await provider.listTenants(FIRST_PAGE, call);
  },
  async 'it is let in a day later'({ provider, call, clock }: Opened) {
    await provider.listTenants(FIRST_PAGE, call);
    clock.pass(DAY);
    await provider.listTenants(FIRST_PAGE, call);
  },
  async 'a name with signs is kept'({ provider, call, tenant }: Opened) {
    const { client } = await provider.createClient!(tenant, { ...NEW_CLIENT, name: 'app (v1)*' }, call);
    expect(client.name).toBe('app (v1)*');
  },
  async 'eleven ids are found'({ provider, call, seedClient }: Opened) {
    const ids = Array.from({ length: 11 }, () => seedClient());
    expect(await provider.getClients(ids, call)).toMatchObject(ids.map((id) => ({ id })));
  },
  async 'clients of every type are listed'({ provider, call, tenant, seedClient }: Opened) {
    seedClient({ creationType: 'system_init' });
    expect(await provider.listClients([tenant], FIRST_PAGE, call)).toMatchObject([{ items: [{}] }]);
  },
  async 'agents are found'({ provider, call, seedClient }: Opened) {
    const id = seedClient({ identityType: 'agent' });
    expect(await provider.getClients([id], call)).toMatchObject([{ id }]);
  },
  async 'nothing is ended as another client’s'({
    provider,
    call,
    simulator,
    seedClient,
    seedSecret,
  }: Opened) {
    const of = seedClient();
    owner = of.client;
    const { id, value } = seedSecret(of);
    seedSecret(of);
    const other = { ...id, client: seedClient().client };
    const failure = await provider.revokeSecret!(other, call).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(simulator.accepts(id, value)).toBe(true);
  },
  async 'no service is locked out'({ provider, call, clock, simulator, seedClient, seedSecret }: Opened) {
    const of = seedClient();
    const { id, value } = seedSecret(of);
    seedSecret(of, { expiresAt: clock.now() });
    await provider.revokeSecret!(id, call).catch(() => null);
    expect(simulator.accepts(id, value)).toBe(true);
  },
  async 'a read does not show the value'({ provider, call, seedClient, seedSecret }: Opened) {
    const { id, value } = seedSecret(seedClient());
    const [secret] = await provider.getSecrets([id], call);
    expect(JSON.stringify(secret)).not.toContain(value.slice(2, 20));
  },
  async 'a third secret is not even asked for'({ provider, call, seedClient, seedSecret, requests }: Opened) {
    const of = seedClient();
    seedSecret(of);
    seedSecret(of);
    const failure: unknown = await provider.createSecret!(of, NEW_SECRET, call).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'limit_reached' });
    expect(requests()).not.toHaveProperty('CreateApplicationClientSecret');
  },
};

/** One thing on the way to the vendor that is not as it should be, and the promise that notices. */
const MUTATIONS: readonly (readonly [what: string, broken: Broken, noticedBy: keyof typeof PROMISES])[] = [
  ['a header that is sent and not signed', resigned({ headers: unversioned }), 'it is let in'],
  [
    'the host without its port',
    resigned({ text: (it) => it.replace(/^(host:[^:]+):\d+$/m, '$1') }),
    'it is let in',
  ],
  [
    'a hash of another body',
    resigned({ headers: (it) => ({ ...it, 'x-acs-content-sha256': '0'.repeat(64) }) }),
    'it is let in',
  ],
  [
    'a key with an ampersand behind it, as in the old signature',
    resigned({ behindKey: '&' }),
    'it is let in',
  ],
  ['one nonce for all tries', resigned({ headers: kept('x-acs-signature-nonce') }), 'each try is let in'],
  ['one date for ever', resigned({ headers: kept('x-acs-date') }), 'it is let in a day later'],
  [
    'signs that are left as they are',
    resigned({ text: (it) => it.replaceAll('%2A', '*') }),
    'a name with signs is kept',
  ],
  ['parameters sorted with their values', resigned({ text: sortedWhole }), 'eleven ids are found'],
  ['no filter by creation', sending(without('ApplicationCreationType')), 'clients of every type are listed'],
  ['no filter by identity', sending(without('ApplicationIdentityType')), 'agents are found'],
  ['no look at whose a secret is', sending(asOwner(/ClientSecret/)), 'nothing is ended as another client’s'],
  ['no look at when a secret ends', receiving(renamed('ExpirationTime')), 'no service is locked out'],
  ['no look at which secrets there are', receiving(firstOnly), 'a third secret is not even asked for'],
];

describe.each(Object.entries(PROMISES))('%s', (_, promise) => {
  test('by the adapter as it is', async () => {
    await expect(promise(await openAlibabaEiam())).resolves.toBeUndefined();
  });

  test('by one that is signed anew, as rightly', async () => {
    await expect(promise(await openAlibabaEiam({ broken: resigned({}) }))).resolves.toBeUndefined();
  });
});

describe.each(MUTATIONS)('with %s', (_, broken, noticedBy) => {
  test(`that is noticed: ${noticedBy}`, async () => {
    const it = await openAlibabaEiam({ broken });
    await expect(PROMISES[noticedBy](it)).rejects.toThrow();
  });
});

test('a vendor that does not look whose a secret is ends none: the adapter looks for itself', async () => {
  const it = await openAlibabaEiam({ broken: sending(asOwner(/^Delete/)) });
  await expect(PROMISES['nothing is ended as another client’s'](it)).resolves.toBeUndefined();
});

test('a vendor that does not mask shows nothing: the adapter takes what is masked', async () => {
  const broken = receiving((json) => JSON.parse(JSON.stringify(json).replaceAll('*', 'x')));
  const it = await openAlibabaEiam({ broken });
  await expect(PROMISES['a read does not show the value'](it)).resolves.toBeUndefined();
});

type Headers = Readonly<Record<string, string>>;

/** Signed from other headers or another canonical request, or with another key. */
function resigned({
  headers: changed = (it: Headers) => it,
  text = (it: string) => it,
  behindKey = '',
}): Broken {
  return (connect, { accessKey }) =>
    ({ sign, ...options }) =>
      connect({
        ...options,
        sign(request) {
          const { authorization: _, ...own } = sign?.(request) ?? {};
          const headers = changed(own);
          const hash = createHash('sha256')
            .update(text(canonicalRequestOf(request, headers)))
            .digest('hex');
          const signature = createHmac('sha256', `${accessKey.secret}${behindKey}`)
            .update(`ACS3-HMAC-SHA256\n${hash}`)
            .digest('hex');
          const names = Object.keys(headers).sort().join(';');
          const parts = `Credential=${accessKey.id},SignedHeaders=${names},Signature=${signature}`;
          return { ...headers, authorization: `ACS3-HMAC-SHA256 ${parts}` };
        },
      });
}

/** It is sent all the same, because the request has it. */
function unversioned(headers: Headers): Headers {
  return dropped(headers, 'x-acs-version');
}

function dropped<T>(values: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([own]) => own !== name));
}

function kept(name: string) {
  let first: string | undefined;
  return (headers: Headers): Headers => ({ ...headers, [name]: (first ??= headers[name] ?? '') });
}

/** `A.10=` before `A.1=`, since `0` comes before `=`. */
function sortedWhole(canonicalRequest: string): string {
  const [method, path, query = '', ...rest] = canonicalRequest.split('\n');
  return [method, path, query.split('&').sort().join('&'), ...rest].join('\n');
}

function sending(change: (request: UpstreamRequest) => UpstreamRequest): Broken {
  return (connect) => (options) => {
    const upstream = connect(options);
    return { send: (request, call) => upstream.send(change(request), call) };
  };
}

function without(parameter: string) {
  return ({ query = {}, ...request }: UpstreamRequest) => ({ ...request, query: dropped(query, parameter) });
}

function asOwner(actions: RegExp) {
  return (request: UpstreamRequest): UpstreamRequest =>
    actions.test(request.headers?.['x-acs-action'] ?? '')
      ? { ...request, query: { ...request.query, ApplicationId: owner } }
      : request;
}

function receiving(change: (json: unknown) => UpstreamReply['json']): Broken {
  return (connect) => (options) => {
    const upstream = connect(options);
    return {
      async send(request, call) {
        const { json, ...reply } = await upstream.send(request, call);
        return { ...reply, json: change(json) };
      },
    };
  };
}

function renamed(field: string) {
  return (json: unknown): unknown => JSON.parse(JSON.stringify(json).replaceAll(field, 'Another'));
}

function firstOnly(json: unknown): unknown {
  const { ApplicationClientSecrets: all } = json as { ApplicationClientSecrets?: unknown[] };
  return all === undefined ? json : { TotalCount: 1, ApplicationClientSecrets: all.slice(0, 1) };
}

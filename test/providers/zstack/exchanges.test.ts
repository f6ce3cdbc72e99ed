import { describe, expect, test } from 'vitest';
import { replies } from '../../../src/providers/zstack/api.ts';
import { classify } from '../../../src/providers/zstack/classify.ts';
import { exchanges } from '../../../src/providers/zstack/exchanges.ts';
import { FIRST_PAGE, openZstack, slotOf } from './open-zstack.ts';

const [published] = exchanges;
if (published === undefined) throw new Error('nothing is published');
const { method, path, query, headers, reply, error } = published;
const pathOf = (uuid: string) => path.replace('{uuid}', uuid);

describe('the published call that shows a client secret', () => {
  test('is the request that the gateway makes', async () => {
    const { provider, seedSecret, simulator, call } = await openZstack();
    const { id, value } = seedSecret();
    const shown = await provider.revealSecret?.(id, call);
    expect(shown?.value.reveal()).toBe(value);
    const sent = simulator.requests.at(-1);
    expect([sent?.method, sent?.path]).toEqual([method, pathOf(id.client)]);
    expect([...new URLSearchParams(sent?.query).keys()]).toEqual(query);
    const scheme = headers['Authorization']?.replace('{sessionUuid}', '');
    expect(sent?.headers['authorization']?.replace(/[\da-f]{32}$/, '')).toBe(scheme);
  });

  test('is what the simulator answers', async () => {
    const { provider, seedSecret, simulator, call } = await openZstack();
    const { id, value } = seedSecret();
    await provider.getSecrets([id], call);
    const authorization = simulator.requests.at(-1)?.headers['authorization'] ?? '';
    const url = `${simulator.origin}${pathOf(id.client)}?systemTags=&userTags=`;
    const response = await fetch(url, { method, headers: { authorization } });
    expect([response.status, await response.json()]).toEqual([reply.status, { clientSecret: value }]);
    expect(Object.keys(reply.body)).toEqual(['clientSecret']);
    const missing = await fetch(`${simulator.origin}${pathOf('0'.repeat(32))}`, {
      method,
      headers: { authorization },
    });
    const told = (await missing.json()) as { error: object };
    expect(Object.keys(told.error)).toEqual(error);
  });

  test('has a reply that the adapter reads', () => {
    expect(classify({ ...reply, headers: {}, json: reply.body }, { method, path })).toBeNull();
    expect(replies.clientSecret.parse(reply.body)?.reveal()).toBe('exampleClientSecret');
    const all = { success: true, ...reply.body, error: null };
    expect(classify({ ...reply, headers: {}, json: all }, { method, path })).toBeNull();
  });

  test('is not made merely to list', async () => {
    const { provider, seedSecret, requests, call } = await openZstack();
    const { id } = seedSecret();
    await provider.listSecrets([id], FIRST_PAGE, call);
    await provider.getSecrets([slotOf(id)], call);
    expect(Object.keys(requests()).filter((request) => request.includes('client-secret'))).toEqual([]);
  });
});

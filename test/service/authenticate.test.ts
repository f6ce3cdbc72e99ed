import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticate, type Authenticate } from '../../src/service/authenticate.ts';
import { createAccessToken } from '../../src/service/create-access-token.ts';
import { revokeAccessToken } from '../../src/service/revoke-access-token.ts';
import { generateKey } from '../../src/store/key-format.ts';
import { spoilingStore } from '../conformance/spoiling-store.ts';
import { TEST_DATABASES } from '../database.ts';
import { ADMIN, openTestServices, type TestServices } from './test-services.ts';

describe.each(TEST_DATABASES)('on %s, who holds a token', (kind) => {
  let it: TestServices;
  let authenticate: Authenticate;
  let tokens: readonly { readonly id: string; readonly value: string }[];

  beforeAll(async () => {
    it = await openTestServices(kind);
    authenticate = createAuthenticate(it.services);
    tokens = await Promise.all(['a', 'b', 'c', 'd'].map(makeToken));
  });
  afterAll(() => it.close());
  beforeEach(async () => {
    // Their use is noted, so that the tests see lookups alone.
    await Promise.all(tokens.map(({ value }) => authenticate(value)));
    it.statements.length = 0;
  });

  async function makeToken(name: string) {
    const input = { name, roles: ADMIN, expiresInMs: null, idempotencyKey: null };
    const { accessToken, value } = await createAccessToken(it.as(ADMIN), input);
    return { id: accessToken.id, value: value.reveal() };
  }

  test('costs one statement', async () => {
    expect(await authenticate(tokens[0]?.value ?? '')).toMatchObject({ name: 'a' });
    expect(it.statements).toHaveLength(1);
  });

  test('costs two statements where thirty-two ask, and each is told who he is', async () => {
    const asked = Array.from({ length: 32 }, (_, i) => tokens[i % tokens.length]?.value ?? '');
    const [first, ...rest] = asked;
    const early = authenticate(first ?? '');
    await new Promise(process.nextTick);
    const actors = await Promise.all([early, ...rest.map((value) => authenticate(value))]);
    expect(actors.map((actor) => actor?.name).join('')).toBe('abcd'.repeat(8));
    expect(it.statements).toHaveLength(2);
  });

  test('is nobody where one among many is unknown', async () => {
    const [known, unknown] = await Promise.all([
      authenticate(tokens[0]?.value ?? ''),
      authenticate(generateKey().reveal()),
    ]);
    expect([known?.name, unknown]).toEqual(['a', null]);
  });

  test('is read for each question: what is revoked between two of them is refused', async () => {
    const { id, value } = await makeToken('doomed');
    expect(await authenticate(value)).toMatchObject({ name: 'doomed' });
    const running = authenticate(tokens[1]?.value ?? '');
    await revokeAccessToken(it.as(ADMIN), { id, idempotencyKey: null });
    const [other, revoked] = await Promise.all([running, authenticate(value)]);
    expect([other?.name, revoked]).toEqual(['b', null]);
  });

  test('notes the use once, however many come with the token', async () => {
    const { value } = await makeToken('busy');
    it.statements.length = 0;
    await Promise.all(Array.from({ length: 8 }, () => authenticate(value)));
    expect(it.statements.filter((sql) => sql.startsWith('update'))).toHaveLength(1);
  });

  test('fails for those whose lookup failed, and for nobody after them', async () => {
    const { spoil, restore } = spoilingStore(it.store);
    const value = tokens[0]?.value ?? '';
    spoil({ match: /access_tokens/, error: new Error('the database is gone'), when: 'before' });
    const results = await Promise.allSettled([authenticate(value), authenticate(value)]);
    restore();
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await authenticate(value)).toMatchObject({ name: 'a' });
  });
});

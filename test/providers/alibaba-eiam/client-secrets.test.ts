import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/domain/duration.ts';
import { SecretValue } from '../../../src/domain/secret-value.ts';
import type { ClientSecretId } from '../../../src/domain/ids.ts';
import { FIRST_PAGE } from '../../conformance/answers.ts';
import { NEW_SECRET, openAlibabaEiam, type Opened } from './open-alibaba-eiam.ts';

const asks =
  (...actions: string[]) =>
  ({ headers }: { readonly headers: Readonly<Record<string, string>> }) =>
    actions.includes(headers['x-acs-action'] ?? '');
const isList = asks('ListApplicationClientSecrets');
const after = ({ clock }: Opened, ms: number) => new Date(clock.now().getTime() + ms);

async function get({ provider, call }: Opened, id: ClientSecretId) {
  const [secret] = await provider.getSecrets([id], call);
  if (secret instanceof Error) throw secret;
  return secret;
}

describe('a client secret', () => {
  test('says all that the vendor does', async () => {
    const it = await openAlibabaEiam();
    const lastUsedAt = after(it, -DAY);
    const { id, value } = it.seedSecret(it.seedClient(), { expiresAt: after(it, DAY), lastUsedAt });
    expect(await get(it, id)).toEqual({
      id,
      description: null,
      hint: `${value.slice(0, 4)}…${value.slice(-2)}`,
      status: 'ACTIVE',
      createdAt: null,
      updatedAt: null,
      expiresAt: after(it, DAY),
      lastUsedAt,
      revokedAt: null,
      useCount: null,
      maxUses: null,
      retrievable: true,
      attributes: {},
      freshness: { asOf: it.clock.now(), source: 'LIVE' },
    });
  });

  test('is over when its time is, whatever the vendor calls it', async () => {
    const it = await openAlibabaEiam();
    const of = it.seedClient();
    const ids = (['enabled', 'disabled'] as const).map(
      (status) => it.seedSecret(of, { status, expiresAt: after(it, DAY) }).id,
    );
    const statuses = () => Promise.all(ids.map(async (id) => (await get(it, id))?.status));
    expect(await statuses()).toEqual(['ACTIVE', 'DISABLED']);
    it.clock.pass(DAY - 1);
    expect(await statuses()).toEqual(['ACTIVE', 'DISABLED']);
    it.clock.pass(1);
    expect(await statuses()).toEqual(['EXPIRED', 'EXPIRED']);
    const [page] = await it.provider.listSecrets([of], { ...FIRST_PAGE, status: ['ACTIVE'] }, it.call);
    expect(page).toMatchObject({ items: [], totalCount: 0 });
  });

  test.each([
    ['the value as it is', (value: string) => value, () => null],
    ['stars alone', () => '*****', () => '…'],
    [
      'too little masked',
      (value: string) => `${value.slice(0, -2)}**`,
      (value: string) => `${value.slice(0, 4)}…`,
    ],
    ['one star in it', (value: string) => `CS*${value}`, (value: string) => `CS…${value.slice(-2)}`],
    ['nothing', () => undefined, () => null],
  ])('of a list that shows %s little gets through', async (_, shown, hint) => {
    const it = await openAlibabaEiam();
    const { id, value } = it.seedSecret(it.seedClient());
    const secret = { SecretId: id.secret, ClientSecret: shown(value), Status: 'enabled' };
    const body = { RequestId: 'x', TotalCount: 1, ApplicationClientSecrets: [secret] };
    it.simulator.inject({ match: isList, kind: { status: 200, body } });
    const found = await get(it, id);
    expect(found?.hint).toBe(hint(value));
    expect(inspect(found, { depth: null, showHidden: true })).not.toContain(value.slice(2, 12));
  });

  test('times that are none, and a state that nobody knows', async () => {
    const it = await openAlibabaEiam();
    const of = it.seedClient();
    const secrets = [0, -1, null, undefined, 2 ** 63].map((time, i) => ({
      SecretId: `sci_${i}`,
      Status: 'paused',
      LastUsedTime: time,
      ExpirationTime: time,
    }));
    const body = { RequestId: 'x', TotalCount: 5, ApplicationClientSecrets: secrets };
    it.simulator.inject({ match: isList, kind: { status: 200, body } });
    const [page] = await it.provider.listSecrets([of], FIRST_PAGE, it.call);
    const unknown = { node: { status: 'UNKNOWN', expiresAt: null, lastUsedAt: null, hint: null } };
    expect(page).toMatchObject({ items: secrets.map(() => unknown) });
  });

  test('is not taken for gone by a list that is not whole', async () => {
    const it = await openAlibabaEiam();
    const { id } = it.seedSecret(it.seedClient());
    const body = { RequestId: 'x', TotalCount: 1, ApplicationClientSecrets: [] };
    it.simulator.inject({ match: isList, kind: { status: 200, body } });
    await expect(get(it, id)).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('a new client secret', () => {
  test.each([DAY, 30 * DAY, 1095 * DAY])('may live %d ms', async (ms) => {
    const it = await openAlibabaEiam();
    const given = { ...NEW_SECRET, expiresAt: after(it, ms), retrievable: true };
    const { secret, value } = await it.provider.createSecret!(it.seedClient(), given, it.call);
    expect(value.reveal()).toMatch(/^CS[A-Za-z\d]{43}$/);
    expect(secret.expiresAt).toEqual(after(it, ms));
    expect(await get(it, secret.id)).toEqual(secret);
  });

  test.each([
    ['a description', { description: 'ci' }, 'description'],
    ['a number of uses', { maxUses: 1 }, 'maxUses'],
    ['a value', { value: new SecretValue('CS1') }, 'value'],
    ['that its value is not kept', { retrievable: false }, 'retrievable'],
    ['an end too near', { expiresAt: new Date('2026-05-02T09:29:59.999Z') }, 'expiresAt'],
    ['an end too far', { expiresAt: new Date('2029-05-01T09:30:00.000Z') }, 'expiresAt'],
  ])('refused without a request: %s', async (_, given, field) => {
    const { provider, call, seedClient, requests } = await openAlibabaEiam();
    await expect(
      provider.createSecret!(seedClient(), { ...NEW_SECRET, ...given }, call),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: [field] }],
    });
    expect(requests()).toEqual({});
  });

  test.each(['enabled', 'disabled'] as const)(
    'a third beside one that is %s is not asked for',
    async (status) => {
      const it = await openAlibabaEiam();
      const of = it.seedClient();
      it.seedSecret(of, { expiresAt: after(it, -DAY) });
      it.seedSecret(of, { status });
      await expect(it.provider.createSecret!(of, NEW_SECRET, it.call)).rejects.toMatchObject({
        code: 'limit_reached',
        limit: 2,
        applied: 'no',
      });
      expect(it.requests()).toEqual({ ListApplicationClientSecrets: 1 });
    },
  );

  test('of two for one place, the vendor refuses one', async () => {
    const it = await openAlibabaEiam();
    const of = it.seedClient();
    it.seedSecret(of);
    const both = await Promise.allSettled(
      [1, 2].map(() => it.provider.createSecret!(of, NEW_SECRET, it.call)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'limit_reached', limit: 2, applied: 'no' },
    });
  });

  test.each([
    'reset',
    'silence',
    'half-json',
    'html',
    { status: 403, body: { Code: 'NoPermission' } },
  ] as const)('is handed out even where it cannot be read back: %s', async (kind) => {
    const it = await openAlibabaEiam();
    const of = it.seedClient();
    let lists = 0;
    const isReadBack = (request: Parameters<typeof isList>[0]) => isList(request) && (lists += 1) > 1;
    it.simulator.inject({ match: isReadBack, times: 3, kind });
    const given = { ...NEW_SECRET, expiresAt: after(it, 2 * DAY) };
    const { secret, clientId, value } = await it.provider.createSecret!(of, given, it.call);
    expect(it.simulator.accepts(secret.id, value.reveal())).toBe(true);
    expect(clientId).toBe(of.client);
    expect(secret).toMatchObject({ status: 'UNKNOWN', hint: null, expiresAt: after(it, 2 * DAY) });
  });

  test('an end that is too near by the vendor’s clock is a fault of the input', async () => {
    const it = await openAlibabaEiam();
    const of = it.seedClient();
    const body = { RequestId: 'x', Code: 'InvalidExpirationTime', Message: 'no' };
    it.simulator.inject({ match: asks('CreateApplicationClientSecret'), kind: { status: 400, body } });
    await expect(
      it.provider.createSecret!(of, { ...NEW_SECRET, expiresAt: after(it, DAY) }, it.call),
    ).rejects.toMatchObject({ code: 'invalid_input', applied: 'no' });
  });
});

describe('a change of a client secret', () => {
  test('moves its end, and never takes it back', async () => {
    const it = await openAlibabaEiam();
    const { id } = it.seedSecret(it.seedClient(), { expiresAt: it.clock.now() });
    const expiresAt = after(it, 2 * DAY);
    expect(await it.provider.updateSecret!(id, { expiresAt }, it.call)).toMatchObject({
      status: 'ACTIVE',
      expiresAt,
    });
    expect(await get(it, id)).toMatchObject({ status: 'ACTIVE', expiresAt });
    it.requests();
    for (const changes of [{ expiresAt: null }, { expiresAt: after(it, DAY - 1) }, { description: 'x' }])
      await expect(it.provider.updateSecret!(id, changes, it.call)).rejects.toMatchObject({
        code: 'invalid_input',
        fields: [{ path: Object.keys(changes) }],
      });
    expect(await it.provider.updateSecret!(id, {}, it.call)).toMatchObject({ expiresAt });
    expect(it.requests()).toEqual({ ListApplicationClientSecrets: 4 });
  });
});

describe('revealing', () => {
  test('is a request of its own, with a permission of its own', async () => {
    const it = await openAlibabaEiam();
    const { id, value } = it.seedSecret(it.seedClient({ clientId: 'billing' }));
    const shown = await it.provider.revealSecret!(id, it.call);
    expect([shown.value.reveal(), shown.clientId]).toEqual([value, 'billing']);
    expect(shown.secret).toEqual(await get(it, id));
    expect(JSON.stringify(shown)).not.toContain(value);
    it.simulator.deny('ObtainApplicationClientSecret');
    await expect(it.provider.revealSecret!(id, it.call)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await get(it, id)).toMatchObject({ retrievable: true });
  });

  test('shows no other client’s secret', async () => {
    const it = await openAlibabaEiam();
    const { id } = it.seedSecret(it.seedClient());
    const other = { ...id, client: it.seedClient().client };
    await expect(it.provider.revealSecret!(other, it.call)).rejects.toMatchObject({ code: 'not_found' });
    expect(it.requests()).toEqual({ ListApplicationClientSecrets: 1 });
  });
});

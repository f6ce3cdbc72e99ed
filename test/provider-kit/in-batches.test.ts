import { describe, expect, it } from 'vitest';
import type { ClientId, TenantId } from '../../src/domain/ids.ts';
import { inBatches } from '../../src/provider-kit/in-batches.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf } from './test-upstream.ts';

const idOf = (tenant: string, client: string): ClientId => ({ provider: 'acme', tenant, client });

/** A vendor that has whatever does not begin with `x`, asked for two at once; of tenant `ill` it fails. */
function open(ids: readonly ClientId[], { hides = 0 } = {}) {
  const asked: string[] = [];
  const find = inBatches(
    ids,
    2,
    ({ provider, tenant }): TenantId => ({ provider, tenant }),
    async (parent, batch) => {
      asked.push(`${parent.tenant}: ${batch.map(({ client }) => client).join(' ')}`);
      if (parent.tenant === 'ill') throw new ProviderError('unavailable', 'No.');
      const items = batch.filter(({ client }) => !client.startsWith('x')).map((id) => ({ id }));
      return { items, total: items.length + hides };
    },
  );
  return { asked, find };
}

describe('asking for many at once', () => {
  it('those of one parent are asked for together, as many as fit, and no one twice', async () => {
    const ids = [
      idOf('t', 'a'),
      idOf('u', 'd'),
      idOf('t', 'b'),
      idOf('t', 'a'),
      idOf('t', 'x'),
      idOf('t', 'c'),
    ];
    const { asked, find } = open(ids);
    const found = await Promise.all(ids.map(find));
    expect(found.map((it) => it?.id)).toEqual(ids.map((id) => (id.client === 'x' ? undefined : id)));
    expect(asked).toEqual(['t: a b', 't: x c', 'u: d']);
  });

  it('nothing is asked for before it is wanted, and another parent’s not at all', async () => {
    const ids = [idOf('t', 'a'), idOf('u', 'b')];
    const { asked, find } = open(ids);
    expect(asked).toEqual([]);
    await find(idOf('u', 'b'));
    expect(asked).toEqual(['u: b']);
  });

  it('a parent that fails fails for its own alone', async () => {
    const ids = [idOf('ill', 'a'), idOf('t', 'b')];
    const { find } = open(ids);
    const [ill, well] = await Promise.allSettled(ids.map(find));
    expect([ill?.status, well?.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('an answer that is not whole proves nothing of what is not in it', async () => {
    const { find } = open([idOf('t', 'a'), idOf('t', 'x')], { hides: 1 });
    expect(await failureOf(find(idOf('t', 'x')))).toMatchObject({ code: 'malformed', applied: 'no' });
  });
});

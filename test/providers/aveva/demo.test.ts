import { expect, test } from 'vitest';
import { DAY } from '../../../src/domain/duration.ts';
import { createConnect } from '../../../src/provider-kit/http-upstream.ts';
import { pause } from '../../../src/provider-kit/pause.ts';
import { demo } from '../../../src/providers/aveva/demo.ts';
import { aveva } from '../../../src/providers/aveva/provider.ts';
import { FIRST_PAGE, one } from '../../conformance/answers.ts';
import { testClock } from '../../test-clock.ts';

test('the demonstration has secrets that ended, that are about to, and that go on', async () => {
  const clock = testClock();
  const options = aveva.options.parse(await demo.start(clock));
  clock.pass(60 * DAY);
  const world = { name: demo.name, connect: createConnect({ clock }), database: undefined, clock, pause };
  const provider = aveva.open(options, world);
  const call = { signal: new AbortController().signal, requestId: 'demo' };
  const tenants = await provider.listTenants(FIRST_PAGE, call);
  expect(tenants.items.map(({ node }) => node.name).toSorted()).toEqual(['Contoso Plant', 'Fabrikam']);
  const [tenant] = tenants.items.map(({ node }) => node.id);
  if (tenant === undefined) throw new Error('there is no tenant');
  const clients = (await one(provider.listClients([tenant], FIRST_PAGE, call))).items.map(({ node }) => node);
  expect(clients.map(({ kind }) => kind)).toContain('HYBRID');
  const pages = await provider.listSecrets(
    clients.map(({ id }) => id),
    FIRST_PAGE,
    call,
  );
  const secrets = pages.flatMap((page) => ('items' in page ? page.items.map(({ node }) => node) : []));
  const left = secrets.map(({ status, expiresAt }) =>
    expiresAt === null
      ? 'for ever'
      : `${status} ${Math.round((expiresAt.getTime() - clock.now().getTime()) / DAY)}`,
  );
  expect(new Set(left)).toEqual(new Set(['EXPIRED -30', 'ACTIVE 7', 'ACTIVE 120', 'for ever']));
  expect((await one(provider.listIdentities([tenant], FIRST_PAGE, call))).items).toHaveLength(3);
});

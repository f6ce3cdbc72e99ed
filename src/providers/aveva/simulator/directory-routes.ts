import { manyAnswer } from './many.ts';
import { notFound } from './refusal.ts';
import { mayOrRefuse, pageFrom, type Answer, type Asked, type Route } from './route.ts';

const SEGMENT = '(?<id>[^/]+)';

/** vendor facts, section 5 */
export const directoryRoutes: readonly Route[] = [
  { method: 'GET', path: /^$/, answer: getTenant },
  { method: 'GET', path: /^\/Regions$/, answer: listRegions },
  { method: 'GET', path: /^\/Users$/, answer: listUsers },
  {
    method: 'GET',
    path: new RegExp(`^/Users/${SEGMENT}$`),
    answer: (asked) => get(asked, 'User', asked.tenant.users),
  },
  { method: 'GET', path: /^\/AutomationIdentities$/, answer: listAutomationIdentities },
  {
    method: 'GET',
    path: new RegExp(`^/AutomationIdentities/${SEGMENT}$`),
    answer: (asked) => get(asked, 'Automation identity', asked.tenant.automationIdentities),
  },
];

function getTenant(asked: Asked): Answer {
  mayOrRefuse(asked, ['member'], false);
  const { id, companyName, created } = asked.tenant;
  const dates = { Created: created, LastUpdated: '0001-01-01T00:00:00' };
  const body = { Id: id, CompanyName: companyName, Alias: 'acme', State: 2, TenantType: null, ...dates };
  return { status: 200, body };
}

function listRegions(asked: Asked): Answer {
  mayOrRefuse(asked, ['member'], false);
  return { status: 200, body: asked.state.regions };
}

function listUsers(asked: Asked): Answer {
  mayOrRefuse(asked, ['member']);
  const { state, tenant, query } = asked;
  const wanted = query.getAll('id');
  if (state.dialect === 'v1' && wanted.length > 0) {
    const found = tenant.users.map((user) => ({ id: user.Id, body: user }));
    return manyAnswer(state, found, wanted, true);
  }
  return { status: 200, ...pageFrom(tenant.users, query) };
}

function listAutomationIdentities(asked: Asked): Answer {
  mayOrRefuse(asked, ['member']);
  return { status: 200, ...pageFrom(asked.tenant.automationIdentities, asked.query) };
}

function get(asked: Asked, noun: string, all: readonly { readonly Id: string }[]): Answer {
  mayOrRefuse(asked, ['member']);
  const found = all.find(({ Id }) => Id === asked.params['id']);
  if (found === undefined) throw notFound(noun);
  return { status: 200, body: found };
}

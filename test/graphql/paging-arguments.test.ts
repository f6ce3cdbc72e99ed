import { describe, expect, test } from 'vitest';
import { pageOf, type PageRequest } from '../../src/domain/page.ts';
import { InvalidInputError } from '../../src/domain/gateway-error.ts';
import { ask } from './ask.ts';
import { memorySession, ROTATION } from './memory-session.ts';

const TOTAL = 'fragment Total on RotationConnection { totalCount }';

/** The page requests that a list of rotations with these arguments makes. */
async function requested(args: string, selection = 'nodes { id }') {
  const requests: PageRequest[] = [];
  const session = memorySession({
    reads: {
      listRotations: async (_filter, page) => {
        requests.push(page);
        return pageOf([ROTATION], ({ id }) => id, page);
      },
    },
  });
  const fragment = selection === '...Total' ? TOTAL : '';
  const { errors } = await ask(`{ rotations${args} { ${selection} } } ${fragment}`, {}, session);
  return { requests, errors };
}

describe('the arguments of a connection', () => {
  test.each<[string, Partial<PageRequest>]>([
    ['', { limit: 20, direction: 'forward', cursor: null }],
    ['(first: 1)', { limit: 1, direction: 'forward', cursor: null }],
    ['(first: 100, after: "x")', { limit: 100, direction: 'forward', cursor: 'x' }],
    ['(after: "x")', { limit: 20, direction: 'forward', cursor: 'x' }],
    ['(last: 3)', { limit: 3, direction: 'backward', cursor: null }],
    ['(last: 3, before: "x")', { limit: 3, direction: 'backward', cursor: 'x' }],
    ['(before: "x")', { limit: 20, direction: 'backward', cursor: 'x' }],
    ['(first: 2, last: null, before: null)', { limit: 2, direction: 'forward', cursor: null }],
  ])('%s is a page request', async (args, expected) => {
    expect(await requested(args)).toEqual({ errors: [], requests: [{ ...expected, withTotal: false }] });
  });

  test.each([
    ['(first: 0)', 'first: must be from 1 to 100'],
    ['(first: -1)', 'first: must be from 1 to 100'],
    ['(first: 100000)', 'first: must be from 1 to 100'],
    ['(last: 101)', 'last: must be from 1 to 100'],
    ['(first: 1, last: 1)', 'last: cannot be combined with first or after'],
    ['(after: "x", before: "y")', 'before: cannot be combined with first or after'],
    ['(first: 1, before: "y")', 'before: cannot be combined with first or after'],
    [
      '(first: -1, last: 101)',
      'first: must be from 1 to 100; last: must be from 1 to 100; last: cannot be combined with first or after',
    ],
  ])('%s is refused', async (args, message) => {
    const { errors, requests } = await requested(args);
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(requests).toEqual([]);
  });

  test('a refused page of a nested list leaves the rest of the answer', async () => {
    const { data, errors } = await ask('{ tenants { nodes { name clients(first: 101) { nodes { id } } } } }');
    expect(data).toEqual({ tenants: { nodes: [{ name: 'Tenant', clients: null }] } });
    expect(errors).toMatchObject([{ path: ['tenants', 'nodes', 0, 'clients'] }]);
  });

  test('a cursor that the list does not know is a fault of the argument', async () => {
    const fault = new InvalidInputError([{ path: ['after'], message: 'is not a cursor of this list' }]);
    const session = memorySession({ reads: { listRotations: () => Promise.reject(fault) } });
    const { errors } = await ask('{ rotations(after: "hunter2") { totalCount } }', {}, session);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', fields: [{ path: ['after'] }] } }]);
  });
});

describe('the total', () => {
  test.each([
    ['totalCount', true],
    ['total: totalCount', true],
    ['... on RotationConnection { totalCount }', true],
    ['...Total', true],
    ['nodes { id attempts }', false],
  ])('with { %s } is asked for: %s', async (selection, withTotal) => {
    expect((await requested('', selection)).requests).toMatchObject([{ withTotal }]);
  });
});

describe('a connection', () => {
  test('has edges, nodes and the place of its page', async () => {
    const { data } = await ask(`{ tenants { nodes { clients(first: 1) {
      edges { cursor node { clientId } }
      nodes { clientId }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
      failures { message }
    } } } }`);
    expect(data).toEqual({
      tenants: {
        nodes: [
          {
            clients: {
              edges: [{ cursor: 'c000', node: { clientId: 'c000' } }],
              nodes: [{ clientId: 'c000' }],
              pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'c000', endCursor: 'c000' },
              totalCount: 2,
              failures: [],
            },
          },
        ],
      },
    });
  });

  test('that is empty has no cursors', async () => {
    const { data } = await ask('{ auditEvents { pageInfo { startCursor endCursor hasNextPage } } }');
    expect(data).toEqual({
      auditEvents: { pageInfo: { startCursor: null, endCursor: null, hasNextPage: false } },
    });
  });
});

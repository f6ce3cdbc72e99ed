import { plain } from './refusal.ts';
import { dateText, type StoredIdentity } from './state.ts';

/** In the server's order, in which an operator stands behind those that hold it. */
const OPERATORS = ['!=', '>=', '<=', '!?=', '!~=', '~=', '?=', '=', '>', '<'] as const;
const DEFAULT_LIMIT = 1000;

type Row = Readonly<Record<string, string>>;

/** vendor facts, section 2 */
export function query(identities: Iterable<StoredIdentity>, asked: URLSearchParams): object {
  const conditions = asked.getAll('q').map(conditionOf);
  const found = [...identities].map(rowOf).filter((row) => conditions.every((holds) => holds(row)));
  const sorted = sortedBy(asked.get('sort'), found);
  const start = numberOf(asked, 'start', 0);
  const inventories = sorted.slice(start, start + numberOf(asked, 'limit', DEFAULT_LIMIT));
  return { inventories, ...(asked.get('replyWithCount') === 'true' && { total: found.length }), schema: {} };
}

function rowOf({ uuid, name, type, createdAt }: StoredIdentity): Row {
  const date = dateText(createdAt);
  return { uuid, name, type, state: 'Enabled', createDate: date, lastOpDate: date };
}

/** The first operator of the list counts, wherever in the condition it stands. */
function conditionOf(condition: string): (row: Row) => boolean {
  const operator = OPERATORS.find((it) => condition.includes(it));
  if (operator === undefined) throw plain(400, `the '${condition}' doesn't contain any query operator`);
  const at = condition.indexOf(operator);
  const field = condition.slice(0, at).trim();
  const value = condition.slice(at + operator.length);
  return (row) => {
    const actual = row[field] ?? '';
    if (operator === '?=') return value.split(',').includes(actual);
    if (operator === '>') return actual > value;
    if (operator === '<') return actual < value;
    return operator === '=' ? actual === value : actual !== value;
  };
}

function sortedBy(sort: string | null, rows: readonly Row[]): readonly Row[] {
  if (sort === null) return rows;
  const field = sort.replace(/^[+-]/, '');
  const ascending = rows.toSorted((a, b) => ((a[field] ?? '') < (b[field] ?? '') ? -1 : 1));
  return sort.startsWith('-') ? ascending.toReversed() : ascending;
}

function numberOf(asked: URLSearchParams, name: string, otherwise: number): number {
  const text = asked.get(name) ?? String(otherwise);
  if (!/^\d+$/.test(text)) throw plain(400, `Invalid query parameter. '${name}' must be an integer`);
  return Number(text);
}

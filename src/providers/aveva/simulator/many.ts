import { errorBody } from './refusal.ts';
import type { Answer } from './route.ts';
import type { State } from './state.ts';

/** What there is of many ids; as a 207 where some of them failed, and the vendor tells that here (vendor facts, section 6). */
export function manyAnswer(
  { failing }: State,
  found: readonly { readonly id: string; readonly body: object }[],
  wanted: readonly string[],
  tellsMissing: boolean,
): Answer {
  const isFound = (id: string) => found.some((it) => it.id === id);
  const Data = found.filter(({ id }) => wanted.includes(id) && !failing.has(id)).map(({ body }) => body);
  const ChildErrors = [...new Set(wanted)].flatMap((ModelId) => {
    const StatusCode = failing.get(ModelId) ?? (tellsMissing && !isFound(ModelId) ? 404 : null);
    if (StatusCode === null) return [];
    return [
      { ...errorBody('It could not be read.', 'See the status code.'), StatusCode, ModelId, EventId: '' },
    ];
  });
  if (ChildErrors.length === 0) return { status: 200, body: Data, total: Data.length };
  const error = errorBody('Some could not be read.', 'See the child errors.');
  return { status: 207, body: { ...error, EventId: '', ChildErrors, Data } };
}

/** Where two JSON values differ first, and how. Null: nowhere; the order of fields does not matter. */
export function differenceOf(one: unknown, other: unknown, place = 'answer'): string | null {
  if (!isObject(one) || !isObject(other)) {
    return Object.is(one, other) ? null : `${place}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`;
  }
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const found = differenceOf(left.get(name), right.get(name), `${place}.${name}`);
    if (found !== null) return found;
  }
  return null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

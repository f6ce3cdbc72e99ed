const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;
const WHOLE_UUID = new RegExp(`^${UUID.source}$`);
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const MASK = '<60 more hex chars masked>';
const VALUE = /[\da-f]{4}<60 more hex chars masked>/g;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

type Differences = readonly string[];

/** Which id, date or value of the simulator stands for which one of the recording, one to one. */
export class Bindings {
  readonly #bound = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** False where either of them stands for something else already. */
  bind(recorded: string, actual: string): boolean {
    const known = this.#bound.get(recorded);
    if (known !== undefined || this.#taken.has(actual)) return known === actual;
    this.#bound.set(recorded, actual);
    this.#taken.add(actual);
    return true;
  }

  /** A recorded text with all that is bound put in its place. */
  translate(recorded: string): string {
    const known = (text: string) => this.#bound.get(text) ?? text;
    return known(recorded).replaceAll(UUID, known).replaceAll(VALUE, known);
  }

  /** In what `actual` is not what was recorded. Ids, dates and values that were not seen before are bound. */
  differences(recorded: unknown, actual: unknown, place = '$'): Differences {
    if (Array.isArray(recorded) && Array.isArray(actual)) return this.#inLists(recorded, actual, place);
    if (isObject(recorded) && isObject(actual)) {
      const keys = [...new Set([...Object.keys(recorded), ...Object.keys(actual)])];
      return keys.flatMap((key) => this.differences(recorded[key], actual[key], `${place}.${key}`));
    }
    const same =
      typeof recorded === 'string' && typeof actual === 'string'
        ? this.#isSame(recorded, actual, place)
        : recorded === actual;
    return same ? [] : [`${place}: ${JSON.stringify(recorded)} became ${JSON.stringify(actual)}`];
  }

  #isSame(recorded: string, actual: string, place: string): boolean {
    if (recorded === '<JWT masked>') return JWT.test(actual);
    if (place.endsWith('.clientSecretPrefix')) return actual === this.translate(recorded + MASK).slice(0, 4);
    if (DATE.test(recorded)) return DATE.test(actual) && this.bind(recorded, actual);
    if (recorded.endsWith(MASK)) return /^[\da-f]{64}$/.test(actual) && this.bind(recorded, actual);
    if (WHOLE_UUID.test(recorded)) return WHOLE_UUID.test(actual) && this.bind(recorded, actual);
    return actual === this.translate(recorded);
  }

  /** Among things of one name the server's order is left to chance, so those are told by their ids. */
  #inLists(recorded: readonly unknown[], actual: readonly unknown[], place: string): Differences {
    const [before, after] = [recorded, actual].map((list) => JSON.stringify(list.map(nameOf)));
    if (before !== after) return [`${place}: ${before} became ${after}`];
    const ids = actual.map(idOf);
    return recorded.flatMap((item, i) => {
      const known = ids.indexOf(this.#bound.get(idOf(item)) ?? '');
      return this.differences(item, actual[known === -1 ? i : known], `${place}[${i}]`);
    });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function idOf(item: unknown): string {
  const id = isObject(item) ? (item['identityId'] ?? item['id']) : undefined;
  return typeof id === 'string' ? id : '?';
}

function nameOf(item: unknown): unknown {
  const named = isObject(item) && isObject(item['identity']) ? item['identity'] : item;
  return isObject(named) ? (named['name'] ?? named['description']) : undefined;
}

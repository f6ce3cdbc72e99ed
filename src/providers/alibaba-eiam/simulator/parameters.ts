import type { SimulatorRequest } from '../../../provider-kit/simulator.ts';
import { invalid, missing, notFound } from './refusal.ts';
import type { Application, ClientSecret, Instance, State } from './state.ts';

const MOST = 100;

/** What an operation was asked with. */
export class Parameters {
  readonly #query: SimulatorRequest['query'];

  constructor(query: SimulatorRequest['query']) {
    this.#query = query;
  }

  /** Undefined: not given. An empty one is given. */
  text(name: string, { max = 64 } = {}): string | undefined {
    const text = this.#query.get(name) ?? undefined;
    if (text !== undefined && Array.from(text).length > max) throw invalid(name);
    return text;
  }

  required(name: string, limits?: { max: number }): string {
    const text = this.text(name, limits);
    if (text === undefined || text === '') throw missing(name);
    return text;
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    if (text !== undefined && !/^\d{1,19}$/.test(text)) throw invalid(name);
    return text === undefined ? undefined : Number(text);
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.text(name);
    const value = values.find((it) => it === text);
    if (text !== undefined && value === undefined) throw invalid(name);
    return value;
  }

  /** `ApplicationIds.1`, `ApplicationIds.2`. Undefined: not given. */
  list(name: string): readonly string[] | undefined {
    const items: string[] = [];
    for (let text; (text = this.text(`${name}.${items.length + 1}`)) !== undefined;) items.push(text);
    if (items.length > MOST) throw invalid(name);
    return items.length === 0 ? undefined : items;
  }

  /** The page that was asked for, by number. */
  page<T>(all: Iterable<T>): { readonly TotalCount: number; readonly items: readonly T[] } {
    const [number, size] = [this.number('PageNumber') ?? 1, this.number('PageSize') ?? 20];
    if (number < 1) throw invalid('PageNumber');
    if (size < 1 || size > MOST) throw invalid('PageSize');
    const items = [...all];
    return { TotalCount: items.length, items: items.slice((number - 1) * size, number * size) };
  }

  instance({ instances }: State): Instance {
    const instance = instances.get(this.required('InstanceId'));
    if (instance === undefined) throw notFound('Instance');
    return instance;
  }

  application(state: State): Application {
    const application = this.instance(state).applications.get(this.required('ApplicationId'));
    if (application === undefined) throw notFound('Application');
    return application;
  }

  clientSecret({ secrets }: Application): ClientSecret {
    const clientSecret = secrets.get(this.required('SecretId'));
    if (clientSecret === undefined) throw notFound('ClientSecret');
    return clientSecret;
  }
}

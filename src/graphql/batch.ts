import DataLoader from 'dataloader';
import { GatewayError } from '../domain/gateway-error.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { Answers } from '../service/session.ts';

const MAX_BATCH = 250;

/**
 * Keys that are asked for in the same moment go into one read, and none is read twice. Nothing is made before the first
 * key: of a dozen loaders a request asks one or two.
 */
export class KeyLoader<Key, T> {
  readonly #read: (keys: readonly Key[]) => Answers<T>;
  readonly #keyOf: (key: Key) => string;
  #loader: DataLoader<Key, T, string> | null = null;

  constructor(read: (keys: readonly Key[]) => Answers<T>, keyOf: (key: NoInfer<Key>) => string) {
    [this.#read, this.#keyOf] = [read, keyOf];
  }

  load(key: Key): Promise<T> {
    return this.#open().load(key);
  }

  /** Not to be read any more. */
  prime(key: Key, value: T): void {
    this.#open().prime(key, value);
  }

  clearAll(): void {
    this.#loader?.clearAll();
  }

  #open(): DataLoader<Key, T, string> {
    return (this.#loader ??= new DataLoader<Key, T, string>(this.#read, {
      cacheKeyFn: this.#keyOf,
      maxBatchSize: MAX_BATCH,
    }));
  }
}

/**
 * One node for each key, and those that came with lists. What was seen is put to its keys when the first key is asked
 * for, which in most requests is never.
 */
export class NodeLoader<Key, T extends { readonly id: Key }> {
  readonly #loader: KeyLoader<Key, T | null>;
  #seen: T[] = [];

  constructor(read: (keys: readonly Key[]) => Answers<T | null>, keyOf: (key: NoInfer<Key>) => string) {
    this.#loader = new KeyLoader(read, keyOf);
  }

  load(key: Key): Promise<T | null> {
    for (const node of this.#seen) this.#loader.prime(node.id, node);
    this.#seen = [];
    return this.#loader.load(key);
  }

  /** Not to be read any more. */
  see({ items }: Page<T>): void {
    for (const { node } of items) this.#seen.push(node);
  }

  clearAll(): void {
    this.#seen = [];
    this.#loader.clearAll();
  }
}

/** Parents that want the same page of their children share one read. Each page that comes is shown to `see`. */
export class PageLoader<Of, Request extends PageRequest, T> {
  readonly #read: (of: readonly Of[], request: Request) => Answers<Page<T>>;
  readonly #keyOf: (of: Of) => string;
  readonly #see: (page: Page<T>) => void;
  readonly #loaders = new Map<string, KeyLoader<Of, Page<T>>>();

  constructor(
    read: (of: readonly Of[], request: Request) => Answers<Page<T>>,
    keyOf: (of: NoInfer<Of>) => string,
    see: (page: Page<T>) => void,
  ) {
    [this.#read, this.#keyOf, this.#see] = [read, keyOf, see];
  }

  load(of: Of, request: Request): Promise<Page<T>> {
    const key = JSON.stringify(request);
    const loader =
      this.#loaders.get(key) ?? new KeyLoader((all) => this.#readAndSee(all, request), this.#keyOf);
    this.#loaders.set(key, loader);
    return loader.load(of);
  }

  clearAll(): void {
    this.#loaders.clear();
  }

  async #readAndSee(of: readonly Of[], request: Request): Answers<Page<T>> {
    const answers = await this.#read(of, request);
    for (const page of answers) if (!(page instanceof GatewayError)) this.#see(page);
    return answers;
  }
}

import DataLoader from 'dataloader';
import { GatewayError } from '../domain/gateway-error.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { Answers } from '../service/session.ts';

const MAX_BATCH = 250;

export interface Loader<Key, T> {
  load(key: Key): Promise<T>;
  /** Not to be read any more. */
  prime(key: Key, value: T): void;
  clearAll(): void;
}

/**
 * Keys that are asked for in the same moment go into one read, and none is read twice. Nothing is made before the first
 * key: of a dozen loaders a request asks one or two.
 */
export function byKey<Key, T>(
  read: (keys: readonly Key[]) => Answers<T>,
  cacheKeyFn: (key: Key) => string,
): Loader<Key, T> {
  let loader: DataLoader<Key, T, string> | null = null;
  const open = () =>
    (loader ??= new DataLoader<Key, T, string>(read, { cacheKeyFn, maxBatchSize: MAX_BATCH }));
  return {
    load: (key) => open().load(key),
    prime: (key, value) => void open().prime(key, value),
    clearAll: () => void loader?.clearAll(),
  };
}

/** One node for each key, and those that came with lists. */
export interface Nodes<Key, T> {
  load(key: Key): Promise<T | null>;
  /** Not to be read any more. */
  see(node: T): void;
  clearAll(): void;
}

/** As `byKey`. What was seen is put to its keys when the first key is asked for, which in most requests is never. */
export function nodesByKey<Key, T extends { readonly id: Key }>(
  read: (keys: readonly Key[]) => Answers<T | null>,
  cacheKeyFn: (key: Key) => string,
): Nodes<Key, T> {
  const loader = byKey(read, cacheKeyFn);
  let seen: T[] = [];
  return {
    load(key) {
      for (const node of seen) loader.prime(node.id, node);
      seen = [];
      return loader.load(key);
    },
    see: (node) => void seen.push(node),
    clearAll() {
      seen = [];
      loader.clearAll();
    },
  };
}

export interface Pages<Of, Request, T> {
  load(of: Of, request: Request): Promise<Page<T>>;
  clearAll(): void;
}

/** Parents that want the same page of their children share one read. Each child that comes is shown to `see`. */
export function byPage<Of, Request extends PageRequest, T>(
  read: (of: readonly Of[], request: Request) => Answers<Page<T>>,
  cacheKeyFn: (of: Of) => string,
  see: (item: T) => void,
): Pages<Of, Request, T> {
  const loaders = new Map<string, Loader<Of, Page<T>>>();
  const open = (request: Request) =>
    byKey(async (of: readonly Of[]) => {
      const answers = await read(of, request);
      for (const page of answers)
        if (!(page instanceof GatewayError)) page.items.forEach(({ node }) => see(node));
      return answers;
    }, cacheKeyFn);
  return {
    load: (of, request) => {
      const key = JSON.stringify(request);
      const loader = loaders.get(key) ?? open(request);
      loaders.set(key, loader);
      return loader.load(of);
    },
    clearAll: () => loaders.clear(),
  };
}

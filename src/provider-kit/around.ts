import type { Call, Provider } from './provider.ts';

/** `args` end with the Call. `run` takes those that the method is to have instead. */
export type Layer = (
  method: string,
  args: readonly unknown[],
  run: (instead?: readonly unknown[]) => Promise<unknown>,
) => Promise<unknown>;

/** What answers by itself, without the vendor. */
const PURE: ReadonlySet<PropertyKey> = new Set(['lacking'] satisfies (keyof Provider)[]);

/** The same provider with a layer around each of its methods. A method that is absent stays absent. */
export function around(provider: Provider, layer: Layer): Provider {
  return new Proxy(provider, {
    get(target, name): unknown {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function' || typeof name !== 'string' || PURE.has(name)) return member;
      return (...args: unknown[]) =>
        layer(name, args, async (instead = args): Promise<unknown> => Reflect.apply(member, target, instead));
    },
  });
}

/** Is the method one of `Reads`? */
export function isRead(method: string): boolean {
  return /^(get|list)/.test(method);
}

/** The Call that the arguments of a method end with. Null: there is none. */
export function callIn(args: readonly unknown[]): Call | null {
  const last = args.at(-1);
  return isCall(last) ? last : null;
}

function isCall(value: unknown): value is Call {
  return typeof value === 'object' && value !== null && 'signal' in value && 'requestId' in value;
}

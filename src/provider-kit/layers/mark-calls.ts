import { around, callIn, isRead } from '../around.ts';
import { accountOf, type Provider } from '../provider.ts';

/**
 * Lets each Call say whether it serves a write, whatever the method asks of the vendor, and how much room the vendor has
 * for requests that do, or do not.
 */
export function markCalls(provider: Provider, room: (isWrite: boolean) => number): Provider {
  return around(provider, (method, args, run) => {
    const call = callIn(args);
    if (call === null) return run();
    const isWrite = !isRead(method) || call.isWrite === true;
    const marked = { ...call, share: accountOf(call), isWrite, room: () => room(isWrite) };
    return run([...args.slice(0, -1), marked]);
  });
}

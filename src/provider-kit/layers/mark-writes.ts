import { around, callIn, isRead } from '../around.ts';
import type { Provider } from '../provider.ts';

/** Lets the Call of each write say that it serves one, whatever the method asks of the vendor. */
export function markWrites(provider: Provider): Provider {
  return around(provider, (method, args, run) => {
    const call = callIn(args);
    if (isRead(method) || call === null) return run();
    return run([...args.slice(0, -1), { ...call, isWrite: true }]);
  });
}

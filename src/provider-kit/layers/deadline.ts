import { around, callIn, isRead } from '../around.ts';
import { late } from '../http-exchange.ts';
import { onAbort } from '../on-abort.ts';
import { accountOf, type Call, type Provider } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';

/** The time of a read was over before the vendor had its share of it: who asks for less may well be answered. */
export class UnservedError extends ProviderError {
  constructor({ code, message, hint }: ProviderError) {
    super(code, message, { hint });
  }
}

/** The rest is for what follows the read, up to the last byte of the answer: that has to be out in time, too. */
const OF_THE_VENDOR = 0.97;

/**
 * Every read answers within so many ms, and within the time of its call; a background read, for which nobody waits,
 * within the latter alone. Queues, pauses, logins and jobs are all within it. What was not answered by then is
 * `timeout`, an `UnservedError` where that is no fault of the vendor's, and its requests are aborted; of many keys, those
 * that were answered keep their answers. A read that begins too late is `timeout` at once, unsent. A write is never
 * broken off.
 */
export function deadline(provider: Provider, readDeadlineMs: number): Provider {
  return around(provider, async (method, args, run) => {
    const call = callIn(args);
    if (!isRead(method) || call === null) return run();
    const leftMs = (call.endsAt ?? Infinity) - performance.now();
    const ownMs = call.isBackground === true ? Infinity : readDeadlineMs * OF_THE_VENDOR;
    const time = leftMs < ownMs ? { ms: leftMs, late: overdue } : { ms: ownMs, late };
    if (time.ms === Infinity) return run();
    return time.ms <= 0 ? unanswered(args, time.late()) : within(time, args, call, run);
  });
}

async function within(
  { ms, late: errorOf }: { readonly ms: number; readonly late: () => ProviderError },
  args: readonly unknown[],
  call: Call,
  run: (instead: readonly unknown[]) => Promise<unknown>,
): Promise<unknown> {
  const ending = new AbortController();
  const forget = onAbort(call.signal, () => ending.abort(call.signal.reason));
  const end: { error: ProviderError | null } = { error: null };
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      end.error = errorOf();
      ending.abort(end.error);
      // By then all that heeds the signal has said so.
      setImmediate(resolve, null);
    }, ms);
  });
  const own = { ...call, signal: ending.signal, share: accountOf(call) };
  try {
    const answer = await Promise.race([run([...args.slice(0, -1), own]), over]);
    const { error } = end;
    if (error === null) return answer;
    // No read answers with null.
    if (answer === null) return unanswered(args, error);
    return Array.isArray(answer) ? answer.map((one: unknown) => told(one, error)) : answer;
  } catch (thrown) {
    throw end.error === null ? thrown : told(thrown, end.error);
  } finally {
    clearTimeout(timer);
    forget();
  }
}

/** Inside, what was cut off through no fault of the vendor's is `aborted`, as if its caller had left. */
function told(answer: unknown, error: ProviderError): unknown {
  return answer instanceof ProviderError && answer.code === 'aborted' ? new UnservedError(error) : answer;
}

/** One error for each key, where there are keys. */
function unanswered([keys]: readonly unknown[], error: ProviderError): readonly ProviderError[] {
  if (Array.isArray(keys)) return keys.map(() => error);
  throw error;
}

/** Told of no vendor: it is the caller's own time that is over. */
export function overdue(): ProviderError {
  return new ProviderError('timeout', 'The time that one request may take is over.', {
    hint: 'Ask for less at once.',
  });
}

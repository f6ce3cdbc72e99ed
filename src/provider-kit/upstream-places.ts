import { onAbort } from './on-abort.ts';
import { aborted } from './or-aborted.ts';
import { accountOf, type Call } from './provider.ts';
import { ProviderError, UnsentError } from './provider-error.ts';

export interface PlacesOptions {
  /** How many requests may be on their way just now, at least 1. */
  readonly places: () => number;
  /** Of these, for calls that nobody waits for; and only such as nobody else wants. */
  readonly concurrentOfBackground: number;
  /** How many calls may wait. */
  readonly queued: number;
  /** How many requests one call may take in all. */
  readonly requestsOfCall: number;
}

/**
 * Who may send when. A call that is alone may have every place; of several that wait, each has one in turn. It is our own
 * because libraries queue by arrival or by priority, so that one long list keeps everybody behind it waiting.
 */
export interface Places {
  /** How many are free, less the requests that wait for one. Negative: so many too many wait. */
  readonly room: number;
  /** Throws `limit_reached` where a call has had its share. Counts the request, which may then be tried several times. */
  admit(call: Call): void;
  /**
   * Runs in a place, and gives it back. Rejects with `rate_limited` where too many calls wait, and with `aborted` as soon
   * as the caller leaves while he waits; nothing is run then.
   */
  run<T>(work: () => Promise<T>, call: Call): Promise<T>;
}

interface Account {
  left: number;
  readonly isBackground: boolean;
  /** In the order in which they came. */
  readonly waiting: Set<() => void>;
}

export function createPlaces(options: PlacesOptions): Places {
  const { places, concurrentOfBackground, queued, requestsOfCall } = options;
  const accounts = new WeakMap<object, Account>();
  // Accounts with requests that wait, in the order of their turns.
  const turns = new Set<Account>();
  const turnsOfBackground = new Set<Account>();
  let taken = 0;
  let takenByBackground = 0;
  /** Requests, but for those of the background. */
  let waiting = 0;

  const open = (call: Call): Account => {
    const key = accountOf(call);
    const known = accounts.get(key);
    if (known !== undefined) return known;
    const account = {
      left: requestsOfCall,
      isBackground: call.isBackground ?? false,
      waiting: new Set<never>(),
    };
    accounts.set(key, account);
    return account;
  };
  const isFree = ({ isBackground }: Account) =>
    taken < places() &&
    turns.size === 0 &&
    (!isBackground || (turnsOfBackground.size === 0 && takenByBackground < concurrentOfBackground));
  const take = ({ isBackground }: Account) => {
    taken += 1;
    if (isBackground) takenByBackground += 1;
  };
  const fill = () => {
    while (taken < places()) {
      const mayBackground = takenByBackground < concurrentOfBackground;
      const [account] = turns.size > 0 || !mayBackground ? turns : turnsOfBackground;
      if (account === undefined) return;
      const [enter] = account.waiting;
      const own = account.isBackground ? turnsOfBackground : turns;
      own.delete(account);
      if (enter === undefined) continue;
      account.waiting.delete(enter);
      if (account.waiting.size > 0) own.add(account);
      take(account);
      enter();
    }
  };
  const wait = (account: Account, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const own = account.isBackground ? turnsOfBackground : turns;
      if (!own.has(account) && own.size >= queued) throw tooMany();
      const weight = account.isBackground ? 0 : 1;
      const enter = () => {
        waiting -= weight;
        forget();
        resolve();
      };
      const forget = onAbort(signal, () => {
        waiting -= weight;
        account.waiting.delete(enter);
        if (account.waiting.size === 0) own.delete(account);
        reject(aborted());
      });
      waiting += weight;
      account.waiting.add(enter);
      own.add(account);
    });

  return {
    get room() {
      return places() - taken - waiting;
    },
    admit(call) {
      const account = open(call);
      if (account.left === 0) throw tooMuch(requestsOfCall);
      account.left -= 1;
    },
    async run(work, call) {
      const account = open(call);
      if (isFree(account)) take(account);
      else await wait(account, call.signal);
      try {
        return await work();
      } finally {
        taken -= 1;
        if (account.isBackground) takenByBackground -= 1;
        fill();
      }
    },
  };
}

function tooMany(): ProviderError {
  return new UnsentError('rate_limited', 'Too many requests wait for this vendor.');
}

function tooMuch(limit: number): ProviderError {
  const message = 'This takes more requests to the vendor than one question may cost.';
  return new UnsentError('limit_reached', message, {
    limit,
    hint: 'Ask for smaller pages, or in several requests.',
  });
}

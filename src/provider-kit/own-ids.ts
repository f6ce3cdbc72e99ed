import { EMPTY_PAGE } from '../domain/page.ts';
import { around, isRead } from './around.ts';
import type { Provider } from './provider.ts';
import { ProviderError } from './provider-error.ts';

const PARTS = ['tenant', 'identity', 'client', 'secret'] as const;

/** Can the vendor have an id in which this part is this text? */
export type CanBe = (part: (typeof PARTS)[number], text: string) => boolean;

/**
 * The same provider, asked only for what it can have. Any other id is answered before it: by a read with null or an
 * empty page, by a write with `not_found`. Holds of the identity that a new client is to hang on, too.
 */
export function ownIds(provider: Provider, canBe: CanBe): Provider {
  const isOwn = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return true;
    const parts: Readonly<Record<string, unknown>> = { ...value };
    return PARTS.every((part) => {
      const text = parts[part];
      return typeof text === 'string' ? canBe(part, text) : isOwn(text);
    });
  };

  return around(provider, async (method, args, run) => {
    if (!isRead(method)) {
      if (args.slice(0, -1).every(isOwn)) return run();
      throw new ProviderError('not_found', 'There is nothing with this id.');
    }
    const [keys, ...rest] = args;
    if (!Array.isArray(keys)) return run();
    const own: readonly unknown[] = keys.filter(isOwn);
    const answers = await run([own, ...rest]);
    if (!Array.isArray(answers) || answers.length !== own.length) return answers;
    const next = answers.values();
    const nothing = method.startsWith('list') ? EMPTY_PAGE : null;
    return keys.map((key): unknown => (isOwn(key) ? next.next().value : nothing));
  });
}

import { SecretValue } from '../../domain/secret-value.ts';
import { around, isRead } from '../around.ts';
import { privateCause } from '../private-cause.ts';
import type { Provider, Reads, Writes } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';

/** What may answer with a secret value. */
const ISSUING: ReadonlySet<string> = new Set<keyof Writes>([
  'createClient',
  'createSecret',
  'replaceSecret',
  'revealSecret',
]);
/** Which parts of a key its answers have to repeat. A client repeats the identity that it was listed for. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map<keyof Reads, readonly string[]>([
  ['getTenants', ['provider', 'tenant']],
  ['listIdentities', ['provider', 'tenant']],
  ['getIdentities', ['provider', 'tenant', 'identity']],
  ['listClients', ['provider', 'tenant', 'identity']],
  ['getClients', ['provider', 'tenant', 'client']],
  ['listSecrets', ['provider', 'tenant', 'client']],
  ['getSecrets', ['provider', 'tenant', 'client', 'secret']],
]);
const SECRET = 'a secret value where there may be none';

/**
 * Holds a provider to its contract: `Many` has one answer for each key, in key order; only issuing answers with a
 * secret value; everything thrown is a ProviderError. What breaks this is `malformed`, and says so in public words
 * alone: of a `Many` the one answer that does, otherwise the whole.
 */
export function guard(provider: Provider): Provider {
  return around(provider, async (method, args, run) => {
    const applied = isRead(method) ? 'no' : 'maybe';
    const answer = await run().catch((error: unknown) => {
      throw error instanceof ProviderError ? error : broken(applied, privateCause(error));
    });
    const parts = PARTS.get(method);
    if (parts !== undefined) return eachGuarded(method, args[0], answer, parts);
    if (!ISSUING.has(method) && holdsSecret(answer)) throw broken(applied, new Error(`${method}: ${SECRET}`));
    return answer;
  });
}

function broken(applied: 'no' | 'maybe', cause: Error): ProviderError {
  return new ProviderError('malformed', 'The provider gave no answer that can be used.', { applied, cause });
}

/** Without one answer for each key nobody can tell whose they are, so that all are broken. */
function eachGuarded(method: string, keys: unknown, answers: unknown, parts: readonly string[]): unknown[] {
  if (!Array.isArray(keys) || !Array.isArray(answers) || keys.length !== answers.length)
    throw broken('no', new Error(`${method}: not one answer for each key`));
  return answers.map((answer: unknown, i) => {
    const fault = answerFault(answer, keys[i], parts);
    return fault === null ? answer : broken('no', new Error(`${method}: answer ${i} has ${fault}`));
  });
}

function answerFault(answer: unknown, key: unknown, parts: readonly string[]): string | null {
  if (!nodesOf(answer).every((node) => belongs(node, key, parts))) return 'what is not of its key';
  return holdsSecret(answer) ? SECRET : null;
}

/** The nodes of one answer: of a page, or the one that was asked for. */
function nodesOf(answer: unknown): readonly unknown[] {
  if (answer === null || answer instanceof ProviderError) return [];
  if (!isRecord(answer) || !Array.isArray(answer['items'])) return [answer];
  return answer['items'].map((item: unknown) => (isRecord(item) ? item['node'] : null));
}

/** Is the node the key's own, or within it? */
function belongs(node: unknown, key: unknown, parts: readonly string[]): boolean {
  if (!isRecord(node) || !isRecord(node['id']) || !isRecord(key)) return false;
  const { id, identity } = node;
  const acts = isRecord(identity) ? identity : id;
  return parts.every((part) => key[part] === undefined || (id[part] ?? acts[part]) === key[part]);
}

/** Looks at every field of every node that is read, so that it makes no lists of them. */
function holdsSecret(value: unknown): boolean {
  if (!isRecord(value) || value instanceof Date) return false;
  if (value instanceof SecretValue) return true;
  for (const name in value) if (holdsSecret(value[name])) return true;
  return false;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

import { clientIdOf, type ClientId, type ClientSecretId } from '../../src/domain/ids.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import type { Provider, Replacement, Traits } from '../../src/provider-kit/provider.ts';
import { createToy, type Toy } from './toy-provider.ts';

export interface OneSlotToy extends Toy {
  /** Of the client `c`. */
  readonly secret: ClientSecretId;
  /** What reached the vendor, in order. */
  readonly replacements: readonly Replacement[];
  /** The next replacement acts and loses its answer, or is refused. */
  spoilNext(how: 'lost' | 'refused'): void;
}

/** A vendor whose clients have one slot each, and one client, `fixed`, whose value nobody can replace. */
export async function createOneSlotToy(
  name: string,
  clock: Clock,
  replacement: Traits['replacement'],
): Promise<OneSlotToy> {
  const toy = createToy(name, clock, {
    maxActiveSecrets: 1,
    minActiveSecrets: 1,
    secretLifetime: null,
    replacement,
    describesSecrets: false,
    instead: {
      createSecret: 'Rotate the only secret.',
      revokeSecret: 'Delete the client.',
      updateSecret: 'Rotate the only secret.',
    },
  });
  const client: ClientId = { provider: name, tenant: 't', client: 'c' };
  const call = { signal: new AbortController().signal, requestId: 'request-0' };
  const made = await toy.provider.createSecret?.(
    client,
    { description: null, expiresAt: null, maxUses: null, value: null, retrievable: null },
    call,
  );
  if (made === undefined) throw new Error('the toy makes no secret');
  const replacements: Replacement[] = [];
  let spoiled: 'lost' | 'refused' | null = null;

  const { createSecret: _create, revokeSecret: _revoke, updateSecret: _update, ...rest } = toy.provider;
  const provider: Provider = {
    ...rest,
    lacking: (id) => (id.client === 'fixed' ? { replaceSecret: 'Register another client.' } : {}),
    async replaceSecret(id, input) {
      const how = spoiled;
      spoiled = null;
      if (how === 'refused') throw new ProviderError('rejected', 'The toy says no.');
      replacements.push(input);
      if (how === 'lost') throw new ProviderError('unavailable', 'The toy is gone.', { applied: 'maybe' });
      const [secret] = toy.secrets;
      if (secret === undefined) throw new ProviderError('not_found', 'No such secret.');
      const value = input.value ?? new SecretValue(`toy-value-${replacements.length}`);
      return { secret, clientId: clientIdOf(id).client, value };
    },
  };
  return {
    ...toy,
    provider,
    secret: made.secret.id,
    replacements,
    spoilNext: (how) => {
      spoiled = how;
    },
    get secrets() {
      return toy.secrets;
    },
  };
}

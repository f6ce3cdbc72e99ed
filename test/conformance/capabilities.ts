import { describe, expect, it } from 'vitest';
import { OPERATIONS, type Operation } from '../../src/domain/operation.ts';
import { capabilitiesOf } from '../../src/service/capabilities.ts';
import { failureOf } from './answers.ts';
import { ATTEMPTED, ATTEMPTS, seedPlace } from './attempts.ts';
import type { Facts, Subject } from './harness.ts';

export function describeCapabilities(subject: Subject): void {
  const { open, absent, traits, lackingHere = [] } = subject;

  describe('capabilities', () => {
    it('its traits and its methods say the same', async () => {
      const { provider } = await open();
      const { retrieval, replacement, minActiveSecrets, maxActiveSecrets } = provider.traits;
      expect(retrieval).toBe(provider.revealSecret === undefined ? 'ONCE' : 'ANY_TIME');
      expect(replacement === null).toBe(provider.replaceSecret === undefined);
      expect(minActiveSecrets).toBeLessThanOrEqual(maxActiveSecrets ?? Infinity);
    });

    it('what the gateway says that it can is what its page says', async () => {
      const { minMs = null, maxMs = null } = traits.secretLifetime ?? {};
      expect(capabilitiesOf((await open()).provider)).toEqual({
        operations: OPERATIONS.filter((operation) => canDo(operation, absent)),
        secretRetrieval: traits.retrieval,
        rotation: rotationOf({ absent, traits }),
        maxActiveSecretsPerClient: traits.maxActiveSecrets,
        minSecretLifetimeMs: minMs,
        maxSecretLifetimeMs: maxMs,
        supportsSecretExpiry: traits.secretLifetime !== null,
        revocationDelayMs: traits.revocationDelayMs,
      });
    });

    it('what only these clients lack is told by the id alone, and refused without a request', async () => {
      const stage = await open();
      const { provider, call, traffic } = stage;
      const place = await seedPlace(stage);
      const before = traffic();
      const told = { ...provider.lacking?.(place.client), ...provider.lacking?.(place.secret) };
      expect(Object.keys(told).sort()).toEqual([...lackingHere].sort());
      expect(Object.values(told).filter((hint) => !/^[A-Z].{20,}\.$/.test(hint))).toEqual([]);
      for (const write of ATTEMPTED.filter((attempted) => lackingHere.includes(attempted))) {
        const failure = await failureOf(ATTEMPTS[write](provider, place, call, subject));
        expect(failure).toMatchObject({ code: 'unsupported', applied: 'no' });
      }
      expect(traffic()).toBe(before);
    });
  });
}

/** By its name alone: `CREATE_CLIENT_SECRET` is `createSecret`, and to rotate is made of others. */
function canDo(operation: Operation, absent: Facts['absent']): boolean {
  if (operation === 'ROTATE_CLIENT_SECRET') return rotatesBeside(absent) || !absent.includes('replaceSecret');
  const [verb, noun = ''] = operation
    .replace('CLIENT_', operation.endsWith('SECRET') ? '' : 'CLIENT_')
    .split('_');
  const method = `${verb?.toLowerCase()}${noun.charAt(0)}${noun.slice(1).toLowerCase()}`;
  return !absent.some((write) => write === method);
}

function rotationOf({ absent, traits }: Pick<Facts, 'absent' | 'traits'>) {
  if (rotatesBeside(absent) || traits.replacement === 'OVERLAP') return 'OVERLAP';
  return traits.replacement === null ? 'NONE' : 'REPLACE';
}

function rotatesBeside(absent: Facts['absent']): boolean {
  return !absent.includes('createSecret') && !absent.includes('revokeSecret');
}

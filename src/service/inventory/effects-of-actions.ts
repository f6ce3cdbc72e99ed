import type { SeenChange } from './seen-change.ts';

/** What an action can do to a client and to a secret: kinds of difference, and of a `CHANGED` the fields. */
interface Effects {
  readonly client: readonly string[];
  readonly secret: readonly string[];
}

const STATUS = ['status', 'revokedAt'];
const DELETION: Effects = { client: ['REMOVED'], secret: ['REMOVED'] };
const SWITCH: Effects = { client: [], secret: STATUS };
/** It makes a secret, ends one, and moves the end of the old one. */
const ROTATION: Effects = { client: [], secret: ['ADDED', 'REMOVED', 'EXPIRY_MOVED', ...STATUS] };

const EFFECTS: Readonly<Record<string, Effects>> = {
  'tenant.delete': DELETION,
  // Where a client goes by the name of its identity.
  'identity.update': { client: ['name'], secret: [] },
  'client.create': { client: ['ADDED'], secret: ['ADDED'] },
  'client.update': {
    client: ['name', 'clientId', 'description', 'kind', 'enabled', 'redirectUris'],
    secret: [],
  },
  'client.delete': DELETION,
  'clientSecret.create': { client: [], secret: ['ADDED'] },
  'clientSecret.update': { client: [], secret: ['EXPIRY_MOVED', 'description'] },
  'clientSecret.disable': SWITCH,
  'clientSecret.enable': SWITCH,
  // The client too where it goes with its secret.
  'clientSecret.revoke': { client: ['REMOVED'], secret: ['REMOVED', ...STATUS] },
  'clientSecret.rotate': ROTATION,
  'rotation.handOver': ROTATION,
  'rotation.complete': ROTATION,
  'rotation.cancel': ROTATION,
  'rotation.retire': ROTATION,
  'rotation.recover': ROTATION,
};

/** Every action that can change a client or a secret. */
export const CHANGING_ACTIONS: readonly string[] = Object.keys(EFFECTS);

/** What of a change has to be explained: each field that differs by itself, or else that it is of this kind. */
export function piecesOf({ kind, before }: Pick<SeenChange, 'kind' | 'before'>): readonly string[] {
  return kind === 'CHANGED' ? Object.keys(before ?? {}) : [kind];
}

/** Is this a piece of what the action can do to what has changed? */
export function canMake(action: string, piece: string, { secret }: Pick<SeenChange, 'secret'>): boolean {
  return EFFECTS[action]?.[secret === null ? 'client' : 'secret'].includes(piece) ?? false;
}

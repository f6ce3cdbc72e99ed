import type { DriftKind } from '../../domain/drift-event.ts';
import type { ClientId, ClientSecretId, IdentityId } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';

/** A difference that a look has shown. */
export interface SeenChange {
  readonly kind: DriftKind;
  readonly client: ClientId;
  /** Null: it is the client itself. */
  readonly secret: ClientSecretId | null;
  /** Whom the client acts for, as far as is known. */
  readonly identity: IdentityId | null;
  /** What it was. Null: it was not there. */
  readonly before: JsonObject | null;
  /** When the look before it began; of what is new, when the last whole sweep ended. Null: there was none. */
  readonly lookedAt: Date | null;
  /** When the look that showed it began. */
  readonly seenAt: Date;
}

import type { ClientId, ClientSecretId } from './ids.ts';
import type { JsonObject } from './json.ts';

export const DRIFT_KINDS = ['ADDED', 'REMOVED', 'CHANGED', 'EXPIRY_MOVED'] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** A difference between one look at a vendor and a later one that no write of ours explains. */
export interface DriftEvent {
  readonly id: string;
  readonly kind: DriftKind;
  /** What differs, or whose secret it is. */
  readonly client: ClientId;
  /** Null: it is the client itself. */
  readonly secret: ClientSecretId | null;
  /** When the read that showed it first began. */
  readonly seenAt: Date;
  /** The fields that differ, as they were; moments as RFC 3339 texts. Null: it was not there. */
  readonly before: JsonObject | null;
  /** The same fields as they are. Null: it is gone. */
  readonly after: JsonObject | null;
}

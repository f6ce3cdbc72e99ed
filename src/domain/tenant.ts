import type { Freshness } from './freshness.ts';
import type { TenantId } from './ids.ts';
import type { JsonObject } from './json.ts';

/** The boundary that separates one owner's clients from another's. */
export interface Tenant {
  readonly id: TenantId;
  readonly name: string;
  readonly description: string | null;
  /** Null: this vendor cannot switch a tenant off. */
  readonly enabled: boolean | null;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  /** What only this vendor has; never a secret value. */
  readonly attributes: JsonObject;
  readonly freshness: Freshness;
}

import { z } from 'zod';
import { ERROR_CODES } from '../../domain/gateway-error.ts';

/** Where a walk through the clients of a tenant, or through the tenants of a provider, goes on. */
export interface Place {
  /** The vendor's cursor behind which the page in hand begins. Null: the first page. */
  readonly after: string | null;
  /** The last client of that page whose secrets were asked for. Null: none was. */
  readonly last: string | null;
  /** Clients that have more secrets than were seen, each with the vendor's cursor where these go on. */
  readonly more: readonly (readonly [client: string, cursor: string])[];
}

export const START: Place = { after: null, last: null, more: [] };

/** Where a sweep goes on. */
export interface SweepPlace {
  /** Null: all has been walked through, and what was not seen on the way is being looked for. */
  readonly walk: Place | null;
  /** What had to be passed over on the way, and why. Null: nothing. */
  readonly fault: Fault | null;
  /** Has it begun anew, since the vendor no longer took a cursor? */
  readonly isAnew: boolean;
  /** The last of each kind that had not shown and was asked for. Empty: none was. */
  readonly asked: Asked;
}

const asked = z.object({
  tenant: z.string(),
  client: z.string(),
  secret: z.object({ client: z.string(), secret: z.string() }),
});

export type Asked = Readonly<z.infer<typeof asked>>;

const NOT_ASKED: Asked = { tenant: '', client: '', secret: { client: '', secret: '' } };

const fault = z.object({ code: z.enum(ERROR_CODES), message: z.string() });

/** Why a sweep does not get on, in public words. */
export type Fault = Readonly<z.infer<typeof fault>>;

/** What became of a cursor that a sweep gave the vendor. */
export const CURSOR_REFUSED: Fault = {
  code: 'PROVIDER_REJECTED',
  message: 'The provider no longer knows where the last look had come to.',
};

export const SWEEP_START: SweepPlace = { walk: START, fault: null, isAnew: false, asked: NOT_ASKED };

const place = z.object({
  walk: z
    .object({
      after: z.string().nullable(),
      last: z.string().nullable(),
      more: z.array(z.tuple([z.string(), z.string()])),
    })
    .nullable(),
  fault: fault.nullable(),
  isAnew: z.boolean(),
  asked,
});

/** Is there a cursor in what is asked for next? */
export function givesCursor({ walk }: SweepPlace): boolean {
  return walk !== null && (walk.after !== null || walk.more.length > 0);
}

/** At the start, once; then behind what the vendor no longer knows. */
export function withoutCursor(from: SweepPlace): SweepPlace {
  if (from.walk === null || !from.isAnew) return { ...from, walk: START, isAnew: true };
  const [open, ...more] = from.walk.more;
  return { ...from, walk: open === undefined ? null : { ...from.walk, more }, fault: CURSOR_REFUSED };
}

export function encodeSweepPlace(from: SweepPlace): string {
  return JSON.stringify(from);
}

/** The start, for null and for what no gateway of this version wrote. */
export function parseSweepPlace(text: string | null): SweepPlace {
  try {
    return text === null ? SWEEP_START : place.parse(JSON.parse(text));
  } catch {
    return SWEEP_START;
  }
}

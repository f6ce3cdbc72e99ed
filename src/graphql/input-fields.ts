import { z } from 'zod';
import { parseDuration } from '../domain/duration.ts';
import type { NodeType } from '../domain/ids.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import { isStorableJson } from '../domain/storable.ts';
import { globalId } from './global-id.ts';
import { NOT_STORABLE, text as anyText } from './storable-input.ts';

/** Global id of what an operation is about. */
export function id(type: NodeType) {
  return { description: `Global id of the ${type}.`, validate: { schema: globalId(type) } };
}

export const idempotencyKey = {
  description:
    'From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of ' +
    'the first call again, a value issued once included; with another input it is a ConflictError.',
  validate: { schema: sized(anyText, 8, 255) },
};

export const name = {
  description: 'What people call it: from 1 to 255 characters.',
  validate: { schema: sized(anyText.trim(), 1, 255) },
};

export const description = {
  description: 'What it is for: at most 1000 characters.',
  validate: { schema: sized(anyText.trim(), 0, 1000) },
};

export const reason = {
  description: 'Why, for the audit trail: from 1 to 500 characters.',
  validate: { schema: sized(anyText.trim(), 1, 500) },
};

/** What the configuration or a vendor calls something: taken exactly as it is. */
export function givenName(text: string) {
  return { description: text, validate: { schema: sized(anyText, 1, 512) } };
}

export function secretValue(text: string) {
  return { description: text, validate: { schema: sized(anyText, 1, 4096) } };
}

export const duration = z
  .string()
  .refine(
    (iso) => parseDuration(iso) !== null,
    'must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as P30D',
  );

export const expiresAt = {
  type: 'DateTime',
  description: 'When it ends by itself. Not together with `expiresIn`.',
} as const;

export const expiresIn = {
  type: 'Duration',
  description: 'After how long it ends by itself. Left out: never, where that is allowed.',
  validate: { schema: duration.refine((iso) => parseDuration(iso) !== 0, 'must be longer than nothing') },
} as const;

/** No database keeps every moment that a duration can lead to. */
const MAX_OVERLAP = 'P36500D';

export const overlap = {
  type: 'Duration',
  description:
    'How long the old secret goes on to work beside the new one. Default: `PT24H`. Zero: it ends at once.',
  validate: {
    schema: duration.refine(
      (iso) => Number(parseDuration(iso)) <= Number(parseDuration(MAX_OVERLAP)),
      `must be at most ${MAX_OVERLAP}`,
    ),
  },
} as const;

const MAX_STALENESS = 'PT1M';

/** Of a root field that reads from providers. */
export const maxStaleness = {
  type: 'Duration',
  description:
    'How old an answer may be that a provider gave before, here and in all that is below. At most `PT1M`; `PT0S`: each ' +
    'provider is asked anew. Left out: as the provider is configured, `PT2S` where that says nothing.',
  validate: {
    schema: duration.refine(
      (iso) => Number(parseDuration(iso)) <= Number(parseDuration(MAX_STALENESS)),
      `must be at most ${MAX_STALENESS}`,
    ),
  },
} as const;

/** What one of these has checked. Null: it was not given. */
export function millisecondsOf(iso: string | null | undefined): number | null {
  return iso ? parseDuration(iso) : null;
}

export const redirectUris = {
  description:
    'Where an authorization may be sent: absolute URIs without a fragment, 50 at most (RFC 6749, 3.1.2).',
  validate: {
    maxLength: [50, { message: 'must have at most 50 items' }] satisfies [number, { message: string }],
    items: { schema: anyText.refine(isRedirectUri, 'must be an absolute URI without a fragment') },
  },
};

function isRedirectUri(text: string): boolean {
  return text.length <= 2048 && URL.canParse(text) && !text.includes('#');
}

const MAX_LEVELS = 16;
const MAX_JSON = 16_384;

export const attributes = {
  description: `What only this vendor has, at most ${MAX_JSON} characters of JSON in ${MAX_LEVELS} levels.`,
  validate: {
    schema: z
      .custom<JsonObject>()
      .refine((value) => levels(value) <= MAX_LEVELS && JSON.stringify(value).length <= MAX_JSON, {
        message: `must have at most ${MAX_JSON} characters of JSON in ${MAX_LEVELS} levels`,
        abort: true,
      })
      .refine(isStorableJson, NOT_STORABLE),
  },
};

/** Counts no further than one more than is allowed. */
function levels(value: JsonValue, above = 0): number {
  if (typeof value !== 'object' || value === null || above > MAX_LEVELS) return above;
  const items: readonly JsonValue[] = Object.values(value);
  return items.reduce<number>((most, item) => Math.max(most, levels(item, above + 1)), above + 1);
}

export const maxUses = {
  description: 'How often it may authenticate. Left out: without limit.',
  validate: { schema: z.number().min(1, 'must be at least 1') },
};

function sized(schema: z.ZodString, min: number, max: number) {
  const tooShort = min <= 1 ? 'must not be empty' : `must have at least ${min} characters`;
  return schema.min(min, tooShort).max(max, `must have at most ${max} characters`);
}

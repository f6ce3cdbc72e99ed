import { z } from 'zod';
import { isStorableMoment, isStorableText } from '../domain/storable.ts';

export const NOT_STORABLE = 'must not hold U+0000 or half a surrogate pair';

/** What every text of a caller has to pass. */
export const text = z.string().refine(isStorableText, NOT_STORABLE);

/** What a moment has to pass that is looked for and not checked against the clock. */
export const moment = z.date().refine(isStorableMoment, 'must lie in the years from 1 to 9999');

import { timestamp } from 'drizzle-orm/pg-core';

/** A moment in milliseconds, the precision that a `Date` holds, so that a stored cursor compares equal. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });

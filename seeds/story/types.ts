/** Shapes shared by the story's files. All of it is data: nothing here knows a database. */
import type { Text3 } from './checklist.ts';

export type { Text3 };

/** A date that is known only so far. A month or year is given by its first day (or last, at an end). */
export interface When {
  readonly date: string;
  readonly precision: 'day' | 'month' | 'year';
}

/** `null` says that the source does not name it; a running project has no end. */
export interface Period {
  readonly from: When | null;
  readonly to: When | null;
}

export const day = (date: string): When => ({ date, precision: 'day' });
export const month = (date: string): When => ({ date, precision: 'month' });
export const year = (date: string): When => ({ date, precision: 'year' });

import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { countryDay } from '../../platform/i18n/index.ts';

/** Who does it, in which space, and when (now, unless told). An Actor fits; seeds give a space without an account. */
export type By = { readonly spaceId: string; readonly accountId: string | null; readonly at?: Date };

/** What somebody said something of: where subjects lie and what type they are, or what is in force by a source. */
export type Said = { readonly subjects: readonly string[] } | { readonly source: string };
/** Draws anew, in the same transaction, what stands on what was said: evidence must never wait for a rebuild. */
export type Follows = (tx: Db, spaceId: string, said: Said) => Promise<void>;
/** Who states a fact that figures may stand on. */
export type Speaker = By & { readonly follows: Follows };

export const SUBJECT_KINDS = ['person', 'organisation', 'place', 'thing'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** A person, organisation, place or thing as it was on one day. Dates are 'YYYY-MM-DD', both ends included. */
export type Subject = {
  readonly id: string;
  readonly kind: SubjectKind;
  /** On that day: a facility may have changed it since. */
  readonly type: string | null;
  readonly code: string | null;
  /** On that day. */
  readonly name: Text3;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly removedAt: Date | null;
};

/**
 * part_of: place in place, group in organisation. located_in: person, organisation or thing in a place.
 * successor_of: the new one, of the old one, with its share of the old one's catchment. different_from: a person looked and said no.
 */
export const RELATION_KINDS = [
  'part_of',
  'located_in',
  'member_of',
  'works_at',
  'guardian_of',
  'successor_of',
  'same_as',
  'different_from',
  'changed_type',
] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

export type Relation = {
  readonly id: string;
  readonly subjectId: string;
  readonly kind: RelationKind;
  readonly objectId: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly share: number | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly statedAt: Date;
  readonly statedBy: string | null;
  readonly undoneAt: Date | null;
};

/** What only those see whose task needs it (rule subjects.personDetail). */
export type PersonDetail = {
  readonly sex: 'f' | 'm' | null;
  readonly bornOn: string | null;
  readonly bornYear: number | null;
  readonly phone: string | null;
  readonly note: string | null;
};

/** One step of the chain of places above a subject, the nearest first. */
export type Ancestor = { readonly id: string; readonly type: string | null; readonly name: Text3 };

/** Whether the subject was there on the day: both ends count. */
export function existsAt(
  subject: { readonly startsOn: string | null; readonly endsOn: string | null },
  day: string,
): boolean {
  return (subject.startsOn === null || subject.startsOn <= day) && (subject.endsOn === null || subject.endsOn >= day);
}

/** The day before, for what ends because something else begins. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Today in the country (UTC+6). */
export function today(now: Date = new Date()): string {
  return countryDay(now);
}

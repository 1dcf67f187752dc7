import type { Text3 } from '../../platform/i18n/index.ts';
import type { Tables } from '../sources/index.ts';

/** The record as a measure sees it: answers and links, no author and no names of people. */
export type MeasuredRecord = {
  readonly id: string;
  readonly rootId: string;
  readonly formKey: string;
  readonly formVersion: string;
  readonly activityId: string | null;
  readonly subjectId: string | null;
  readonly occurredOn: string;
  /** The record that this one answers or judges. */
  readonly relatesTo: string | null;
  readonly answers: Readonly<Record<string, unknown>>;
};

/** What is known of the record's subject for the day it happened. */
export type MeasuredSubject = {
  readonly id: string;
  readonly type: string | null;
  /** Nearest place first: village, aimak, rayon, oblast, each with its type. */
  readonly places: readonly { readonly id: string; readonly type: string | null }[];
};

/** One evidence row before it has an id: what it counts. */
export type EvidenceDraft = {
  readonly subjectId?: string | null;
  readonly quantity: number;
  /** For ratios: what the quantity is a part of. */
  readonly denominator?: number;
  /** Dimension values ('sex': 'f', 'group': ['poor', 'pregnant'] for overlapping ones). */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
  readonly basis?: 'counted' | 'estimated' | 'reported';
};

/** A pure function from an accepted record, and what was known for its day, to evidence rows; and what one row counts. */
export type Measure = {
  /** 'oversight.visit'. */
  readonly key: string;
  readonly title: Text3;
  readonly unit: 'person' | 'event' | 'thing' | 'money' | 'score';
  /** Forms whose records it reads. */
  readonly forms: readonly string[];
  readonly dimensions: readonly MeasureDimension[];
  /** Keys of the sources by which it counts: `rows` gets the tables that were in force on the day. */
  readonly sources?: readonly string[];
  readonly rows: (record: MeasuredRecord, subject: MeasuredSubject | null, tables: Tables) => readonly EvidenceDraft[];
};

/** A way to split a measure. partition: each row in one category, parts add up to the total; overlapping: no total line (R7). */
export type MeasureDimension = {
  readonly key: string;
  readonly kind: 'partition' | 'overlapping';
  readonly title: Text3;
  readonly categories: readonly { readonly key: string; readonly title: Text3 }[];
  /** Cells of people below this count are hidden, and their complements too. */
  readonly suppressBelow?: number;
};

import type { DocumentKey, OrganisationKey } from './association.ts';
import type { Period, Text3, When } from './types.ts';

/** A figure that a document gives and that no record in this system stands behind. Never derived, never summed. */
export interface ReportedValue {
  readonly value: number;
  readonly at: When | null;
  readonly document: DocumentKey;
  /** True where the document itself gives a rough number ("more than", "about"). */
  readonly estimated: boolean;
  readonly note?: Text3;
}

/** How a live indicator is made from evidence rows. Names of measures are those of the oversight kind. */
export interface Derivation {
  readonly measure: string;
  readonly aggregate: 'count' | 'count_distinct' | 'mean' | 'ratio';
  /** For a ratio: Σ measure ÷ Σ base, shown with the base. */
  readonly base?: string;
  /** Attributes by which the figure is shown apart. */
  readonly dimensions: readonly Dimension[];
}

export interface Dimension {
  readonly attribute: string;
  /** In a partition each row is in one cell; overlapping cells are shown without a total line. */
  readonly kind: 'partition' | 'overlapping';
  /** Cells below this count are hidden, with their complements. */
  readonly suppressBelow?: number;
}

export type Unit =
  | 'person'
  | 'school'
  | 'session'
  | 'facility'
  | 'problem'
  | 'metre'
  | 'household'
  | 'hectare'
  | 'training'
  | 'event'
  | 'publication'
  | 'job'
  | 'aimak'
  | 'interview'
  | 'visit'
  | 'workshop'
  | 'share';

export interface Indicator {
  readonly key: string;
  readonly title: Text3;
  readonly unit: Unit;
  readonly direction: 'more' | 'less';
  readonly accumulation: 'flow' | 'stock' | 'to_date';
  readonly baseline: { readonly value: number; readonly at: When } | null;
  readonly target: { readonly value: number; readonly at: When | null } | null;
  readonly reported: readonly ReportedValue[];
  readonly derived?: Derivation;
}

export interface Result {
  readonly key: string;
  readonly level: 'impact' | 'outcome' | 'output';
  readonly title: Text3;
  readonly indicators: readonly Indicator[];
}

export interface ProjectActivity {
  readonly key: string;
  readonly title: Text3;
  readonly period: Period | null;
  readonly places: readonly string[];
}

export interface Project {
  readonly key: string;
  readonly code: string;
  readonly title: Text3;
  readonly goal: Text3;
  readonly period: Period;
  readonly funders: readonly OrganisationKey[];
  readonly partners: readonly OrganisationKey[];
  /** Places that the source names; empty where it names none. */
  readonly places: readonly string[];
  readonly status: 'completed' | 'running';
  readonly activities: readonly ProjectActivity[];
  readonly results: readonly Result[];
  /** What the source says and what it does not say. */
  readonly notes: readonly Text3[];
}

/** An indicator whose only figure is the one that a document reports; the plan is not known, so it is also the target. */
export function reportedIndicator(
  key: string,
  title: Text3,
  unit: Unit,
  value: number,
  document: DocumentKey,
  more: { at?: When; estimated?: boolean; note?: Text3; accumulation?: Indicator['accumulation'] } = {},
): Indicator {
  return {
    key,
    title,
    unit,
    direction: 'more',
    accumulation: more.accumulation ?? 'to_date',
    baseline: null,
    target: { value, at: more.at ?? null },
    reported: [
      {
        value,
        at: more.at ?? null,
        document,
        estimated: more.estimated ?? false,
        ...(more.note ? { note: more.note } : {}),
      },
    ],
  };
}

import type { DefinitionInput } from '../../src/kernel/indicators/index.ts';
import type { DocumentKey } from './documents.ts';
import type { OrganisationKey } from './partners.ts';
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

/** What an indicator counts, in the words that stand beside its number. */
export const UNITS = {
  person: { ky: 'адам', ru: 'чел.', en: 'people' },
  school: { ky: 'мектеп', ru: 'школ', en: 'schools' },
  session: { ky: 'сабак', ru: 'занятий', en: 'sessions' },
  facility: { ky: 'мекеме', ru: 'учреждений', en: 'facilities' },
  problem: { ky: 'көйгөй', ru: 'проблем', en: 'problems' },
  metre: { ky: 'метр', ru: 'м', en: 'metres' },
  household: { ky: 'үй-бүлө', ru: 'семей', en: 'households' },
  hectare: { ky: 'гектар', ru: 'га', en: 'hectares' },
  event: { ky: 'иш-чара', ru: 'мероприятий', en: 'events' },
  publication: { ky: 'басылма', ru: 'изданий', en: 'publications' },
  job: { ky: 'жумуш орду', ru: 'рабочих мест', en: 'jobs' },
  aimak: { ky: 'айыл аймагы', ru: 'айылных аймаков', en: 'aiyl aimaks' },
  interview: { ky: 'маек', ru: 'бесед', en: 'talks' },
  visit: { ky: 'баруу', ru: 'визитов', en: 'visits' },
  workshop: { ky: 'цех', ru: 'цехов', en: 'workshops' },
  share: { ky: 'үлүш', ru: 'доля', en: 'share' },
} as const satisfies Readonly<Record<string, Text3>>;

export type Unit = keyof typeof UNITS;

/** A figure that only reported values make: what documents say, up to the day asked for. */
export const REPORTED: DefinitionInput = { agg: 'sum', measures: ['kernel.reported'], period: 'to_date' };

export interface Indicator {
  readonly key: string;
  readonly title: Text3;
  readonly unit: Unit;
  readonly direction: 'more' | 'less';
  readonly baseline: { readonly value: number; readonly at: When } | null;
  readonly target: { readonly value: number; readonly at: When | null } | null;
  readonly reported: readonly ReportedValue[];
  /** How the kernel derives the figure; for a reported one, from the records that state it. */
  readonly definition: DefinitionInput;
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
  more: { at?: When; estimated?: boolean; note?: Text3 } = {},
): Indicator {
  return {
    key,
    title,
    unit,
    direction: 'more',
    definition: REPORTED,
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

/** The association's page speaks of its undated project as done by then: other projects of the page date it. */
const PAGE_WRITTEN = '2015-12-31';

/** The day (ISO) that decides the period of a reported value: its own, else the last that is known of the project. */
export function reportedDay(project: Project, value: ReportedValue): string {
  return value.at?.date ?? project.period.to?.date ?? project.period.from?.date ?? PAGE_WRITTEN;
}

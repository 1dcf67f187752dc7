import type { Library, Table, Tables } from '../../kernel/sources/index.ts';
import { type Answer, type ChecklistItem, FIRST_DAY, type Text3, type Threshold } from './checklist.ts';
import { CHECKLIST } from './items.ts';

type Numbered = Exclude<Answer, { kind: 'verdict' }>;

/** A thing that is judged by a number: an item of the checklist, or the score of the whole facility. */
export type Lined = {
  /** The key of the space's source; a space without one keeps the lines of the checklist. */
  readonly key: string;
  /** How it is called in addresses. */
  readonly id: string;
  readonly title: Text3;
  readonly unit: Numbered['unit'];
  readonly better: Numbered['better'];
  /** What a line may be at all. */
  readonly min: number;
  readonly max: number;
  /** The lines that came with the checklist, by their days. */
  readonly own: readonly Threshold[];
};

const LIMITS: Readonly<Record<Numbered['unit'], readonly [number, number]>> = {
  celsius: [-40, 60],
  minutes: [0, 600],
  centimetres: [0, 1000],
  scale: [1, 5],
  share: [0, 1],
};

/** A facility meets the standard from the first line on, and is far from it below the second. */
export const STANDARD: Lined = {
  key: 'oversight.threshold.facility_score',
  id: 'facility_score',
  title: {
    ky: 'Мекеменин жалпы баллы: стандартка жооп берет',
    ru: 'Общий балл учреждения: отвечает стандарту',
    en: 'Score of the facility: meets the standard',
  },
  unit: 'share',
  better: 'more',
  min: 0,
  max: 1,
  own: [{ from: FIRST_DAY, met: 0.7, partly: 0.5 }],
};

/** Everything that has a line, in the order of the checklist, the score of the whole last. */
export const LINED: readonly Lined[] = [...CHECKLIST.flatMap(linedItem), STANDARD];

/** The source of the items' weights: one row for each item, with its `weight`. */
export const WEIGHTS = 'oversight.weights';

/** Keys of all sources by which visits are judged. */
export const JUDGED_BY: readonly string[] = [...LINED.map((one) => one.key), WEIGHTS];

function linedItem(item: ChecklistItem): Lined[] {
  const { answer } = item;
  if (answer.kind === 'verdict') return [];
  const [min, max] = answer.kind === 'number' ? [answer.min, answer.max] : LIMITS[answer.unit];
  const { thresholdKey: key, unit, better, thresholds: own } = answer;
  return [{ key, id: item.id, title: item.question, unit, better, min, max, own }];
}

const BY_ITEM = new Map(LINED.map((one) => [one.id, one]));

/** The line of an item on the day; null for an item that is ticked, and before the first line. */
export function lineOf(item: ChecklistItem, tables: Tables, day: string): Threshold | null {
  const lined = BY_ITEM.get(item.id);
  return lined ? lineAt(lined, tables, day) : null;
}

/** The line in force on the day: the last that began, be it the space's or the checklist's; the space's, where both began at once. */
export function lineAt(lined: Lined, tables: Tables, day: string): Threshold | null {
  const table = tables.get(lined.key);
  const set = table ? lineIn(table) : null;
  const given = lined.own
    .filter((one) => one.from <= day)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);
  return set && (!given || set.from >= given.from) ? set : (given ?? null);
}

/** What a version of a line's source says. */
export function lineIn({ version, rows }: Table): Threshold | null {
  const { met, partly } = rows[0]?.numbers ?? {};
  return met === undefined || partly === undefined ? null : { from: version.validFrom, met, partly };
}

/** How much the item weighs inside its domain on the day of the tables. */
export function weightOf(item: ChecklistItem, tables: Tables): number {
  return tables.get(WEIGHTS)?.rows.find((row) => row.rowKey === item.id)?.numbers.weight ?? item.weight;
}

/** What visits are judged by, read once and asked for each visit's day. */
export type JudgedBy = Library['at'];

import type { Question } from '../../../kernel/forms/index.ts';
import type { Answers } from '../../../kernel/records/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';

/** A heading (a group, one turn of a repeat) or an answer, in the order of the form. */
export type Line = {
  /** The path with positions: '/data/problem[2]/what'. */
  readonly at: string;
  readonly question: Question;
  /** How deep it lies in groups; 0 for the form itself. */
  readonly depth: number;
  /** Which turn of the repeat; null for everything else. */
  readonly turn: number | null;
  /** The answer as it was sent, '' where there is none; null for a heading. */
  readonly value: string | null;
};

/** The answers of a record in the order of its form. What the form asks without a person (start, device) is left out. */
export function linesOf(questions: readonly Question[], answers: Answers): readonly Line[] {
  const inside = new Map<string, Question[]>();
  for (const question of questions) {
    const parent = question.path.slice(0, question.path.lastIndexOf('/'));
    inside.set(parent, [...(inside.get(parent) ?? []), question]);
  }
  const out: Line[] = [];
  const walk = (parent: string, at: string, values: unknown, depth: number): void => {
    for (const question of inside.get(parent) ?? []) {
      const value = isObject(values) ? values[question.name] : undefined;
      const place = `${at}/${question.name}`;
      if (question.kind === 'question') {
        if (question.type !== 'meta' && question.type !== 'note')
          out.push({ at: place, question, depth, turn: null, value: textOf(value) });
      } else if (question.kind === 'group') {
        out.push({ at: place, question, depth, turn: null, value: null });
        walk(question.path, place, value, depth + 1);
      } else {
        for (const [i, one] of (Array.isArray(value) ? value : []).entries()) {
          out.push({ at: `${place}[${i + 1}]`, question, depth, turn: i + 1, value: null });
          walk(question.path, `${place}[${i + 1}]`, one, depth + 1);
        }
      }
    }
  };
  const [first] = questions;
  const root = first ? first.path.slice(0, first.path.indexOf('/', 1)) : '';
  walk(root, root, answers, 0);
  return out;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Answers in which a person may be named or found: not for readers outside the association. */
const PERSONAL = new Set('text barcode calculate geopoint geotrace geoshape audio video file'.split(' '));

/** Whether an answer of this question may say who somebody is. */
export function isPersonal(question: Question): boolean {
  return PERSONAL.has(question.type);
}

/** Whether the form reckoned it for itself: no person was asked, and it has no words, only a name. */
export function isInner({ type, labels }: Question): boolean {
  return type === 'calculate' && !Object.values(labels).some(Boolean);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Subjects that the answers name by id: forms choose facilities and people from lists. */
export function subjectIdsIn(lines: readonly Line[]): readonly string[] {
  return [...new Set(lines.flatMap((line) => (line.value && UUID.test(line.value) ? [line.value] : [])))];
}

/** An answer in words: labels of choices, names of subjects, dates and numbers as people write them. */
export function answerText(l: Locale, question: Question, value: string, names: ReadonlyMap<string, string>): string {
  if (value === '') return '';
  const label = (one: string): string =>
    l.pick(question.choices.find((choice) => choice.value === one)?.labels) || names.get(one) || one;
  switch (question.type) {
    case 'select_one':
      return label(value);
    case 'select_multiple':
    case 'rank':
      return value.split(/\s+/).filter(Boolean).map(label).join(', ');
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(value) ? l.date(value) : value;
    case 'dateTime': {
      const moment = new Date(value);
      return Number.isNaN(moment.getTime()) ? value : l.dateTime(moment);
    }
    case 'integer':
    case 'decimal':
    case 'range':
      return /^-?\d{1,15}(\.\d{1,10})?$/.test(value)
        ? l.number(Number(value), value.split('.')[1]?.length ?? 0)
        : value;
    case 'geopoint': {
      const [lat, lon, , accuracy] = value.split(/\s+/);
      const metres = Number(accuracy ?? Number.NaN);
      const near = Number.isFinite(metres)
        ? ` (${l.t('office.records.accuracy', { metres: l.number(Math.round(metres)) })})`
        : '';
      return `${lat}, ${lon}${near}`;
    }
    default:
      return names.get(value) ?? value;
  }
}

/** One answer that a correction changed. */
export type Change = {
  readonly question: Question;
  readonly turn: string;
  readonly before: string;
  readonly after: string;
};

/** What differs between two contents of one form, in its order; added and removed turns of a repeat show their answers. */
export function changesBetween(before: readonly Line[], after: readonly Line[]): readonly Change[] {
  const was = new Map(before.map((line) => [line.at, line]));
  const is = new Map(after.map((line) => [line.at, line]));
  const all = new Map([...is, ...[...was].filter(([at]) => !is.has(at))]);
  return [...all].flatMap(([at, { question, value }]) => {
    if (value === null) return [];
    const change = { before: was.get(at)?.value ?? '', after: is.get(at)?.value ?? '' };
    if (change.before === change.after) return [];
    return [{ question, turn: /\[(\d+)\]\/[^[]*$/.exec(at)?.[1] ?? '', ...change }];
  });
}

import type {
  EvidenceDraft,
  Measure,
  MeasureDimension,
  MeasuredRecord,
  MeasuredSubject,
} from '../../kernel/evidence/index.ts';
import { group, interviewsOf, problemsOf, text } from './answers.ts';
import {
  AGE_BANDS,
  DOMAINS,
  FACILITY_TYPES,
  type FacilityType,
  PASSPORT_ROW_NAMES,
  PATIENT_GROUPS,
  SEVERITIES,
} from './checklist.ts';
import { JUDGED_BY } from './lines.ts';
import { scoreOf } from './score.ts';

/** Patients' groups in a village are small: below this count a cell could point to a person. */
const SMALL_CELL = 5;

const type: MeasureDimension = {
  key: 'type',
  kind: 'partition',
  title: { ky: 'Мекеменин түрү', ru: 'Вид учреждения', en: 'Type of facility' },
  categories: FACILITY_TYPES.map(({ key, name }) => ({ key, title: name })),
};
/** Places are data: their categories are the places' own names. */
const oblast: MeasureDimension = {
  key: 'oblast',
  kind: 'partition',
  title: { ky: 'Облус', ru: 'Область', en: 'Oblast' },
  categories: [],
};
const PLACE_AND_TYPE = [oblast, type] as const;

function about(subject: MeasuredSubject | null): Record<string, string> {
  const found = subject?.places.find((place) => place.type === 'oblast' || place.type === 'city');
  return { ...(subject?.type && { type: subject.type }), ...(found && { oblast: found.id }) };
}

function facilityType(record: MeasuredRecord, subject: MeasuredSubject | null): FacilityType | null {
  const said = subject?.type ?? text(group(record.answers, 'about'), 'facility_type');
  return said === 'fmc' || said === 'fgp' || said === 'fap' ? said : null;
}

const one = (subject: MeasuredSubject | null, more: Partial<EvidenceDraft> = {}): EvidenceDraft => ({
  subjectId: subject?.id ?? null,
  quantity: 1,
  ...more,
  attributes: { ...about(subject), ...more.attributes },
});

const visits: Measure = {
  key: 'oversight.visit',
  title: { ky: 'Барылган мекеме', ru: 'Посещённое учреждение', en: 'Facility visited' },
  unit: 'thing',
  forms: ['oversight_visit'],
  dimensions: PLACE_AND_TYPE,
  rows: (_record, subject) => [one(subject)],
};

/** One row per domain: points won of points to be won. The indicator takes the mean over the domains. */
const domainScores: Measure = {
  key: 'oversight.domain',
  title: {
    ky: 'Стандарттын бөлүгү боюнча балл',
    ru: 'Балл по разделу стандарта',
    en: 'Score of a domain of the standard',
  },
  unit: 'score',
  forms: ['oversight_visit'],
  dimensions: [
    {
      key: 'domain',
      kind: 'partition',
      title: { ky: 'Бөлүк', ru: 'Раздел', en: 'Domain' },
      categories: DOMAINS.map(({ key, name }) => ({ key, title: name })),
    },
    ...PLACE_AND_TYPE,
  ],
  sources: JUDGED_BY,
  rows: (record, subject, tables) =>
    scoreOf(record.answers, facilityType(record, subject), record.occurredOn, tables).domains.flatMap(
      ({ domain, points, of }) =>
        of === 0 ? [] : [one(subject, { quantity: points, denominator: of, attributes: { domain } })],
    ),
};

/** A row for each facility whose mean of domains reaches the line. */
const standardMet: Measure = {
  key: 'oversight.standard_met',
  title: {
    ky: 'Стандартка жооп берген мекеме',
    ru: 'Учреждение, отвечающее стандарту',
    en: 'Facility that meets the standard',
  },
  unit: 'thing',
  forms: ['oversight_visit'],
  dimensions: PLACE_AND_TYPE,
  sources: JUDGED_BY,
  rows: (record, subject, tables) => {
    const { mean, standard } = scoreOf(record.answers, facilityType(record, subject), record.occurredOn, tables);
    return mean !== null && standard && mean >= standard.met ? [one(subject)] : [];
  },
};

const problems: Measure = {
  key: 'oversight.problem',
  title: { ky: 'Табылган көйгөй', ru: 'Найденная проблема', en: 'Problem found' },
  unit: 'event',
  forms: ['oversight_visit'],
  dimensions: [
    {
      key: 'row',
      kind: 'partition',
      title: { ky: 'Стандарттын сабы', ru: 'Строка стандарта', en: 'Row of the standard' },
      categories: Object.entries(PASSPORT_ROW_NAMES).map(([key, title]) => ({ key, title })),
    },
    {
      key: 'severity',
      kind: 'partition',
      title: { ky: 'Олуттуулугу', ru: 'Серьёзность', en: 'Severity' },
      categories: SEVERITIES.map(({ key, name }) => ({ key, title: name })),
    },
    ...PLACE_AND_TYPE,
  ],
  rows: (record, subject) =>
    problemsOf(record.answers).map(({ row, severity }) => one(subject, { attributes: { row, severity } })),
};

const fixes: Measure = {
  key: 'oversight.fix',
  title: { ky: 'Чечилген көйгөй', ru: 'Решённая проблема', en: 'Problem fixed' },
  unit: 'event',
  forms: ['oversight_fix'],
  dimensions: PLACE_AND_TYPE,
  rows: (record, subject) => (text(record.answers, 'state') === 'fixed' ? [one(subject)] : []),
};

/** Talks with patients: contacts without a person behind them, split with small cells hidden. */
const interviews: Measure = {
  key: 'oversight.interview',
  title: { ky: 'Бейтап менен маек', ru: 'Беседа с пациентом', en: 'Talk with a patient' },
  unit: 'person',
  forms: ['oversight_visit'],
  dimensions: [
    {
      key: 'group',
      kind: 'overlapping',
      title: { ky: 'Топ', ru: 'Группа', en: 'Group' },
      categories: PATIENT_GROUPS.map(({ key, name }) => ({ key, title: name })),
      suppressBelow: SMALL_CELL,
    },
    {
      key: 'sex',
      kind: 'partition',
      title: { ky: 'Жынысы', ru: 'Пол', en: 'Sex' },
      categories: [
        { key: 'f', title: { ky: 'аялдар', ru: 'женщины', en: 'women' } },
        { key: 'm', title: { ky: 'эркектер', ru: 'мужчины', en: 'men' } },
      ],
      suppressBelow: SMALL_CELL,
    },
    {
      key: 'age_band',
      kind: 'partition',
      title: { ky: 'Жашы', ru: 'Возраст', en: 'Age' },
      categories: AGE_BANDS.map(({ key, name }) => ({ key, title: name })),
      suppressBelow: SMALL_CELL,
    },
    ...PLACE_AND_TYPE,
  ],
  rows: (record, subject) =>
    interviewsOf(record.answers).map(({ groups, sex, ageBand }) => ({
      subjectId: null,
      quantity: 1,
      attributes: {
        ...about(subject),
        ...(groups.length > 0 && { group: groups }),
        ...(sex && { sex }),
        ...(ageBand && { age_band: ageBand }),
      },
    })),
};

/** What one row of the oversight of facilities counts. */
export const measures: readonly Measure[] = [visits, domainScores, standardMet, problems, fixes, interviews];

import {
  AGE_BANDS,
  type ChecklistItem,
  DOMAINS,
  PASSPORT_ROW_NAMES,
  PATIENT_GROUPS,
  type PhotoKind,
  SEVERITIES,
  type Text3,
  VERDICTS,
} from '../checklist.ts';
import { CHECKLIST } from '../items.ts';
import {
  between,
  type ChoiceRow,
  choicesOf,
  type FormRow,
  type FormSheets,
  NEVER_PHOTOGRAPH,
  NOT_IN_FUTURE,
  ref,
  required,
  YES_NO,
} from './rows.ts';

const t = (ky: string, ru: string, en: string): Text3 => ({ ky, ru, en });

const SEX = [
  { key: 'f', name: t('аял', 'женщина', 'woman') },
  { key: 'm', name: t('эркек', 'мужчина', 'man') },
];

const POLITENESS = [
  { key: '1', name: t('1 – абдан орой', '1 – очень грубо', '1 – very rude') },
  { key: '2', name: t('2 – орой', '2 – грубо', '2 – rude') },
  { key: '3', name: t('3 – орточо', '3 – средне', '3 – so-so') },
  { key: '4', name: t('4 – сылык', '4 – вежливо', '4 – polite') },
  { key: '5', name: t('5 – абдан сылык', '5 – очень вежливо', '5 – very polite') },
];

const ASKED_PAYMENT = [
  ...YES_NO,
  { key: 'no_answer', name: t('Айткысы келбейт', 'Не хочет отвечать', 'Prefers not to say') },
];

const start: readonly FormRow[] = [
  { type: 'start', name: 'start' },
  { type: 'end', name: 'end' },
  { type: 'today', name: 'today' },
  { type: 'hidden', name: 'assignment_id' },
  { type: 'begin group', name: 'about', label: t('Баруу', 'Визит', 'The visit'), appearance: 'field-list' },
  { type: 'note', name: 'photo_rule', label: NEVER_PHOTOGRAPH },
  required({
    type: 'select_one_from_file facilities.csv',
    name: 'facility',
    label: t('Кайсы мекемеге келдиңиз?', 'В какое учреждение вы пришли?', 'Which facility are you visiting?'),
    appearance: 'minimal',
  }),
  { type: 'calculate', name: 'facility_id', calculation: ref('facility') },
  {
    type: 'calculate',
    name: 'facility_type',
    calculation: `pulldata('facilities', 'type', 'name', ${ref('facility')})`,
  },
  required({
    type: 'date',
    name: 'visited_on',
    label: t('Барган күнүңүз', 'День визита', 'Day of the visit'),
    ...NOT_IN_FUTURE,
  }),
  {
    type: 'geopoint',
    name: 'arrival_point',
    label: t('Келген жериңиз', 'Место прибытия', 'Where you arrived'),
    hint: t(
      'Имараттын алдында, көчөдө туруп белгилеңиз.',
      'Отметьте на улице, перед зданием.',
      'Take it outside, in front of the building.',
    ),
  },
  required({
    type: 'acknowledge',
    name: 'head_told',
    label: t(
      'Мекеме башчысына ким экенимди жана эмне үчүн келгенимди айттым',
      'Я представился руководителю и объяснил, зачем пришёл',
      'I told the head who I am and why I came',
    ),
  }),
  { type: 'end group', name: 'about' },
];

function question(item: ChecklistItem): FormRow {
  const { answer } = item;
  const base = { name: item.id, label: item.question, ...(item.hint ? { hint: item.hint } : {}) };
  if (answer.kind !== 'number') return required({ type: 'select_one verdict', ...base });
  const type = answer.decimals === 0 ? 'integer' : 'decimal';
  return { type, ...base, ...between(answer.min, answer.max) };
}

const PHOTO_LABELS: Readonly<Record<PhotoKind, Text3>> = {
  signboard: t('Көрнөктүн сүрөтү', 'Фото вывески', 'Photo of the signboard'),
  ramp: t('Пандустун сүрөтү', 'Фото пандуса', 'Photo of the ramp'),
  path: t('Кире бериш жолдун сүрөтү', 'Фото подхода', 'Photo of the path'),
  washbasin: t('Колжуугучтун сүрөтү', 'Фото раковины', 'Photo of the washbasin'),
  stove: t('Мештин же батареянын сүрөтү', 'Фото печи или батареи', 'Photo of the stove or radiator'),
  waiting_room: t(
    'Күтүү бөлмөсүнүн сүрөтү, адамсыз',
    'Фото зала ожидания без людей',
    'Photo of the waiting room, without people',
  ),
  board: t('Тактанын сүрөтү', 'Фото стенда', 'Photo of the board'),
  fridge: t('Муздаткычтын сүрөтү', 'Фото холодильника', 'Photo of the refrigerator'),
};

function photo(item: ChecklistItem, kind: PhotoKind): FormRow {
  return {
    type: 'image',
    name: `photo_${item.id}`,
    label: PHOTO_LABELS[kind],
    hint: NEVER_PHOTOGRAPH,
    parameters: 'max-pixels=1600',
  };
}

/** Shown only where the item concerns this type of facility. */
function onlyFor(item: ChecklistItem, row: FormRow): FormRow {
  if (item.facilityTypes.length === 3) return row;
  const relevant = item.facilityTypes.map((type) => `${ref('facility_type')} = '${type}'`).join(' or ');
  return { ...row, relevant, facilityTypes: item.facilityTypes };
}

const domains: readonly FormRow[] = DOMAINS.flatMap((domain): FormRow[] => [
  { type: 'begin group', name: domain.key, label: domain.name, appearance: 'field-list' },
  ...CHECKLIST.filter((item) => item.domain === domain.key && item.answer.kind !== 'interviews').flatMap((item) =>
    [question(item), ...(item.photo ? [photo(item, item.photo)] : [])].map((row) => onlyFor(item, row)),
  ),
  {
    type: 'text',
    name: `comment_${domain.key}`,
    label: t('Кошумча сөз', 'Примечание', 'Remark'),
    appearance: 'multiline',
  },
  { type: 'end group', name: domain.key },
]);

const problems: readonly FormRow[] = [
  {
    type: 'begin group',
    name: 'problems',
    label: t('Табылган көйгөйлөр', 'Найденные проблемы', 'Problems found'),
  },
  required({
    type: 'integer',
    name: 'problem_count',
    label: t('Канча көйгөй таптыңыз?', 'Сколько проблем вы нашли?', 'How many problems did you find?'),
    ...between(0, 20),
  }),
  {
    type: 'begin repeat',
    name: 'problem',
    label: t('Көйгөй', 'Проблема', 'Problem'),
    appearance: 'field-list',
    repeatCount: ref('problem_count'),
  },
  { type: 'calculate', name: 'problem_no', calculation: 'position(..)' },
  required({
    type: 'text',
    name: 'description',
    label: t('Эмне туура эмес?', 'Что не так?', 'What is wrong?'),
    hint: t('Адамдардын атын жазбаңыз.', 'Не пишите имён.', 'Do not write names.'),
    appearance: 'multiline',
  }),
  required({
    type: 'select_one passport_row',
    name: 'row',
    label: t('Стандарттын кайсы сабына тиешелүү?', 'К какой строке стандарта относится?', 'Which row of the standard?'),
    appearance: 'minimal',
  }),
  required({
    type: 'select_one severity',
    name: 'severity',
    label: t('Канчалык олуттуу?', 'Насколько серьёзно?', 'How grave is it?'),
  }),
  {
    type: 'image',
    name: 'photo_before',
    label: t('Сүрөтү', 'Фото', 'Photo'),
    hint: NEVER_PHOTOGRAPH,
    parameters: 'max-pixels=1600',
  },
  { type: 'end repeat', name: 'problem' },
  { type: 'end group', name: 'problems' },
];

const CONSENTED = `${ref('consent')} = 'OK'`;
const whenAgreed = (row: FormRow): FormRow => ({ ...row, relevant: CONSENTED });

const interviews: readonly FormRow[] = [
  {
    type: 'begin group',
    name: 'interviews',
    label: t('Бейтаптар менен маек', 'Беседы с пациентами', 'Talks with patients'),
  },
  required({
    type: 'integer',
    name: 'interview_count',
    label: t(
      'Канча бейтап менен сүйлөштүңүз?',
      'Со сколькими пациентами вы поговорили?',
      'How many patients did you talk to?',
    ),
    ...between(0, 20),
  }),
  {
    type: 'begin repeat',
    name: 'interview',
    label: t('Маек', 'Беседа', 'Talk'),
    appearance: 'field-list',
    repeatCount: ref('interview_count'),
  },
  {
    type: 'note',
    name: 'consent_text',
    label: t(
      'Айтыңыз: «Аты-жөнүңүздү да, ооруңузду да сурабайм. Жооп берүү өз эркиңизде, каалаган убакта токтото аласыз».',
      'Скажите: «Я не спрашиваю ни имени, ни диагноза. Отвечать или нет – решаете вы, остановиться можно в любой момент».',
      'Say: “I do not ask your name or your illness. Answering is up to you, and you may stop at any time.”',
    ),
  },
  required({
    type: 'acknowledge',
    name: 'consent',
    label: t('Бейтап макул болду', 'Пациент согласен', 'The patient agreed'),
  }),
  whenAgreed({
    type: 'select_multiple patient_group',
    name: 'groups',
    label: t('Бейтап кайсы топко кирет?', 'К каким группам относится пациент?', 'Which groups is the patient in?'),
    hint: t('Эч бирине кирбесе, бош калтырыңыз.', 'Если ни к какой, оставьте пустым.', 'Leave empty if none.'),
  }),
  whenAgreed(required({ type: 'select_one sex', name: 'sex', label: t('Жынысы', 'Пол', 'Sex') })),
  whenAgreed(required({ type: 'select_one age_band', name: 'age_band', label: t('Жашы', 'Возраст', 'Age') })),
  whenAgreed({
    type: 'integer',
    name: 'waiting_minutes',
    label: t('Канча мүнөт күттүңүз?', 'Сколько минут вы ждали?', 'How many minutes did you wait?'),
    ...between(0, 600),
  }),
  whenAgreed({
    type: 'integer',
    name: 'consultation_minutes',
    label: t('Сизди канча мүнөт карашты?', 'Сколько минут вас осматривали?', 'How many minutes did they see you?'),
    ...between(0, 180),
  }),
  whenAgreed({
    type: 'select_one politeness',
    name: 'politeness',
    label: t('Сизге кандай мамиле кылышты?', 'Как с вами обращались?', 'How were you treated?'),
  }),
  whenAgreed({
    type: 'select_one asked_payment',
    name: 'asked_payment',
    label: t(
      'Кассадан тышкары акча сурашты беле?',
      'Просили ли деньги помимо кассы?',
      'Were you asked for money outside the cash desk?',
    ),
    hint: t(
      'Башкалар укпасын. Бул жооп мекемеге өзүнчө көрсөтүлбөйт.',
      'Чтобы другие не слышали. Учреждение не увидит этот ответ отдельно.',
      'Out of others’ hearing. The facility never sees this answer by itself.',
    ),
  }),
  { type: 'end repeat', name: 'interview' },
  { type: 'end group', name: 'interviews' },
];

const choices: readonly ChoiceRow[] = [
  ...choicesOf('verdict', VERDICTS),
  ...choicesOf(
    'passport_row',
    Object.entries(PASSPORT_ROW_NAMES).map(([key, name]) => ({ key, name })),
  ),
  ...choicesOf('severity', SEVERITIES),
  ...choicesOf('patient_group', PATIENT_GROUPS),
  ...choicesOf('sex', SEX),
  ...choicesOf('age_band', AGE_BANDS),
  ...choicesOf('politeness', POLITENESS),
  ...choicesOf('asked_payment', ASKED_PAYMENT),
];

/** The visit: forty items by domain, problems found, talks with patients. Scores are not in it. */
export const VISIT_FORM: FormSheets = {
  file: 'visit.xlsx',
  formId: 'oversight_visit',
  title: { ky: 'Мекемеге баруу', ru: 'Посещение учреждения', en: 'Visit to a facility' },
  version: '2015090101',
  // The name of the facility, not its id: this is what stands on the phone beside what was sent.
  instanceName: `concat(pulldata('facilities', 'label', 'name', ${ref('facility')}), ' ', ${ref('visited_on')})`,
  survey: [...start, ...domains, ...problems, ...interviews],
  choices,
};

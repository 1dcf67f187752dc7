import type { Text3 } from '../checklist.ts';
import { between, choicesOf, type FormSheets, NEVER_PHOTOGRAPH, NOT_IN_FUTURE, ref, required, YES_NO } from './rows.ts';

const t = (ky: string, ru: string, en: string): Text3 => ({ ky, ru, en });

const AGREED = [
  { key: 'agreed', name: t('Макулбуз', 'Согласны', 'We agree') },
  { key: 'partly', name: t('Бир бөлүгүнө макулбуз', 'Согласны частично', 'We agree in part') },
  { key: 'refused', name: t('Макул эмеспиз', 'Не согласны', 'We do not agree') },
];

/** A facility's answer to a visit: problem by problem, what will be done, by whom and until when. */
export const ANSWER_FORM: FormSheets = {
  file: 'answer.xlsx',
  formId: 'oversight_answer',
  title: { ky: 'Мекеменин жообу', ru: 'Ответ учреждения', en: 'Answer of the facility' },
  version: '2015090101',
  instanceName: `concat(${ref('facility_id')}, ' ', ${ref('answered_on')})`,
  survey: [
    { type: 'start', name: 'start' },
    { type: 'end', name: 'end' },
    { type: 'today', name: 'today' },
    { type: 'hidden', name: 'assignment_id' },
    { type: 'hidden', name: 'facility_id' },
    required({
      type: 'text',
      name: 'visit_id',
      label: t('Баруунун номери', 'Номер визита', 'Number of the visit'),
      hint: t('Тапшырмада көрсөтүлгөн.', 'Указан в задании.', 'It stands in the assignment.'),
      constraint: "regex(., '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')",
      constraintMessage: t(
        'Номерди тапшырмадан көчүрүңүз.',
        'Скопируйте номер из задания.',
        'Copy the number from the assignment.',
      ),
    }),
    required({
      type: 'date',
      name: 'answered_on',
      label: t('Жооп берген күн', 'День ответа', 'Day of the answer'),
      ...NOT_IN_FUTURE,
    }),
    required({
      type: 'text',
      name: 'position',
      label: t('Кызмат ордуңуз', 'Ваша должность', 'Your position'),
    }),
    required({
      type: 'select_one yes_no',
      name: 'read_card',
      label: t('Баа баракчасын окудуңузбу?', 'Вы прочли карту оценки?', 'Have you read the score card?'),
    }),
    required({
      type: 'integer',
      name: 'problem_count',
      label: t('Канча көйгөйгө жооп бересиз?', 'На сколько проблем вы отвечаете?', 'How many problems do you answer?'),
      ...between(0, 20),
    }),
    {
      type: 'begin repeat',
      name: 'problem',
      label: t('Көйгөй', 'Проблема', 'Problem'),
      appearance: 'field-list',
      repeatCount: ref('problem_count'),
    },
    required({
      type: 'integer',
      name: 'problem_no',
      label: t('Көйгөйдүн номери', 'Номер проблемы', 'Number of the problem'),
      ...between(1, 20),
    }),
    required({
      type: 'select_one agreed',
      name: 'agreed',
      label: t('Бул көйгөйгө макулсузбу?', 'Вы согласны с этой проблемой?', 'Do you agree that this is a problem?'),
    }),
    required({
      type: 'text',
      name: 'plan',
      label: t('Эмне кыласыз?', 'Что вы сделаете?', 'What will you do?'),
      relevant: `${ref('agreed')} != 'refused'`,
      appearance: 'multiline',
    }),
    required({
      type: 'text',
      name: 'owner',
      label: t('Ким жооптуу (кызмат орду)?', 'Кто отвечает (должность)?', 'Who is responsible (position)?'),
      relevant: `${ref('agreed')} != 'refused'`,
    }),
    required({
      type: 'date',
      name: 'deadline',
      label: t('Кайсы күнгө чейин?', 'К какому дню?', 'By which day?'),
      relevant: `${ref('agreed')} != 'refused'`,
      constraint: `. >= ${ref('answered_on')}`,
      constraintMessage: t(
        'Мөөнөт жооп берген күндөн кийин болсун.',
        'Срок должен быть не раньше дня ответа.',
        'The deadline must not be before the day of the answer.',
      ),
    }),
    required({
      type: 'text',
      name: 'reason',
      label: t('Эмне үчүн макул эмессиз?', 'Почему не согласны?', 'Why do you not agree?'),
      relevant: `${ref('agreed')} != 'agreed'`,
      appearance: 'multiline',
    }),
    { type: 'end repeat', name: 'problem' },
    {
      type: 'text',
      name: 'comment',
      label: t('Дагы эмне айтасыз?', 'Что ещё хотите сказать?', 'Anything else?'),
      hint: t('Бейтаптардын атын жазбаңыз.', 'Не пишите имён пациентов.', 'Do not write patients’ names.'),
      appearance: 'multiline',
    },
  ],
  choices: [...choicesOf('yes_no', YES_NO), ...choicesOf('agreed', AGREED)],
};

const FIX_STATE = [
  { key: 'fixed', name: t('Чечилди', 'Решена', 'Fixed') },
  { key: 'started', name: t('Башталды', 'Начали', 'Begun') },
  { key: 'not_fixed', name: t('Чечилген жок', 'Не решена', 'Not fixed') },
];

const CONFIRMED_BY = [
  { key: 'seen', name: t('Өзүм көрдүм', 'Видел сам', 'I saw it myself') },
  { key: 'meeting', name: t('Айыл чогулушунда айтышты', 'Сказали на сходе', 'People said so at a meeting') },
  { key: 'phone', name: t('Телефондон сурадым', 'Спросил по телефону', 'I asked by telephone') },
];

/** Word that a problem is fixed: what was done, how it looks now, and how many users confirm it. */
export const FIX_FORM: FormSheets = {
  file: 'fix.xlsx',
  formId: 'oversight_fix',
  title: { ky: 'Көйгөй чечилдиби', ru: 'Решена ли проблема', en: 'Is the problem solved' },
  version: '2015090101',
  instanceName: `concat(${ref('problem_ref')}, ' ', ${ref('checked_on')})`,
  survey: [
    { type: 'start', name: 'start' },
    { type: 'end', name: 'end' },
    { type: 'today', name: 'today' },
    { type: 'hidden', name: 'assignment_id' },
    { type: 'hidden', name: 'facility_id' },
    required({
      type: 'text',
      name: 'problem_ref',
      label: t('Көйгөйдүн белгиси', 'Обозначение проблемы', 'Reference of the problem'),
      hint: t(
        'Тапшырмада көрсөтүлгөн: баруунун номери/көйгөйдүн номери.',
        'Указано в задании: номер визита/номер проблемы.',
        'It stands in the assignment: visit number/problem number.',
      ),
      constraint: "regex(., '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9]{1,2}$')",
      constraintMessage: t(
        'Белгини тапшырмадан көчүрүңүз.',
        'Скопируйте обозначение из задания.',
        'Copy the reference from the assignment.',
      ),
    }),
    required({
      type: 'date',
      name: 'checked_on',
      label: t('Текшерген күн', 'День проверки', 'Day of the check'),
      ...NOT_IN_FUTURE,
    }),
    required({
      type: 'select_one fix_state',
      name: 'state',
      label: t('Көйгөй чечилдиби?', 'Проблема решена?', 'Is the problem fixed?'),
    }),
    required({
      type: 'text',
      name: 'what_done',
      label: t('Эмне жасалды?', 'Что сделано?', 'What was done?'),
      relevant: `${ref('state')} != 'not_fixed'`,
      appearance: 'multiline',
    }),
    {
      type: 'image',
      name: 'photo_after',
      label: t('Азыркы сүрөтү', 'Фото сейчас', 'Photo as it is now'),
      hint: NEVER_PHOTOGRAPH,
      relevant: `${ref('state')} != 'not_fixed'`,
      parameters: 'max-pixels=1600',
    },
    required({
      type: 'select_one confirmed_by',
      name: 'confirmed_by',
      label: t('Кантип билдиңиз?', 'Как вы узнали?', 'How do you know?'),
    }),
    required({
      type: 'integer',
      name: 'users_confirmed',
      label: t(
        'Канча бейтап же айылдаш ырастады?',
        'Сколько пациентов или жителей подтвердили?',
        'How many patients or villagers confirm it?',
      ),
      ...between(0, 500),
    }),
  ],
  choices: [...choicesOf('fix_state', FIX_STATE), ...choicesOf('confirmed_by', CONFIRMED_BY)],
};

/**
 * The checklist of a visit to a primary health facility: what a monitor looks at, which row of the service
 * standard it stands on, and where the line between met and not met is drawn.
 *
 * It is the association's own working list, not the text of a law. The lines and weights that come with it hold
 * until a space sets its own (`lines.ts`), and each has the day from which it holds, so that an old visit keeps
 * the line that was drawn on its day.
 */

import type { Text3 as AnyText3 } from '../../platform/i18n/index.ts';

/** One text with all three languages: the checklist leaves none to a fallback. */
export type Text3 = Readonly<Required<AnyText3>>;

/** A score is the mean of the domains, and is never shown without them. */
export type Domain = 'access' | 'information' | 'process' | 'capacity' | 'mother_child' | 'complaint';

/** How the monitor came to the answer. */
export type Method = 'seen' | 'document' | 'asked' | 'patient' | 'measured';

/** fmc: family medicine centre; fgp: family group practice; fap: feldsher-obstetric point. */
export type FacilityType = 'fmc' | 'fgp' | 'fap';

/** Users and providers are scored apart. */
export type Side = 'users' | 'providers';

export type Verdict = 'met' | 'partly' | 'not_met' | 'na' | 'not_observed';

/** What may be photographed for an item. People and records never are. */
export type PhotoKind = 'signboard' | 'ramp' | 'path' | 'washbasin' | 'stove' | 'waiting_room' | 'board' | 'fridge';

/** The rows of the passport that items stand on (see `seeds/story/passport.ts` for the rows themselves). */
export type PassportRowKey =
  | 'name'
  | 'body'
  | 'recipients'
  | 'legal_grounds'
  | 'result'
  | 'conditions'
  | 'term'
  | 'information'
  | 'channels'
  | 'reception'
  | 'confidentiality'
  | 'documents'
  | 'price'
  | 'quality'
  | 'formats'
  | 'refusal'
  | 'appeal'
  | 'revision';

/** A line drawn from a day on. `met` and `partly` are in the unit of the answer. */
export interface Threshold {
  /** ISO day from which this line holds. */
  readonly from: string;
  readonly met: number;
  readonly partly: number;
}

/**
 * Where the verdict comes from.
 * - `verdict`: the monitor ticks it.
 * - `number`: the monitor enters a number; the threshold makes the verdict.
 * - `interviews`: computed from the patients' answers of the visit: a mean, or the share who said yes.
 */
export type Answer =
  | { readonly kind: 'verdict' }
  | {
      readonly kind: 'number';
      readonly unit: 'celsius' | 'minutes' | 'centimetres';
      readonly decimals: 0 | 1;
      readonly min: number;
      readonly max: number;
      readonly better: 'more' | 'less';
      readonly thresholdKey: string;
      readonly thresholds: readonly Threshold[];
    }
  | {
      readonly kind: 'interviews';
      readonly field: InterviewField;
      readonly by: 'mean' | 'share_yes';
      readonly unit: 'minutes' | 'scale' | 'share';
      readonly better: 'more' | 'less';
      readonly thresholdKey: string;
      readonly thresholds: readonly Threshold[];
    };

/** Fields of a patient interview that items are computed from. */
export type InterviewField = 'waiting_minutes' | 'consultation_minutes' | 'politeness' | 'asked_payment';

export interface ChecklistItem {
  /** Stable name; also the name of the question in the form. */
  readonly id: string;
  /** Place in the list; may change between versions. */
  readonly number: number;
  readonly domain: Domain;
  readonly row: PassportRowKey;
  readonly method: Method;
  readonly question: Text3;
  readonly hint?: Text3;
  readonly facilityTypes: readonly FacilityType[];
  readonly answer: Answer;
  /** 1 to 3: how much the item weighs inside its domain. */
  readonly weight: 1 | 2 | 3;
  readonly side: Side;
  readonly photo?: PhotoKind;
}

export const FIRST_DAY = '2014-06-03';
export const AMENDED_DAY = '2016-03-01';

export const FACILITY_TYPES: readonly { readonly key: FacilityType; readonly name: Text3; readonly short: Text3 }[] = [
  {
    key: 'fmc',
    name: { ky: 'Үй-бүлөлүк дарыгерлер борбору', ru: 'Центр семейной медицины', en: 'Family medicine centre' },
    short: { ky: 'ҮДБ', ru: 'ЦСМ', en: 'FMC' },
  },
  {
    key: 'fgp',
    name: { ky: 'Үй-бүлөлүк дарыгерлер тобу', ru: 'Группа семейных врачей', en: 'Family group practice' },
    short: { ky: 'ҮДТ', ru: 'ГСВ', en: 'FGP' },
  },
  {
    key: 'fap',
    name: { ky: 'Фельдшердик-акушердик пункт', ru: 'Фельдшерско-акушерский пункт', en: 'Feldsher-obstetric point' },
    short: { ky: 'ФАП', ru: 'ФАП', en: 'FAP' },
  },
];

export const DOMAINS: readonly { readonly key: Domain; readonly name: Text3 }[] = [
  { key: 'access', name: { ky: 'Имарат жана шарт', ru: 'Здание и условия', en: 'Building and conditions' } },
  { key: 'information', name: { ky: 'Маалымат', ru: 'Информация', en: 'Information' } },
  { key: 'process', name: { ky: 'Кабыл алуу', ru: 'Приём', en: 'Reception' } },
  {
    key: 'capacity',
    name: { ky: 'Кызматкер жана жабдуу', ru: 'Персонал и оснащение', en: 'Staff and equipment' },
  },
  { key: 'mother_child', name: { ky: 'Эне жана бала', ru: 'Мать и ребёнок', en: 'Mother and child' } },
  { key: 'complaint', name: { ky: 'Даттануу', ru: 'Жалобы', en: 'Complaints' } },
];

export const METHODS: readonly { readonly key: Method; readonly name: Text3 }[] = [
  { key: 'seen', name: { ky: 'көрдүм', ru: 'увидено', en: 'seen' } },
  { key: 'document', name: { ky: 'документтен', ru: 'по документу', en: 'from a document' } },
  { key: 'asked', name: { ky: 'кызматкерден сурадым', ru: 'со слов персонала', en: 'asked staff' } },
  { key: 'patient', name: { ky: 'бейтаптан сурадым', ru: 'со слов пациентов', en: 'asked patients' } },
  { key: 'measured', name: { ky: 'өлчөдүм', ru: 'измерено', en: 'measured' } },
];

export const VERDICTS: readonly { readonly key: Verdict; readonly name: Text3 }[] = [
  { key: 'met', name: { ky: 'Аткарылган', ru: 'Выполнено', en: 'Met' } },
  { key: 'partly', name: { ky: 'Жарым-жартылай', ru: 'Частично', en: 'Partly met' } },
  { key: 'not_met', name: { ky: 'Аткарылган эмес', ru: 'Не выполнено', en: 'Not met' } },
  { key: 'na', name: { ky: 'Бул жерге тиешеси жок', ru: 'Не относится', en: 'Does not apply' } },
  { key: 'not_observed', name: { ky: 'Көрө алган жокмун', ru: 'Не удалось увидеть', en: 'Not observed' } },
];

/** Groups of patients whose experience the round follows; one person may be in several. */
export const PATIENT_GROUPS: readonly { readonly key: string; readonly name: Text3 }[] = [
  { key: 'poor', name: { ky: 'аз камсыз болгон', ru: 'малообеспеченные', en: 'poor' } },
  { key: 'pregnant', name: { ky: 'кош бойлуу', ru: 'беременные', en: 'pregnant' } },
  { key: 'many_children', name: { ky: 'көп балалуу эне', ru: 'многодетные матери', en: 'mother of many children' } },
  { key: 'youth', name: { ky: 'жаш адам (18–28)', ru: 'молодёжь (18–28)', en: 'young person (18–28)' } },
  { key: 'disability', name: { ky: 'майыптыгы бар', ru: 'с инвалидностью', en: 'with a disability' } },
];

export const AGE_BANDS: readonly { readonly key: string; readonly name: Text3 }[] = [
  { key: 'a18_28', name: { ky: '18–28', ru: '18–28', en: '18–28' } },
  { key: 'a29_44', name: { ky: '29–44', ru: '29–44', en: '29–44' } },
  { key: 'a45_59', name: { ky: '45–59', ru: '45–59', en: '45–59' } },
  { key: 'a60', name: { ky: '60 жана андан улуу', ru: '60 и старше', en: '60 and over' } },
];

/** How grave a problem is. */
export const SEVERITIES: readonly { readonly key: string; readonly name: Text3 }[] = [
  { key: 'minor', name: { ky: 'анча чоң эмес', ru: 'небольшая', en: 'minor' } },
  { key: 'serious', name: { ky: 'олуттуу', ru: 'серьёзная', en: 'serious' } },
  { key: 'urgent', name: { ky: 'токтоосуз чечүү керек', ru: 'срочная', en: 'urgent' } },
];

/** Short names of the passport's rows, for choices and figures; the full heads stand in the Source. */
export const PASSPORT_ROW_NAMES: Readonly<Record<PassportRowKey, Text3>> = {
  name: { ky: 'Аталышы', ru: 'Название', en: 'Name' },
  body: { ky: 'Мекеме жана кызматкерлер', ru: 'Учреждение и сотрудники', en: 'Institution and staff' },
  recipients: { ky: 'Кызмат алуучулар', ru: 'Получатели', en: 'Recipients' },
  legal_grounds: { ky: 'Укуктук негиздер', ru: 'Правовые основания', en: 'Legal grounds' },
  result: { ky: 'Кызматтын жыйынтыгы', ru: 'Результат услуги', en: 'Result' },
  conditions: { ky: 'Шарттар', ru: 'Условия', en: 'Conditions' },
  term: { ky: 'Мөөнөт', ru: 'Срок', en: 'Time limits' },
  information: { ky: 'Маалымат', ru: 'Информирование', en: 'Information' },
  channels: { ky: 'Маалымат таратуу жолдору', ru: 'Способы информирования', en: 'Ways of informing' },
  reception: { ky: 'Келгендер менен мамиле', ru: 'Общение с посетителями', en: 'Dealing with visitors' },
  confidentiality: { ky: 'Купуялык', ru: 'Конфиденциальность', en: 'Confidentiality' },
  documents: { ky: 'Документтер', ru: 'Документы', en: 'Documents' },
  price: { ky: 'Баасы', ru: 'Стоимость', en: 'Price' },
  quality: { ky: 'Сапаты', ru: 'Качество', en: 'Quality' },
  formats: { ky: 'Ар кимге ыңгайлуулугу', ru: 'Доступность для всех', en: 'Accessible to all' },
  refusal: { ky: 'Баш тартуу', ru: 'Отказ', en: 'Refusal' },
  appeal: { ky: 'Даттануу', ru: 'Обжалование', en: 'Complaints' },
  revision: { ky: 'Кайра кароо', ru: 'Пересмотр', en: 'Revision' },
};

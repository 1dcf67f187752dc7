import { AMENDED_DAY, FIRST_DAY, type PassportRowKey } from './checklist.ts';
import type { Text3 } from './types.ts';

/**
 * The passport of the primary-care service, as a Source. DRAFT, NOT THE LEGAL TEXT: the health section of
 * Resolution No. 303 could not be read. The heads of rows 1–4 are as found on public pages; the heads from 5 on
 * follow from background knowledge and their order is not verified; every content text is the association's
 * working wording. Rows are ordered, renumberable data with a stable key.
 */
export interface PassportRow {
  readonly key: PassportRowKey;
  readonly number: number;
  readonly head: Text3;
  readonly text: Text3;
  /** `found`: the head was read on a public page; `background`: to be checked by a person. */
  readonly state: 'found' | 'background';
}

export interface PassportVersion {
  readonly version: number;
  readonly validFrom: string;
  /** First day on which it no longer holds. */
  readonly validTo: string | null;
  readonly rows: readonly PassportRow[];
  /** Rows whose meaning differs from the version before: verdicts on them are not compared across versions. */
  readonly changed: readonly { readonly key: PassportRowKey; readonly why: Text3 }[];
}

export interface Passport {
  readonly key: 'primary-care-passport';
  readonly title: Text3;
  readonly status: Text3;
  readonly act: Text3;
  readonly versions: readonly PassportVersion[];
}

type Row = readonly [key: PassportRowKey, state: PassportRow['state'], head: Text3, text: Text3];
const t = (ky: string, ru: string, en: string): Text3 => ({ ky, ru, en });

const ROWS: readonly Row[] = [
  [
    'name',
    'found',
    t('Кызматтын аталышы', 'Наименование услуги', 'Name of the service'),
    t(
      'Баштапкы медициналык жардам көрсөтүү',
      'Оказание первичной медико-санитарной помощи',
      'Providing primary health care',
    ),
  ],
  [
    'body',
    'found',
    t(
      'Кызмат көрсөтүүчү мамлекеттик органдын (мекеменин) толук аталышы',
      'Полное наименование государственного органа (учреждения), предоставляющего услугу',
      'Full name of the state body (institution) that provides the service',
    ),
    t(
      'Саламаттык сактоо министрлигинин уюмдары: ҮДБ, ҮДТ, ФАП',
      'Организации Министерства здравоохранения: ЦСМ, ГСВ, ФАП',
      'Organisations of the Ministry of Health: FMC, FGP, FAP',
    ),
  ],
  [
    'recipients',
    'found',
    t('Мамлекеттик кызматты керектөөчүлөр', 'Получатели государственной услуги', 'Recipients of the state service'),
    t(
      'Ошол аймакта жашаган бардык адамдар; шашылыш учурда ар ким',
      'Все жители участка; в неотложном случае – любой человек',
      'Everyone who lives in the catchment; anybody in an emergency',
    ),
  ],
  [
    'legal_grounds',
    'found',
    t(
      'Мамлекеттик кызматты алуунун укуктук негиздери',
      'Правовые основания получения государственной услуги',
      'Legal grounds for receiving the state service',
    ),
    t(
      'Саламаттыкты сактоо мыйзамдары, Мамлекеттик кепилдиктер программасы',
      'Законодательство об охране здоровья, Программа государственных гарантий',
      'Health protection law and the State Guarantees Programme',
    ),
  ],
  [
    'result',
    'background',
    t('Кызматтын акыркы жыйынтыгы', 'Конечный результат услуги', 'Final result of the service'),
    t(
      'Кеңеш, дарылоо, алдын алуу; керек болсо жолдомо',
      'Консультация, лечение, профилактика; при необходимости направление',
      'Advice, treatment and prevention; a referral when needed',
    ),
  ],
  [
    'conditions',
    'background',
    t('Кызмат көрсөтүү шарттары', 'Условия предоставления услуги', 'Conditions in which the service is given'),
    t(
      'Илинген убакытта ачык; жылуу, таза, жарык бөлмө; суу, даараткана, отургуч; шашылыш учурга байланыш; үйгө чакыруу',
      'Открыто в указанные часы; тёплое, чистое и светлое помещение; вода, туалет, места для сидения; связь на экстренный случай; вызов на дом',
      'Open at the hours shown; a warm, clean and lit room; water, toilet and seats; a way to call in an emergency; house calls',
    ),
  ],
  [
    'term',
    'background',
    t('Кызмат көрсөтүү мөөнөтү', 'Срок предоставления услуги', 'Time limits of the service'),
    t(
      'Каттоо 15 мүнөткө чейин, дарыгерди күтүү 30 мүнөткө чейин',
      'Регистратура до 15 минут, ожидание врача до 30 минут',
      'Registration within 15 minutes, the doctor within 30',
    ),
  ],
  [
    'information',
    'background',
    t('Кызмат алуучуларга маалымат', 'Информирование получателей', 'Information for recipients'),
    t(
      'Мекеменин аталышы, иш убактысы, кызматтардын тизмеси көрүнүктүү жерде илинет',
      'Название, часы работы и перечень услуг вывешены на видном месте',
      'Name, hours and the list of services stand where people see them',
    ),
  ],
  [
    'channels',
    'background',
    t('Маалымат таратуу жолдору', 'Способы распространения информации', 'Ways of giving information'),
    t(
      'Кыргызча жана орусча такта, ысык линия, телефон',
      'Стенд на кыргызском и русском, горячая линия, телефон',
      'A board in Kyrgyz and Russian, a hotline, a telephone',
    ),
  ],
  [
    'reception',
    'background',
    t('Келгендер менен мамиле', 'Общение с посетителями', 'Dealing with visitors'),
    t(
      'Сылык мамиле; кезек сакталат; кош бойлуу, карыган жана майып адамдар кезексиз кирет',
      'Вежливость; очередь соблюдается; беременные, пожилые и люди с инвалидностью проходят без очереди',
      'Politeness; the queue is kept; pregnant, elderly and disabled people go first',
    ),
  ],
  [
    'confidentiality',
    'background',
    t('Купуялыкты сактоо', 'Обеспечение конфиденциальности', 'Keeping things confidential'),
    t(
      'Кабыл алуу жабык эшиктин же тосмонун артында өтөт',
      'Приём идёт за закрытой дверью или ширмой',
      'The consultation is held behind a closed door or a screen',
    ),
  ],
  [
    'documents',
    'background',
    t('Керектүү документтер', 'Перечень документов', 'Documents needed'),
    t(
      'Инсандыкты ырастаган документ; шашылыш жардамга документ талап кылынбайт',
      'Документ, удостоверяющий личность; для неотложной помощи документы не нужны',
      'An identity document; none for emergency care',
    ),
  ],
  [
    'price',
    'background',
    t('Кызматтын баасы', 'Стоимость услуги', 'Price of the service'),
    t(
      'Баштапкы жардам акысыз; акы төлөнүүчү кызматтардын баасы илинет, акча кассага гана төлөнөт',
      'Первичная помощь бесплатна; цены платных услуг вывешены, деньги платят только в кассу',
      'Primary care is free; prices of paid services are shown and paid at the cash desk only',
    ),
  ],
  [
    'quality',
    'background',
    t('Кызматтын сапаты', 'Параметры качества', 'Quality of the service'),
    t(
      'Иштеген жабдуу, мөөнөтү өтпөгөн дары, шашпай кабыл алуу; кош бойлуулар 12 жумага чейин каттоого алынат',
      'Исправное оснащение, годные лекарства, достаточное время приёма; беременные на учёте до 12 недель',
      'Working equipment, medicines in date, enough time for each patient; pregnant women registered before week 12',
    ),
  ],
  [
    'formats',
    'background',
    t('Ар кимге ыңгайлуулугу', 'Предоставление в различных форматах', 'Service in various formats'),
    t(
      'Майыптыгы бар адамга ылайыктуу пандус, эшик жана даараткана',
      'Пандус, дверь и туалет, доступные человеку с инвалидностью',
      'A ramp, door and toilet that a disabled person can use',
    ),
  ],
  [
    'refusal',
    'background',
    t('Кызматтан баш тартуу', 'Отказ в предоставлении услуги', 'Refusal of the service'),
    t(
      'Баш тартса, себебин жазып берет',
      'Отказ выдаётся письменно с причиной',
      'A refusal is given in writing, with the reason',
    ),
  ],
  [
    'appeal',
    'background',
    t('Даттануу тартиби', 'Порядок обжалования', 'How to complain'),
    t(
      'Даттануу китеби ачык жерде; жооп белгиленген мөөнөттө берилет',
      'Книга жалоб доступна; ответ даётся в установленный срок',
      'The complaint book is within reach; the answer comes in the time set',
    ),
  ],
  [
    'revision',
    'background',
    t('Стандартты кайра кароо', 'Периодичность пересмотра', 'How often it is revised'),
    t('Үч жылда бир жолу', 'Раз в три года', 'Once in three years'),
  ],
];

const firstRows: readonly PassportRow[] = ROWS.map(([key, state, head, text], index) => ({
  key,
  number: index + 1,
  head,
  text,
  state,
}));

const AMENDED_TERM = t(
  'Каттоо 10 мүнөткө чейин, дарыгерди күтүү 30 мүнөткө чейин',
  'Регистратура до 10 минут, ожидание врача до 30 минут',
  'Registration within 10 minutes, the doctor within 30',
);

export const PASSPORT: Passport = {
  key: 'primary-care-passport',
  title: t(
    'Баштапкы медициналык жардам кызматынын паспорту',
    'Паспорт услуги «Первичная медико-санитарная помощь»',
    'Passport of the primary health care service',
  ),
  status: t(
    'Иш долбоору, мыйзамдын тексти эмес.',
    'Рабочий проект, не текст нормативного акта.',
    'Working draft, not the legal text.',
  ),
  act: t(
    'Өкмөттүн 2014-жылдын 3-июнундагы № 303 токтому',
    'Постановление Правительства от 3 июня 2014 года № 303',
    'Government Resolution No. 303 of 3 June 2014',
  ),
  versions: [
    { version: 1, validFrom: FIRST_DAY, validTo: AMENDED_DAY, rows: firstRows, changed: [] },
    {
      version: 2,
      validFrom: AMENDED_DAY,
      validTo: null,
      rows: firstRows.map((row) => (row.key === 'term' ? { ...row, text: AMENDED_TERM } : row)),
      changed: [
        {
          key: 'term',
          why: t(
            'Каттоонун мөөнөтү 15 мүнөттөн 10 мүнөткө кыскарды (үлгү үчүн ойдон чыгарылган өзгөртүү).',
            'Срок регистратуры сокращён с 15 до 10 минут (изменение вымышлено для примера).',
            'Registration is shortened from 15 to 10 minutes (an amendment invented for the demo).',
          ),
        },
      ],
    },
  ],
};

/** The version in force on a day (ISO), or `null` before the first. */
export function passportOn(on: string): PassportVersion | null {
  return PASSPORT.versions.find((one) => one.validFrom <= on && (one.validTo === null || on < one.validTo)) ?? null;
}

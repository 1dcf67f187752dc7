import { ASSOCIATION } from './association.ts';
import { day, type Text3, type When, year } from './types.ts';

export type OrganisationKey =
  | 'agents-of-change'
  | 'undp'
  | 'interim-government'
  | 'democracy-commission'
  | 'canada-fund'
  | 'un-women'
  | 'eu'
  | 'un'
  | 'health-ministry'
  | 'ecohimal'
  | 'csbp'
  | 'ulgu-fund';

export interface Organisation {
  readonly key: OrganisationKey;
  readonly kind: 'association' | 'partner' | 'funder' | 'state' | 'international';
  readonly name: Text3;
  readonly short: Text3;
  /** What it has to do with the association. */
  readonly about: Text3;
  readonly founded?: When;
}

export const ORGANISATIONS: readonly Organisation[] = [
  {
    key: 'agents-of-change',
    kind: 'association',
    name: {
      ky: '«Агенты перемен» коомдук бирикмеси',
      ru: 'Общественное объединение «Агенты перемен»',
      en: 'Public Association “Agents of Change”',
    },
    short: ASSOCIATION.name,
    about: ASSOCIATION.tagline,
    founded: day('2010-03-17'),
  },
  {
    key: 'undp',
    kind: 'international',
    name: {
      ky: 'БУУнун Өнүктүрүү программасы, Тынчтык программасы',
      ru: 'Программа развития ООН, Программа мира',
      en: 'United Nations Development Programme, Peace Programme',
    },
    short: { ky: 'БУУӨП', ru: 'ПРООН', en: 'UNDP' },
    about: {
      ky: '2010-жылкы шайлоо долбоорун колдогон.',
      ru: 'Поддержала проект к выборам 2010 года.',
      en: 'Supported the project for the elections of 2010.',
    },
  },
  {
    key: 'interim-government',
    kind: 'state',
    name: {
      ky: 'Кыргыз Республикасынын Убактылуу өкмөтү',
      ru: 'Временное правительство Кыргызской Республики',
      en: 'Interim Government of the Kyrgyz Republic',
    },
    short: { ky: 'Убактылуу өкмөт', ru: 'Временное правительство', en: 'Interim Government' },
    about: {
      ky: '2010-жылы жаштар долбооруна социалдык тапшырык берген.',
      ru: 'В 2010 году дало социальный заказ на молодёжный проект.',
      en: 'Gave a social order for the youth project of 2010.',
    },
  },
  {
    key: 'democracy-commission',
    kind: 'funder',
    name: {
      ky: 'АКШ элчилигинин алдындагы Демократиялык комиссия',
      ru: 'Демократическая комиссия при Посольстве США',
      en: 'Democracy Commission of the US Embassy',
    },
    short: { ky: 'Демократиялык комиссия', ru: 'Демократическая комиссия', en: 'Democracy Commission' },
    about: {
      ky: '2011–2012-жылдары медиаторлорду даярдаган долбоорду колдогон.',
      ru: 'Поддержала подготовку медиаторов в 2011–2012 годах.',
      en: 'Supported the training of mediators in 2011–2012.',
    },
  },
  {
    key: 'canada-fund',
    kind: 'funder',
    name: { ky: 'Канада фонду', ru: 'Канадский фонд', en: 'Canada Fund' },
    short: { ky: 'Канада фонду', ru: 'Канадский фонд', en: 'Canada Fund' },
    about: {
      ky: '2011-жылы тегерек столдорду жана Достук фестивалын колдогон.',
      ru: 'Поддержал круглые столы и Фестиваль дружбы в 2011 году.',
      en: 'Supported the round tables and the Festival of Friendship in 2011.',
    },
  },
  {
    key: 'un-women',
    kind: 'international',
    name: { ky: '«БУУ-Аялдар» түзүмү', ru: 'Структура «ООН-женщины»', en: 'UN Women' },
    short: { ky: 'БУУ-Аялдар', ru: 'ООН-женщины', en: 'UN Women' },
    about: {
      ky: '2013–2015-жылдары «Менин бейпил жана коопсуз мектебим» долбоорун биз менен бирге жүргүзгөн.',
      ru: 'Вместе с нами вела проект «Моя мирная и безопасная школа» в 2013–2015 годах.',
      en: 'Ran “My peaceful and safe school” with us in 2013–2015.',
    },
  },
  {
    key: 'eu',
    kind: 'funder',
    name: { ky: 'Европа Биримдиги', ru: 'Европейский союз', en: 'European Union' },
    short: { ky: 'ЕБ', ru: 'ЕС', en: 'EU' },
    about: {
      ky: 'Мектеп долбоорун, жергиликтүү кеңештерди окутууну жана INITIATIVE долбоорун каржылаган.',
      ru: 'Финансировал школьный проект, обучение местных кенешей и проект INITIATIVE.',
      en: 'Financed the school project, the training of local councils and INITIATIVE.',
    },
  },
  {
    key: 'un',
    kind: 'international',
    name: { ky: 'Бириккен Улуттар Уюму', ru: 'Организация Объединённых Наций', en: 'United Nations' },
    short: { ky: 'БУУ', ru: 'ООН', en: 'UN' },
    about: {
      ky: 'Европа Биримдиги менен бирге жергиликтүү башкаруу долбоорун жүргүзгөн.',
      ru: 'Вместе с Европейским союзом вела проект о местном управлении.',
      en: 'Ran the project on local governance with the European Union.',
    },
  },
  {
    key: 'health-ministry',
    kind: 'state',
    name: {
      ky: 'Кыргыз Республикасынын Саламаттык сактоо министрлиги',
      ru: 'Министерство здравоохранения Кыргызской Республики',
      en: 'Ministry of Health of the Kyrgyz Republic',
    },
    short: { ky: 'Саламаттык сактоо министрлиги', ru: 'Минздрав', en: 'Ministry of Health' },
    about: {
      ky: 'Биз байкаган мекемелер ушул министрликке карайт.',
      ru: 'Учреждения, за которыми мы наблюдаем, подчиняются министерству.',
      en: 'The facilities that we observe belong to the ministry.',
    },
  },
  {
    key: 'ecohimal',
    kind: 'partner',
    name: {
      ky: '«EcoHimal», Австриянын коммерциялык эмес уюму',
      ru: 'Австрийская некоммерческая организация EcoHimal',
      en: 'EcoHimal, an Austrian non-profit organisation',
    },
    short: { ky: 'EcoHimal', ru: 'EcoHimal', en: 'EcoHimal' },
    about: {
      ky: 'Тоолуу өлкөлөрдө 1992-жылдан бери иштейт; Кыргызстанда INITIATIVE долбоорун жетектеген.',
      ru: 'С 1992 года работает в горных странах; в Кыргызстане вела проект INITIATIVE.',
      en: 'Has worked in mountain countries since 1992; led INITIATIVE in Kyrgyzstan.',
    },
    founded: year('1992-01-01'),
  },
  {
    key: 'csbp',
    kind: 'partner',
    name: {
      ky: '«Бюджет процессин стратегиялоо борбору» коомдук бирикмеси',
      ru: 'Общественное объединение «Центр стратегирования бюджетного процесса»',
      en: 'Public Association “Centre for Strategizing of Budget Process”',
    },
    short: {
      ky: 'Бюджет процессин стратегиялоо борбору',
      ru: 'Центр стратегирования бюджетного процесса',
      en: 'Centre for Strategizing of Budget Process',
    },
    about: {
      ky: 'Ала-Букада иштеген өнөктөшүбүз: бюджеттин ачыктыгы жана элдин чечимге катышуусу менен алектенет.',
      ru: 'Наш партнёр в Ала-Буке: занимается прозрачностью бюджета и участием жителей в решениях.',
      en: 'Our partner in Ala-Buka: works on open budgets and on residents’ part in decisions.',
    },
    founded: year('2005-01-01'),
  },
  {
    // The page does not name the funder of the oversight; the demo needs one who reads its reports.
    key: 'ulgu-fund',
    kind: 'funder',
    name: {
      ky: '«Үлгү» кору (ойдон чыгарылган)',
      ru: 'Фонд «Үлгү» (вымышленный)',
      en: 'Ülgü Fund (invented)',
    },
    short: { ky: '«Үлгү» кору', ru: 'Фонд «Үлгү»', en: 'Ülgü Fund' },
    about: {
      ky: 'Ойдон чыгарылган донор: аны менен донор отчётту кантип окуганы көрсөтүлөт.',
      ru: 'Вымышленный донор: на нём видно, как донор читает отчёт.',
      en: 'An invented funder: it shows how a funder reads a report.',
    },
  },
];

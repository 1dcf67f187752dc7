import { month, type Text3, type When, year } from './types.ts';

/** Where a figure or a fact of the story was read. */
export type DocumentKey =
  | 'association-page'
  | 'un-school-2015'
  | 'un-school-2014'
  | 'ecohimal-project'
  | 'ecohimal-channel'
  | 'ecohimal-drip'
  | 'ecohimal-chronicle'
  | 'msu-hose-plant';

export interface StoryDocument {
  readonly key: DocumentKey;
  readonly title: Text3;
  readonly address: string;
  readonly language: 'ky' | 'ru' | 'en';
  readonly published: When | null;
}

export const DOCUMENTS: readonly StoryDocument[] = [
  {
    key: 'association-page',
    title: {
      ky: 'Бирикменин EcoHimal сайтындагы барагы',
      ru: 'Страница объединения на сайте EcoHimal',
      en: 'The association’s page on the EcoHimal site',
    },
    address: 'https://ecohimal.org/index.php?id=130&L=3',
    language: 'ky',
    published: null,
  },
  {
    key: 'un-school-2015',
    title: {
      ky: 'БУУнун кабары: «Менин бейпил жана коопсуз мектебим», 2015',
      ru: 'Новость ООН: «Моя мирная и безопасная школа», 2015',
      en: 'UN news: “My Safe and Peaceful School”, 2015',
    },
    address: 'https://un.org.kg/en/media/news-releases/',
    language: 'en',
    published: month('2015-06-01'),
  },
  {
    key: 'un-school-2014',
    title: {
      ky: 'БУУнун кабары: окуучулар жана мугалимдер окуудан өттү, 2014',
      ru: 'Новость ООН: обучение школьников и учителей, 2014',
      en: 'UN news: training of pupils and teachers, 2014',
    },
    address: 'https://un.org.kg/en/media/news-releases/',
    language: 'en',
    published: month('2014-07-01'),
  },
  {
    key: 'ecohimal-project',
    title: {
      ky: 'INITIATIVE долбоору жөнүндө, EcoHimal',
      ru: 'О проекте INITIATIVE, EcoHimal',
      en: 'About INITIATIVE, EcoHimal',
    },
    address: 'https://ecohimal.org/index.php?id=134',
    language: 'en',
    published: null,
  },
  {
    key: 'ecohimal-channel',
    title: {
      ky: 'Өрүктү-Сай каналы жөнүндө кабар, EcoHimal',
      ru: 'Новость о канале Орюкту-Сай, EcoHimal',
      en: 'News of the Oruktu-Sai channel, EcoHimal',
    },
    address: 'https://ecohimal.org/index.php?id=139',
    language: 'en',
    published: month('2016-06-01'),
  },
  {
    key: 'ecohimal-drip',
    title: {
      ky: 'Тамчылатып сугаруу боюнча семинарлар, EcoHimal',
      ru: 'Семинары по капельному орошению, EcoHimal',
      en: 'Drip irrigation workshops, EcoHimal',
    },
    address: 'https://ecohimal.org/index.php?id=140',
    language: 'en',
    published: month('2016-10-01'),
  },
  {
    key: 'ecohimal-chronicle',
    title: {
      ky: 'Долбоордун жылнаамасы, EcoHimal',
      ru: 'Хроника проекта, EcoHimal',
      en: 'Chronicle of the project, EcoHimal',
    },
    address: 'https://ecohimal.org/index.php?id=142',
    language: 'en',
    published: year('2017-01-01'),
  },
  {
    key: 'msu-hose-plant',
    title: {
      ky: 'Ала-Букадагы шланг цехи жөнүндө кабар',
      ru: 'Новость о цехе шлангов в Ала-Буке',
      en: 'News of the hose workshop in Ala-Buka',
    },
    address: 'http://msu.kg/ru/comment/go_to/70844/',
    language: 'ru',
    published: year('2017-01-01'),
  },
];

import { type Project, reportedIndicator } from './logframe.ts';
import { month, type Text3 } from './types.ts';

const NO_FIGURES: Text3 = {
  ky: 'Булакта сан да, жер да аталган эмес.',
  ru: 'Источник не называет ни чисел, ни мест.',
  en: 'The source gives neither numbers nor places.',
};

export const EARLY_PROJECTS: readonly Project[] = [
  {
    key: 'peaceful-elections',
    code: 'P1',
    title: {
      ky: '2010-жылдагы бейпил шайлоодон Кыргызстандын өнүгүүсүнө карай',
      ru: 'От мирных выборов 2010 года к развитию Кыргызстана',
      en: 'From the peaceful elections of 2010 towards the development of Kyrgyzstan',
    },
    goal: {
      ky: 'Жогорку Кеңештин депутаттарын шайлоо тынч өтсүн.',
      ru: 'Чтобы выборы депутатов Жогорку Кенеша прошли мирно.',
      en: 'That the election of deputies to the Jogorku Kenesh passes in peace.',
    },
    period: { from: month('2010-09-01'), to: month('2010-11-30') },
    funders: ['undp'],
    partners: [],
    places: [],
    status: 'completed',
    activities: [
      {
        key: 'headquarters',
        title: {
          ky: 'Аймактык штабдарды түзүү',
          ru: 'Создание региональных штабов',
          en: 'Setting up regional headquarters',
        },
        period: null,
        places: [],
      },
      {
        key: 'voter-information',
        title: {
          ky: 'Элге шайлоо кандай өтөрүн түшүндүрүү',
          ru: 'Разъяснение людям, как проходят выборы',
          en: 'Explaining the electoral process to people',
        },
        period: null,
        places: [],
      },
      {
        key: 'public-oversight',
        title: {
          ky: 'Шайлоого коомдук көзөмөл',
          ru: 'Общественный надзор за выборами',
          en: 'Public oversight of the election',
        },
        period: null,
        places: [],
      },
    ],
    results: [
      {
        key: 'outcome',
        level: 'outcome',
        title: {
          ky: 'Шайлоо тынч өттү',
          ru: 'Выборы прошли мирно',
          en: 'The election passed in peace',
        },
        indicators: [],
      },
      {
        key: 'headquarters-work',
        level: 'output',
        title: {
          ky: 'Аймактык штабдар элди маалымдап, шайлоону көзөмөлдөдү',
          ru: 'Региональные штабы информировали людей и следили за выборами',
          en: 'Regional headquarters informed people and watched the election',
        },
        indicators: [],
      },
    ],
    notes: [NO_FIGURES],
  },
  {
    key: 'young-today',
    code: 'P2',
    title: {
      ky: 'Жаш муун – Кыргызстандын келечеги гана эмес, бүгүнкү күнү дагы',
      ru: 'Молодое поколение – не только будущее Кыргызстана, но и его сегодняшний день',
      en: 'The young generation is not only Kyrgyzstan’s future but also its today',
    },
    goal: {
      ky: 'Жаштар сүйлөшүп макулдашууну үйрөнүп, коомдо сабырдуулукту жайылтсын.',
      ru: 'Научить молодёжь вести переговоры и поддержать терпимость в обществе.',
      en: 'Help young people learn to negotiate and spread tolerance in society.',
    },
    period: { from: month('2010-09-01'), to: month('2010-12-31') },
    funders: ['interim-government'],
    partners: [],
    places: [],
    status: 'completed',
    activities: [
      {
        key: 'negotiation-seminars',
        title: {
          ky: 'Сүйлөшүүлөрдү жүргүзүү боюнча семинарлар',
          ru: 'Семинары об основах переговоров',
          en: 'Seminars on the basics of negotiation',
        },
        period: null,
        places: [],
      },
      {
        key: 'photo-contest',
        title: {
          ky: '«Сенин кадрыңдагы толеранттуу дүйнө» фотосынагы',
          ru: 'Фотоконкурс «Толерантный мир в твоём кадре»',
          en: 'Photo contest “The tolerant world in your shot”',
        },
        period: null,
        places: [],
      },
      {
        key: 'article-contest',
        title: {
          ky: '«Биздин коомдогу толеранттуулук. Жаш муундун ролу» макалалар сынагы',
          ru: 'Конкурс статей «Толерантность в нашем обществе. Роль молодого поколения»',
          en: 'Article contest “Tolerance in our society. The role of the young generation”',
        },
        period: null,
        places: [],
      },
      {
        key: 'photo-exhibition',
        title: { ky: 'Фотокөргөзмө', ru: 'Фотовыставка', en: 'Photo exhibition' },
        period: null,
        places: [],
      },
    ],
    results: [
      {
        key: 'works',
        level: 'output',
        title: {
          ky: 'Эки сынак өтүп, фотокөргөзмө уюштурулду',
          ru: 'Прошли два конкурса и фотовыставка',
          en: 'Two contests and a photo exhibition were held',
        },
        indicators: [
          reportedIndicator(
            'contests',
            { ky: 'Өткөрүлгөн сынактар', ru: 'Проведено конкурсов', en: 'Contests held' },
            'event',
            2,
            'association-page',
          ),
          reportedIndicator(
            'exhibitions',
            { ky: 'Көргөзмөлөр', ru: 'Выставки', en: 'Exhibitions' },
            'event',
            1,
            'association-page',
          ),
        ],
      },
    ],
    notes: [
      {
        ky: 'Каржылоо түрү – социалдык тапшырык. Катышуучулардын саны булакта жок.',
        ru: 'Форма финансирования – социальный заказ. Числа участников в источнике нет.',
        en: 'Funded as a social order. The source does not say how many took part.',
      },
    ],
  },
  {
    key: 'peaceful-future',
    code: 'P3',
    title: {
      ky: 'Жаш муун бейпил келечек үчүн',
      ru: 'Молодое поколение за мирное будущее',
      en: 'The young generation for a peaceful future',
    },
    goal: {
      ky: 'Элдин арасынан чыр-чатакты сөз менен чече билген жаштар чыксын.',
      ru: 'Чтобы на местах появились молодые люди, умеющие решать споры словом.',
      en: 'That communities have young people who can settle disputes by talking.',
    },
    period: { from: month('2011-04-01'), to: month('2012-04-30') },
    funders: ['democracy-commission'],
    partners: [],
    places: [],
    status: 'completed',
    activities: [
      {
        key: 'mediator-training',
        title: {
          ky: 'Жаштардын бейформал лидерлеринен медиаторлорду даярдоо',
          ru: 'Подготовка медиаторов из неформальных молодых лидеров',
          en: 'Training mediators from informal youth leaders',
        },
        period: null,
        places: [],
      },
      {
        key: 'diversity-seminars',
        title: {
          ky: 'Этникалык ар түрдүүлүктү башкаруу боюнча семинарлар',
          ru: 'Семинары об управлении этническим разнообразием',
          en: 'Seminars on managing ethnic diversity',
        },
        period: null,
        places: [],
      },
      {
        key: 'story-contest',
        title: {
          ky: 'Элдер достугу жөнүндө чыныгы окуялар сынагы',
          ru: 'Конкурс невыдуманных историй о дружбе народов',
          en: 'Contest of true stories of friendship between ethnic groups',
        },
        period: null,
        places: [],
      },
      {
        key: 'story-collection',
        title: {
          ky: 'Окуялар жыйнагын чыгаруу',
          ru: 'Издание сборника историй',
          en: 'Publishing the collection of stories',
        },
        period: null,
        places: [],
      },
    ],
    results: [
      {
        key: 'outcome',
        level: 'outcome',
        title: {
          ky: 'Жергиликтүү чыр-чатакты жаш медиаторлор чечүүгө жардам берет',
          ru: 'Молодые медиаторы помогают решать местные споры',
          en: 'Young mediators help to settle local disputes',
        },
        indicators: [],
      },
      {
        key: 'people-trained',
        level: 'output',
        title: {
          ky: 'Медиаторлор даярдалды, жаштар окуудан өттү',
          ru: 'Подготовлены медиаторы, обучена молодёжь',
          en: 'Mediators were trained and young people taught',
        },
        indicators: [
          reportedIndicator(
            'mediators',
            { ky: 'Даярдалган медиаторлор', ru: 'Подготовлено медиаторов', en: 'Mediators trained' },
            'person',
            46,
            'association-page',
            { at: month('2012-04-30') },
          ),
          reportedIndicator(
            'seminar-participants',
            {
              ky: 'Этникалык ар түрдүүлүк боюнча семинардын катышуучулары',
              ru: 'Участники семинаров об этническом разнообразии',
              en: 'Participants of the seminars on ethnic diversity',
            },
            'person',
            125,
            'association-page',
            { at: month('2012-04-30') },
          ),
        ],
      },
      {
        key: 'collection',
        level: 'output',
        title: {
          ky: 'Облустагы достук окуяларынын жыйнагы чыкты',
          ru: 'Вышел сборник историй дружбы в области',
          en: 'A collection of stories of friendship in the oblast came out',
        },
        indicators: [
          reportedIndicator(
            'publications',
            { ky: 'Басылмалар', ru: 'Издания', en: 'Publications' },
            'publication',
            1,
            'association-page',
          ),
        ],
      },
    ],
    notes: [
      {
        ky: 'Жыйнак «облустагы» окуялар жөнүндө делет, бирок кайсы облус экени айтылбайт.',
        ru: 'Сборник – об историях «в области», но какой именно, источник не говорит.',
        en: 'The collection tells stories “of the oblast”; the source does not say which.',
      },
    ],
  },
  {
    key: 'citizen',
    code: 'P4',
    title: {
      ky: 'Мен – өз өлкөмдүн жаранымын',
      ru: 'Я – гражданин своей страны',
      en: 'I am a citizen of my country',
    },
    goal: {
      ky: 'Этностор арасындагы кагылышууну жана чыңалууну азайтууга жаштар салым кошсун.',
      ru: 'Чтобы молодёжь помогала снижать межэтническую напряжённость.',
      en: 'That young people help to lower tension between ethnic groups.',
    },
    period: { from: month('2011-07-01'), to: month('2011-12-31') },
    funders: ['canada-fund'],
    partners: [],
    places: [],
    status: 'completed',
    activities: [
      {
        key: 'round-tables',
        title: {
          ky: 'Чыңалууну азайтуудагы жаштардын ролу жөнүндө тегерек столдор',
          ru: 'Круглые столы о роли молодёжи в снижении напряжённости',
          en: 'Round tables on the role of youth in lowering tension',
        },
        period: null,
        places: [],
      },
      {
        key: 'video-contest',
        title: {
          ky: 'Этностор аралык достук темасындагы видео сынагы',
          ru: 'Конкурс видеороликов о межэтнической дружбе',
          en: 'Contest of videos on friendship between ethnic groups',
        },
        period: null,
        places: [],
      },
      {
        key: 'friendship-festival',
        title: { ky: 'Достук фестивалы', ru: 'Фестиваль дружбы', en: 'Festival of Friendship' },
        period: null,
        places: [],
      },
    ],
    results: [
      {
        key: 'festival',
        level: 'output',
        title: {
          ky: 'Мамлекеттик мекемелер жана диаспоралар менен бирге Достук фестивалы өттү',
          ru: 'Вместе с госучреждениями и диаспорами проведён Фестиваль дружбы',
          en: 'The Festival of Friendship was held with state bodies and national diasporas',
        },
        indicators: [
          reportedIndicator(
            'festivals',
            { ky: 'Фестивалдар', ru: 'Фестивали', en: 'Festivals' },
            'event',
            1,
            'association-page',
          ),
        ],
      },
    ],
    notes: [NO_FIGURES],
  },
];

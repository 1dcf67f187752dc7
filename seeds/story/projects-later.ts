import { type Project, REPORTED, reportedIndicator } from './logframe.ts';
import { day, month } from './types.ts';

export const SCHOOL_PROJECT: Project = {
  key: 'peaceful-school',
  code: 'P5',
  title: {
    ky: 'Гендердик акыйкатты күчөтүү, кыздардын укуктарын жана мүмкүнчүлүктөрүн кеңейтүү',
    ru: 'Укрепление гендерной справедливости, расширение прав и возможностей девушек',
    en: 'Promoting gender justice and empowerment of young women',
  },
  goal: {
    ky: 'Кыздар лидер болууга даяр болсун; кыздар менен балдар жашаган жеринде тынчтыкты чыңдаганга катышсын.',
    ru: 'Чтобы девушки были готовы к лидерству, а девушки и юноши укрепляли мир там, где живут.',
    en: 'That girls are ready to lead, and girls and boys help to build peace where they live.',
  },
  period: { from: day('2013-07-04'), to: month('2015-05-31') },
  funders: ['eu'],
  partners: ['un-women'],
  places: ['chui', 'talas', 'issyk-kul', 'naryn', 'jalal-abad', 'osh', 'batken'],
  status: 'completed',
  activities: [
    {
      key: 'manual',
      title: {
        ky: '«Менин бейпил жана коопсуз мектебим» колдонмосун жазып чыгаруу',
        ru: 'Пособие «Моя мирная и безопасная школа»',
        en: 'Manual “My peaceful and safe school”',
      },
      period: null,
      places: [],
    },
    {
      key: 'peer-educators',
      title: {
        ky: '8–10-класстын жигердүү окуучуларынан тең насаатчыларды даярдоо',
        ru: 'Подготовка равных наставников из активных учеников 8–10 классов',
        en: 'Training peer educators from active pupils of grades 8–10',
      },
      period: { from: month('2014-07-01'), to: null },
      places: [],
    },
    {
      key: 'school-course',
      title: {
        ky: 'Мектептердеги курс: эки сааттан 32 сабак',
        ru: 'Школьный курс: 32 занятия по два часа',
        en: 'School course: 32 sessions of two hours',
      },
      period: { from: month('2014-09-01'), to: month('2015-05-31') },
      places: ['chui', 'talas', 'issyk-kul', 'naryn', 'jalal-abad', 'osh', 'batken'],
    },
  ],
  results: [
    {
      key: 'outcome',
      level: 'outcome',
      title: {
        ky: 'Окуучулар курсту аягына чыгарып, алган билимин иште колдонду',
        ru: 'Ученики прошли курс до конца и применили его на деле',
        en: 'Pupils finished the course and put it into action',
      },
      indicators: [
        reportedIndicator(
          'completers',
          {
            ky: '32 сабактын баарын бүтүргөн окуучулар',
            ru: 'Ученики, прошедшие все 32 занятия',
            en: 'Pupils who finished all 32 sessions',
          },
          'person',
          1200,
          'un-school-2015',
          { at: month('2015-05-31') },
        ),
        reportedIndicator(
          'distinction',
          {
            ky: 'Артыкчылык менен бүтүргөн окуучулар',
            ru: 'Окончили с отличием',
            en: 'Pupils who graduated with distinction',
          },
          'person',
          600,
          'un-school-2015',
          { at: month('2015-05-31') },
        ),
      ],
    },
    {
      key: 'educators',
      level: 'output',
      title: {
        ky: 'Тең насаатчылар даярдалды',
        ru: 'Подготовлены равные наставники',
        en: 'Peer educators were trained',
      },
      indicators: [
        reportedIndicator(
          'peer-educators',
          { ky: 'Окуудан өткөн тең насаатчылар', ru: 'Обучено равных наставников', en: 'Peer educators trained' },
          'person',
          250,
          'un-school-2015',
        ),
        reportedIndicator(
          'delivering-educators',
          {
            ky: 'Курсту толук өткөргөн насаатчылар',
            ru: 'Наставники, проведшие весь курс',
            en: 'Peer educators who delivered the whole course',
          },
          'person',
          120,
          'un-school-2015',
          { at: month('2015-05-31') },
        ),
      ],
    },
    {
      key: 'course',
      level: 'output',
      title: {
        ky: 'Мектептерде курс өттү',
        ru: 'Курс прошёл в школах',
        en: 'The course was held in schools',
      },
      indicators: [
        reportedIndicator('schools', { ky: 'Мектептер', ru: 'Школы', en: 'Schools' }, 'school', 60, 'un-school-2015', {
          at: month('2014-09-01'),
        }),
        reportedIndicator(
          'peers',
          { ky: 'Курска келген окуучулар', ru: 'Ученики, начавшие курс', en: 'Peers who began the course' },
          'person',
          3200,
          'un-school-2015',
          { at: month('2014-09-01') },
        ),
        reportedIndicator(
          'sessions',
          { ky: 'Курстагы сабактар', ru: 'Занятий в курсе', en: 'Sessions in the course' },
          'session',
          32,
          'un-school-2015',
        ),
        reportedIndicator(
          'event-guests',
          {
            ky: 'Окуучулар өткөргөн иш-чараларга келгендер',
            ru: 'Пришли на мероприятия учеников',
            en: 'Pupils and teachers at the peers’ events',
          },
          'person',
          6000,
          'un-school-2015',
          {
            at: month('2015-05-31'),
            estimated: true,
            note: {
              ky: 'Булакта «6000ден көп» деп айтылган. Бул катышуу саны, адам саны эмес.',
              ru: 'В источнике «более 6000». Это посещения, а не отдельные люди.',
              en: 'The source says “more than 6,000”. These are attendances, not different people.',
            },
          },
        ),
      ],
    },
    {
      key: 'manual',
      level: 'output',
      title: { ky: 'Колдонмо чыкты', ru: 'Вышло пособие', en: 'The manual was published' },
      indicators: [
        reportedIndicator(
          'manuals',
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
      ky: 'Аякташы: бирикменин барагында 2015-жылдын майы, БУУнун кабарында 2015-жылдын 3-июлу.',
      ru: 'Окончание: на странице объединения – май 2015 года, в новости ООН – 3 июля 2015 года.',
      en: 'End: May 2015 on the association’s page, 3 July 2015 in the UN news.',
    },
    {
      ky: '«Артыкчылык» кантип аныкталганы булакта жок.',
      ru: 'Как определяли «отличие», источник не говорит.',
      en: 'The source does not say what “distinction” means.',
    },
  ],
};

export const GOVERNANCE_PROJECT: Project = {
  key: 'fair-governance',
  code: 'P6',
  title: {
    ky: 'Социалдык акыйкаттыкка жетүү үчүн адилеттүү башкарууну күчөтүү',
    ru: 'Укрепление справедливого управления для достижения социальной справедливости',
    en: 'Strengthening fair governance to reach social justice',
  },
  goal: {
    ky: 'Айылдык кеңештин депутаттары бюджетти жана муниципалдык менчикти билип башкарсын, демилгелүү топтор долбоор жаза алсын.',
    ru: 'Чтобы депутаты айылных кенешей умело управляли бюджетом и муниципальной собственностью, а инициативные группы могли написать проект.',
    en: 'That council deputies manage the budget and municipal property well, and initiative groups can write a proposal.',
  },
  period: { from: null, to: null },
  funders: ['eu', 'un'],
  partners: ['un'],
  places: [],
  status: 'completed',
  activities: [
    {
      key: 'budget-training',
      title: {
        ky: 'Депутаттарды жергиликтүү бюджет боюнча окутуу',
        ru: 'Обучение депутатов местному бюджету',
        en: 'Training deputies on the local budget',
      },
      period: null,
      places: [],
    },
    {
      key: 'property-training',
      title: {
        ky: 'Депутаттарды муниципалдык менчикти башкаруу боюнча окутуу',
        ru: 'Обучение депутатов управлению муниципальной собственностью',
        en: 'Training deputies on managing municipal property',
      },
      period: null,
      places: [],
    },
    {
      key: 'proposal-training',
      title: {
        ky: 'Демилгелүү топторго долбоор жазууну үйрөтүү',
        ru: 'Обучение инициативных групп написанию проектов',
        en: 'Training initiative groups to write proposals',
      },
      period: null,
      places: [],
    },
  ],
  results: [
    {
      key: 'councils',
      level: 'output',
      title: {
        ky: 'Эки пилоттук айыл аймагынын кеңеши окуудан өттү',
        ru: 'Обучены кенеши двух пилотных айылных аймаков',
        en: 'The councils of two pilot aiyl aimaks were trained',
      },
      indicators: [
        reportedIndicator(
          'pilot-aimaks',
          { ky: 'Пилоттук айыл аймактары', ru: 'Пилотные айылные аймаки', en: 'Pilot aiyl aimaks' },
          'aimak',
          2,
          'association-page',
        ),
      ],
    },
  ],
  notes: [
    {
      ky: 'Булакта убактысы да, айыл аймактарынын аты да жок.',
      ru: 'Источник не называет ни дат, ни самих аймаков.',
      en: 'The source gives no dates and does not name the aimaks.',
    },
    {
      ky: 'Бул ЕБ менен БУУнун 2011–2014-жылдардагы долбоорунун бир бөлүгү болушу мүмкүн, бирок так айтылган эмес.',
      ru: 'Возможно, это часть проекта ЕС и ООН 2011–2014 годов, но прямо это не сказано.',
      en: 'It may be part of the EU–UN project of 2011–2014, but no source says so.',
    },
  ],
};

export const INITIATIVE_PROJECT: Project = {
  key: 'initiative',
  code: 'INITIATIVE',
  title: {
    ky: 'INITIATIVE: айылдыктарды жумуш менен камсыз кылуунун жаңы жолдору',
    ru: 'INITIATIVE: новые пути к занятости жителей сёл',
    en: 'INITIATIVE: innovative income tools and integrated approaches to improve villagers’ employment',
  },
  goal: {
    ky: 'Туруктуу дыйканчылык жана жакырчылыкты азайтуу үчүн элдин өз күчүн жана мүмкүнчүлүгүн ишке салуу.',
    ru: 'Направить силы и средства самих жителей на устойчивое сельское хозяйство и сокращение бедности.',
    en: 'Bring local people’s own resources to bear on sustainable farming and less poverty.',
  },
  period: { from: day('2015-12-01'), to: day('2017-11-30') },
  funders: ['eu'],
  partners: ['ecohimal', 'csbp'],
  places: ['aa-oruktu', 'aa-ak-korgon', 'aa-ala-buka', 'aa-pervomay'],
  status: 'completed',
  activities: [
    {
      key: 'channel',
      title: {
        ky: 'Өрүктү-Сай каналын ашар жолу менен оңдоо',
        ru: 'Ремонт канала Орюкту-Сай методом ашара',
        en: 'Repairing the Oruktu-Sai channel by ashar, community work',
      },
      period: { from: month('2016-03-01'), to: month('2016-06-30') },
      places: ['aa-oruktu'],
    },
    {
      key: 'drip-workshops',
      title: {
        ky: 'Тамчылатып сугаруу боюнча семинарлар',
        ru: 'Семинары по капельному орошению',
        en: 'Drip irrigation workshops',
      },
      period: { from: day('2016-10-03'), to: day('2016-10-06') },
      places: ['aa-oruktu', 'aa-ak-korgon', 'aa-ala-buka', 'aa-pervomay'],
    },
    {
      key: 'hose-plant',
      title: {
        ky: 'Ала-Бука айылындагы шланг цехи',
        ru: 'Цех по выпуску шлангов в селе Ала-Бука',
        en: 'Hose-pipe plant in Ala-Buka village',
      },
      period: { from: day('2017-02-09'), to: null },
      places: ['aa-ala-buka'],
    },
    {
      key: 'processing-plant',
      title: {
        ky: 'Ак-Коргондогу жашылча-жемиш кайра иштетүү цехи',
        ru: 'Цех по переработке фруктов и овощей в Ак-Коргоне',
        en: 'Fruit and vegetable processing plant in Ak-Korgon',
      },
      period: null,
      places: ['aa-ak-korgon'],
    },
    {
      key: 'demo-fields',
      title: {
        ky: 'Тамчылатып сугарылган үлгү талаалар',
        ru: 'Показательные поля с капельным орошением',
        en: 'Demonstration fields with drip irrigation',
      },
      period: null,
      places: ['aa-pervomay', 'aa-ak-korgon'],
    },
  ],
  results: [
    {
      key: 'impact',
      level: 'impact',
      title: {
        ky: 'Ала-Бука районунун төрт айыл аймагында жакырчылык азайды',
        ru: 'В четырёх аймаках Ала-Букинского района стало меньше бедности',
        en: 'There is less poverty in four aimaks of Ala-Buka rayon',
      },
      indicators: [],
    },
    {
      key: 'water',
      level: 'outcome',
      title: {
        ky: 'Каналдын боюндагы үйлөргө сел коркунучу азайды',
        ru: 'Домам у канала меньше грозит сель',
        en: 'Homes along the channel are less threatened by floods',
      },
      indicators: [
        reportedIndicator(
          'channel-metres',
          { ky: 'Оңдолгон канал', ru: 'Отремонтировано канала', en: 'Channel repaired' },
          'metre',
          550,
          'ecohimal-channel',
          { at: month('2016-06-01') },
        ),
        reportedIndicator(
          'households',
          {
            ky: 'Сел коркунучу азайган үй-бүлөлөр',
            ru: 'Семьи, которым меньше грозит сель',
            en: 'Households less threatened by floods',
          },
          'household',
          100,
          'ecohimal-channel',
          { at: month('2016-06-01') },
        ),
      ],
    },
    {
      key: 'irrigation',
      level: 'output',
      title: {
        ky: 'Дыйкандар тамчылатып сугарууну үйрөнүп, талаада колдонду',
        ru: 'Фермеры освоили капельное орошение и применили его на полях',
        en: 'Farmers learned drip irrigation and used it in the fields',
      },
      indicators: [
        reportedIndicator(
          'workshop-participants',
          {
            ky: 'Семинарга катышкан кооператив мүчөлөрү',
            ru: 'Участники семинаров, члены кооперативов',
            en: 'Workshop participants, future cooperative members',
          },
          'person',
          56,
          'ecohimal-drip',
          { at: day('2016-10-06') },
        ),
        reportedIndicator(
          'drip-hectares',
          { ky: 'Тамчылатып сугарылган жер', ru: 'Земля с капельным орошением', en: 'Land under drip irrigation' },
          'hectare',
          15,
          'ecohimal-chronicle',
          {
            note: {
              ky: 'Первомайда 7 га, Ак-Коргондо 8 га.',
              ru: 'Первомай – 7 га, Ак-Коргон – 8 га.',
              en: 'Pervomay 7 ha and Ak-Korgon 8 ha.',
            },
          },
        ),
      ],
    },
    {
      key: 'jobs',
      level: 'output',
      title: {
        ky: 'Айылда чакан цехтер ачылды',
        ru: 'В сёлах открылись небольшие цеха',
        en: 'Small workshops opened in the villages',
      },
      indicators: [
        reportedIndicator(
          'workshops',
          { ky: 'Ачылган цехтер', ru: 'Открыто цехов', en: 'Workshops opened' },
          'workshop',
          1,
          'ecohimal-chronicle',
          {
            at: day('2017-02-09'),
            note: {
              ky: 'Шланг цехи, баасы 33 000 евро.',
              ru: 'Цех шлангов, стоимость 33 000 евро.',
              en: 'The hose-pipe plant; it cost 33,000 EUR.',
            },
          },
        ),
        {
          key: 'plant-jobs',
          title: {
            ky: 'Кайра иштетүү цехиндеги жумуш орундары',
            ru: 'Рабочие места в цехе переработки',
            en: 'Jobs at the processing plant',
          },
          unit: 'job',
          direction: 'more',
          definition: REPORTED,
          baseline: { value: 0, at: day('2015-12-01') },
          target: { value: 20, at: day('2017-11-30') },
          reported: [],
        },
      ],
    },
  ],
  notes: [
    {
      ky: 'Цехтеги 20 жумуш орду – план. Иш жүзүндө канча адам иштегени булакта жок.',
      ru: '20 рабочих мест – план. Сколько людей работает на деле, источник не говорит.',
      en: 'The 20 jobs are a plan. The source does not say how many people were employed.',
    },
    {
      ky: 'Долбоордун жалпы бюджети булакта жок.',
      ru: 'Общий бюджет проекта в источнике не назван.',
      en: 'The source does not give the total budget.',
    },
  ],
};

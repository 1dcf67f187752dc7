import { type Project, reportedIndicator } from './logframe.ts';
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

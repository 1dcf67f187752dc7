import { type Project, REPORTED, reportedIndicator } from './logframe.ts';
import { day, month } from './types.ts';

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

import { type Project, reportedIndicator } from './logframe.ts';

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

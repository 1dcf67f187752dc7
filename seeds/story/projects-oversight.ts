import type { Indicator, Project } from './logframe.ts';
import { day, month } from './types.ts';

/** Fewer talks than this in a cell are not shown. */
export const SMALL_CELL = 5;

const OBLAST = { key: 'oblast', kind: 'partition' } as const;
const TYPE = { key: 'type', kind: 'partition' } as const;
const HIDDEN_WHEN_SMALL = { suppressBelow: SMALL_CELL } as const;
const ROUND_TWO_END = day('2016-05-31');

const live = (indicator: Pick<Indicator, 'key' | 'title' | 'unit' | 'target' | 'definition'>): Indicator => ({
  direction: 'more',
  baseline: null,
  reported: [],
  ...indicator,
});

export const OVERSIGHT_PROJECT: Project = {
  key: 'primary-care-oversight',
  code: 'P7',
  title: {
    ky: 'Баштапкы медициналык жардам стандартка жооп береби: коомдук көзөмөл',
    ru: 'Отвечает ли первичная медицинская помощь стандартам: общественный надзор',
    en: 'Does primary health care meet the standards: public oversight',
  },
  goal: {
    ky: 'Үй-бүлөлүк дарыгерлер борборлору жана фельдшердик пункттар Өкмөттүн 2014-жылдын 3-июнундагы № 303 токтому бекиткен стандарттарга ылайык иштесин.',
    ru: 'Чтобы центры семейной медицины и фельдшерские пункты работали по стандартам, утверждённым постановлением Правительства № 303 от 3 июня 2014 года.',
    en: 'That family medicine centres and feldsher points serve people as the standards of Government Resolution No. 303 of 3 June 2014 require.',
  },
  period: { from: month('2015-09-01'), to: null },
  funders: ['ulgu-fund'],
  partners: ['health-ministry'],
  places: ['chui', 'talas'],
  status: 'running',
  activities: [
    {
      key: 'round-2015-autumn',
      title: {
        ky: 'Биринчи кыдыруу: 2015-жылдын күзү',
        ru: 'Первый обход: осень 2015 года',
        en: 'First round: autumn 2015',
      },
      period: { from: day('2015-09-14'), to: day('2015-11-13') },
      places: ['chui', 'talas'],
    },
    {
      key: 'round-2016-spring',
      title: {
        ky: 'Экинчи кыдыруу: 2016-жылдын жазы',
        ru: 'Второй обход: весна 2016 года',
        en: 'Second round: spring 2016',
      },
      period: { from: day('2016-04-04'), to: ROUND_TWO_END },
      places: ['chui', 'talas'],
    },
  ],
  results: [
    {
      key: 'quality-care',
      level: 'impact',
      title: {
        ky: 'Аз камсыз болгондор, кош бойлуу аялдар, көп балалуу энелер жана жаштар сапаттуу акысыз жардам алат',
        ru: 'Малообеспеченные, беременные, многодетные матери и молодёжь получают качественную бесплатную помощь',
        en: 'Poor people, pregnant women, mothers of many children and youth receive good free care',
      },
      indicators: [
        live({
          key: 'interviews',
          title: {
            ky: 'Суралган бейтаптар',
            ru: 'Опрошенные пациенты',
            en: 'Patients interviewed',
          },
          unit: 'interview',
          target: { value: 80, at: ROUND_TWO_END },
          definition: {
            agg: 'count',
            measures: ['oversight.interview'],
            dimensions: [
              { key: 'group', kind: 'overlapping', ...HIDDEN_WHEN_SMALL },
              { key: 'sex', kind: 'partition', ...HIDDEN_WHEN_SMALL },
              { key: 'age_band', kind: 'partition', ...HIDDEN_WHEN_SMALL },
              OBLAST,
            ],
          },
        }),
      ],
    },
    {
      key: 'standard-met',
      level: 'outcome',
      title: {
        ky: 'Баштапкы жардам мекемелери стандартка жооп берет',
        ru: 'Учреждения первичной помощи отвечают стандартам',
        en: 'Primary-care facilities meet the standards',
      },
      indicators: [
        live({
          key: 'facilities-at-standard',
          title: {
            ky: 'Стандартка жооп берген мекемелер',
            ru: 'Учреждения, отвечающие стандарту',
            en: 'Facilities that meet the standard',
          },
          unit: 'facility',
          target: { value: 12, at: ROUND_TWO_END },
          definition: { agg: 'count_distinct', measures: ['oversight.standard_met'], dimensions: [OBLAST, TYPE] },
        }),
        live({
          key: 'mean-score',
          title: {
            ky: 'Орточо баа (бөлүмдөрдүн орточосу)',
            ru: 'Средняя оценка (среднее по разделам)',
            en: 'Mean score (mean of domain means)',
          },
          unit: 'share',
          target: { value: 0.7, at: ROUND_TWO_END },
          definition: {
            agg: 'mean_of',
            over: 'domain',
            measures: ['oversight.domain'],
            dimensions: [OBLAST, TYPE],
            percent: true,
          },
        }),
        live({
          key: 'fix-rate',
          title: {
            ky: 'Чечилген көйгөйлөрдүн үлүшү',
            ru: 'Доля решённых проблем',
            en: 'Fix-rate: problems fixed out of problems found',
          },
          unit: 'share',
          target: { value: 0.5, at: ROUND_TWO_END },
          definition: {
            agg: 'ratio',
            numerator: { agg: 'count', measures: ['oversight.fix'] },
            denominator: { agg: 'count', measures: ['oversight.problem'] },
            period: 'to_date',
            dimensions: [OBLAST, TYPE],
            percent: true,
          },
        }),
      ],
    },
    {
      key: 'facilities-observed',
      level: 'output',
      title: {
        ky: 'Чүйдө 10, Таласта 10 мекеме көзөмөлгө алынды',
        ru: 'Под наблюдением 10 учреждений в Чуйской и 10 в Таласской области',
        en: 'Ten facilities in Chui and ten in Talas are under observation',
      },
      indicators: [
        live({
          key: 'facilities-visited',
          title: {
            ky: 'Кыдырууда барылган мекемелер',
            ru: 'Учреждения, посещённые за обход',
            en: 'Facilities visited in the round',
          },
          unit: 'facility',
          target: { value: 20, at: ROUND_TWO_END },
          definition: { agg: 'count_distinct', measures: ['oversight.visit'], dimensions: [OBLAST, TYPE] },
        }),
        live({
          key: 'visits',
          title: { ky: 'Баруулардын саны', ru: 'Визиты', en: 'Visits' },
          unit: 'visit',
          target: { value: 20, at: ROUND_TWO_END },
          definition: { agg: 'count', measures: ['oversight.visit'], dimensions: [OBLAST, TYPE] },
        }),
        live({
          key: 'problems-found',
          title: { ky: 'Табылган көйгөйлөр', ru: 'Найденные проблемы', en: 'Problems found' },
          unit: 'problem',
          target: null,
          definition: {
            agg: 'count',
            measures: ['oversight.problem'],
            dimensions: [{ key: 'severity', kind: 'partition' }, { key: 'row', kind: 'partition' }, OBLAST],
          },
        }),
      ],
    },
  ],
  notes: [
    {
      ky: 'Булакта долбоорду ким каржылаганы айтылган эмес.',
      ru: 'Источник не называет, кто финансирует проект.',
      en: 'The source does not name the funder.',
    },
    {
      ky: '№ 303 токтомдун саламаттык сактоо бөлүгүнүн тексти бизде жок. Текшерүү тизмеси – биздин иш долбоорубуз, мыйзам тексти эмес.',
      ru: 'Текста раздела о здравоохранении постановления № 303 у нас нет. Проверочный лист – наш рабочий проект, а не текст закона.',
      en: 'We do not have the health section of Resolution No. 303. The checklist is our working draft, not the legal text.',
    },
    {
      ky: 'Мекемелердин, айылдардын жана адамдардын аттары ойдон чыгарылган.',
      ru: 'Названия учреждений, сёл и имена людей вымышлены.',
      en: 'The names of facilities, villages and people are invented.',
    },
  ],
};

import { type Example, say } from '../example.ts';
import { BarChart } from './BarChart.tsx';
import { LineChart } from './LineChart.tsx';
import { TargetVsActual } from './TargetVsActual.tsx';

export const examples: Example[] = [
  {
    title: 'BarChart',
    render: (l) => (
      <BarChart
        l={l}
        caption={say(l, 'Орточо балл, бөлүмдөр боюнча', 'Средний балл по разделам', 'Mean score by domain')}
        labels={say(l, 'Бөлүм', 'Раздел', 'Domain')}
        values={say(l, 'Балл', 'Балл', 'Score')}
        max={100}
        bars={[
          { label: say(l, 'Жеткиликтүүлүк', 'Доступность', 'Access'), value: 83 },
          {
            label: say(l, 'Тазалык жана коопсуздук', 'Чистота и безопасность', 'Cleanliness and safety'),
            value: 58,
            strong: true,
          },
          { label: say(l, 'Бейтаптарга маалымат', 'Информирование пациентов', 'Information for patients'), value: 41 },
          { label: say(l, 'Дары-дармек', 'Лекарства', 'Medicines'), value: null },
        ]}
      />
    ),
  },
  {
    title: 'LineChart',
    render: (l) => (
      <LineChart
        l={l}
        id="line-example"
        caption={say(l, 'Орточо балл, айлампалар боюнча', 'Средний балл по раундам', 'Mean score by round')}
        pointsLabel={say(l, 'Айлампа', 'Раунд', 'Round')}
        points={['2015 II', '2016 I', '2016 II', '2017 I', '2017 II', '2018 I', '2018 II']}
        series={[
          { label: say(l, 'Чүй', 'Чуй', 'Chui'), values: [52, 58, 61, 66, 64, 70, 74] },
          { label: say(l, 'Талас', 'Талас', 'Talas'), values: [47, 49, null, 57, 60, 62, 71] },
        ]}
        breaks={[4]}
      />
    ),
  },
  {
    title: 'TargetVsActual',
    render: (l) => (
      <TargetVsActual
        l={l}
        caption={say(l, 'Максат жана факт', 'Цель и факт', 'Target and actual')}
        labels={say(l, 'Көрсөткүч', 'Показатель', 'Indicator')}
        rows={[
          {
            label: say(l, 'Байкоо жүргүзүлгөн мекемелер', 'Учреждения под наблюдением', 'Facilities visited'),
            actual: 20,
            target: 20,
            href: '#i1',
          },
          { label: say(l, 'Оңдолгон көйгөйлөр', 'Исправленные проблемы', 'Problems fixed'), actual: 37, target: 60 },
          {
            label: say(l, 'Окутулган насаатчылар', 'Обученные наставники', 'Mentors trained'),
            actual: 148,
            target: 120,
          },
          {
            label: say(l, 'Сурамжыланган бейтаптар', 'Опрошенные пациенты', 'Patients asked'),
            actual: null,
            target: 400,
          },
        ]}
      />
    ),
  },
];

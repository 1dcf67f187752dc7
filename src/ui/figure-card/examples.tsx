import { CardGrid } from '../card/Card.tsx';
import { type Example, say } from '../example.ts';
import { StateChip } from '../state-chip/StateChip.tsx';
import { FigureCard } from './FigureCard.tsx';

export const examples: Example[] = [
  {
    title: 'FigureCard',
    render: (l) => (
      <CardGrid>
        <FigureCard
          l={l}
          href="#figure"
          period={say(l, '2016-жылдын жазы', 'весна 2016', 'spring 2016')}
          title={say(
            l,
            'Байкоо жүргүзүлгөн саламаттык сактоо уюмдары',
            'Организации здравоохранения под наблюдением',
            'Health organisations visited',
          )}
          value={20}
          target={20}
          baseline={0}
          evidence={{ href: '#evidence' }}
          aside={<StateChip tone="warn">{say(l, 'өзгөрдү', 'изменилось', 'changed')}</StateChip>}
          note={say(
            l,
            'Отчетто 19, азыр 20: бир сапар кеч келди.',
            'В отчёте 19, теперь 20: один визит пришёл поздно.',
            'Reported 19, now 20: one visit came late.',
          )}
        />
        <FigureCard
          l={l}
          title={say(l, 'Оңдолгон көйгөйлөр', 'Исправленные проблемы', 'Problems fixed')}
          value={37}
          target={60}
          baseline={12}
          evidence={{ href: '#evidence2' }}
        />
        <FigureCard
          l={l}
          title={say(l, 'Окутулган насаатчылар', 'Обученные наставники', 'Mentors trained')}
          value={148}
          target={120}
        />
        <FigureCard
          l={l}
          title={say(l, 'Канааттанган бейтаптар', 'Довольные пациенты', 'Satisfied patients')}
          value={null}
          target={70}
          unit="%"
        />
      </CardGrid>
    ),
  },
];

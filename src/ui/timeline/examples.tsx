import { type Example, say } from '../example.ts';
import { Timeline } from './Timeline.tsx';

export const examples: Example[] = [
  {
    title: 'Timeline',
    render: (l) => (
      <Timeline
        label={say(l, 'Тарыхы', 'История', 'History')}
        items={[
          {
            key: '3',
            iso: '2016-04-14T09:20:00Z',
            when: '2016-04-14, 15:20',
            who: 'Бакыт Осмонов',
            icon: 'undo',
            tone: 'warn',
            what: say(l, 'Кайра жөнөтүлдү', 'Возвращено на доработку', 'Sent back'),
            note: say(
              l,
              'Пандустун сүрөтү бүдөмүк, кайра тартып бериңиз.',
              'Снимок пандуса нечёткий, сделайте ещё раз.',
              'The photo of the ramp is blurred, please take it again.',
            ),
          },
          {
            key: '2',
            iso: '2016-04-12T12:00:00Z',
            when: '2016-04-12, 18:00',
            who: 'Айжан Токтосунова',
            icon: 'send',
            what: say(l, 'Телефондон алынды', 'Получено с телефона', 'Received from a phone'),
          },
          {
            key: '1',
            iso: '2016-04-04T04:00:00Z',
            when: '2016-04-04',
            who: 'Гүлнара Сыдыкова',
            icon: 'calendar',
            what: say(l, 'Сапар пландалды', 'Визит запланирован', 'The visit was planned'),
          },
        ]}
      />
    ),
  },
];

import { type Example, say } from '../example.ts';
import { Tabs } from './Tabs.tsx';

export const examples: Example[] = [
  {
    title: 'Tabs',
    render: (l) => (
      <Tabs
        l={l}
        label={say(l, 'Мекеме', 'Учреждение', 'Facility')}
        items={[
          { href: '#visits', label: say(l, 'Сапарлар', 'Визиты', 'Visits'), current: true, count: 4 },
          { href: '#problems', label: say(l, 'Көйгөйлөр', 'Проблемы', 'Problems'), count: 2 },
          { href: '#history', label: say(l, 'Тарыхы', 'История', 'History') },
        ]}
      />
    ),
  },
];

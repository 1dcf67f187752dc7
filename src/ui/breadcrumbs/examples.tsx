import { type Example, say } from '../example.ts';
import { Breadcrumbs } from './Breadcrumbs.tsx';

export const examples: Example[] = [
  {
    title: 'Breadcrumbs',
    render: (l) => (
      <Breadcrumbs
        l={l}
        crumbs={[
          { href: '#home', label: say(l, 'Башкы бет', 'Главная', 'Home') },
          { href: '#rounds', label: say(l, 'Айлампалар', 'Раунды', 'Rounds') },
          { label: say(l, '2016-жылдын жазы', 'Весна 2016 года', 'Spring 2016') },
        ]}
      />
    ),
  },
];

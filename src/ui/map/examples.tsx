import { type Example, say } from '../example.ts';
import type { UiLocale } from '../locale.ts';
import { OblastMap, type Pin } from './OblastMap.tsx';

const legend = (l: UiLocale) =>
  [
    { state: 'good', label: say(l, '75 жана андан жогору', '75 и выше', '75 and more') },
    { state: 'warn', label: say(l, '50–74', '50–74', '50–74') },
    { state: 'bad', label: say(l, '50дөн төмөн', 'ниже 50', 'below 50') },
    { state: 'neutral', label: say(l, 'балл жок', 'без балла', 'no score') },
  ] as const;

const pins = (l: UiLocale): Pin[] => [
  { key: '1', at: [72.24, 42.52], state: 'good', label: say(l, 'Талас: 78', 'Талас: 78', 'Talas: 78'), href: '#f1' },
  {
    key: '2',
    at: [71.59, 42.62],
    state: 'warn',
    label: say(l, 'Кара-Буура: 61', 'Кара-Буура: 61', 'Kara-Buura: 61'),
    href: '#f2',
  },
  {
    key: '3',
    at: [74.6, 42.87],
    state: 'bad',
    label: say(l, 'Аламүдүн: 44', 'Аламедин: 44', 'Alamudun: 44'),
    href: '#f3',
  },
  {
    key: '4',
    at: [75.3, 42.84],
    state: 'neutral',
    label: say(l, 'Токмок: балл жок', 'Токмок: без балла', 'Tokmok: no score'),
    href: '#f4',
  },
];

export const examples: Example[] = [
  {
    title: 'OblastMap',
    render: (l) => (
      <OblastMap
        l={l}
        label={say(l, 'Мекемелер картада', 'Учреждения на карте', 'Facilities on the map')}
        pins={pins(l)}
        marked={['chui', 'talas']}
        legend={legend(l)}
      />
    ),
  },
  {
    title: 'OblastMap, near',
    render: (l) => (
      <OblastMap
        l={l}
        label={say(l, 'Чүй жана Талас', 'Чуй и Талас', 'Chui and Talas')}
        pins={pins(l)}
        focus={['chui', 'talas']}
        legend={legend(l)}
      />
    ),
  },
];

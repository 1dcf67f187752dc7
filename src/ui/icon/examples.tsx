import { type Example, say } from '../example.ts';
import { Icon, type IconName } from './Icon.tsx';
import { ICONS } from './paths.ts';

export const examples: Example[] = [
  {
    title: 'Icon',
    render: (l) => (
      <div class="btn-row">
        {(Object.keys(ICONS) as IconName[]).map((name) => (
          <Icon key={name} name={name} size={28} />
        ))}
        <Icon name="facility" size={28} label={say(l, 'Мекеме', 'Учреждение', 'Facility')} />
      </div>
    ),
  },
];

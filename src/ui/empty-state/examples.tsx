import { LinkButton } from '../button/Button.tsx';
import { type Example, say } from '../example.ts';
import { EmptyState } from './EmptyState.tsx';

export const examples: Example[] = [
  {
    title: 'EmptyState',
    render: (l) => (
      <EmptyState
        icon="round"
        title={say(l, 'Азырынча байкоо айлампасы жок', 'Раундов пока нет', 'No rounds yet')}
        action={
          <LinkButton href="#new" look="main" icon="plus">
            {say(l, 'Айлампа түзүү', 'Создать раунд', 'Make a round')}
          </LinkButton>
        }
      >
        <p>
          {say(
            l,
            'Мекемелердин тизмесин жана байкоочуларды тандаңыз: сапарлар бир мүнөттө түзүлөт.',
            'Выберите учреждения и наблюдателей: визиты составятся за минуту.',
            'Choose the facilities and the monitors: the visits are made in a minute.',
          )}
        </p>
      </EmptyState>
    ),
  },
];

import { type Example, say } from '../example.ts';
import { Select } from '../fields/choice.tsx';
import { FilterBar } from './FilterBar.tsx';

export const examples: Example[] = [
  {
    title: 'FilterBar',
    render: (l) => (
      <FilterBar l={l} action="#list" search={{ value: 'көк' }} active={1} clear="#clear">
        <Select
          l={l}
          name="filter-oblast"
          required
          label={say(l, 'Облус', 'Область', 'Oblast')}
          prompt={say(l, 'Баары', 'Все', 'All')}
          value="talas"
          choices={[
            { value: 'chui', label: say(l, 'Чүй', 'Чуй', 'Chui') },
            { value: 'talas', label: say(l, 'Талас', 'Талас', 'Talas') },
          ]}
        />
        <Select
          l={l}
          name="filter-state"
          required
          label={say(l, 'Абалы', 'Состояние', 'State')}
          prompt={say(l, 'Баары', 'Все', 'All')}
          choices={[{ value: 'late', label: say(l, 'мөөнөтү өттү', 'просрочен', 'overdue') }]}
        />
      </FilterBar>
    ),
  },
];

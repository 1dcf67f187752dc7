import { type Example, say } from '../example.ts';
import { SearchField } from './SearchField.tsx';

export const examples: Example[] = [
  {
    title: 'SearchField',
    render: (l) => (
      <SearchField
        l={l}
        id="search-example"
        action="#search"
        label={say(l, 'Адам же мекеме', 'Человек или учреждение', 'A person or a facility')}
      />
    ),
  },
];

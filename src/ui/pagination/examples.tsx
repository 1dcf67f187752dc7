import { type Example, say } from '../example.ts';
import { Pagination } from './Pagination.tsx';

export const examples: Example[] = [
  {
    title: 'Pagination',
    render: (l) => (
      <Pagination
        l={l}
        first="#first"
        previous="#previous"
        next="#next"
        note={say(l, '1 204 адамдын 51–100ү', '51–100 из 1 204', '51–100 of 1,204')}
      />
    ),
  },
];

import type { Example } from '../example.ts';
import { VERDICTS, VerdictMark } from './VerdictMark.tsx';

export const examples: Example[] = [
  {
    title: 'VerdictMark',
    render: (l) => (
      <div class="btn-row">
        {VERDICTS.map((verdict, index) => (
          <VerdictMark key={verdict} l={l} verdict={verdict} {...(index === 0 && { count: 27 })} />
        ))}
      </div>
    ),
  },
];

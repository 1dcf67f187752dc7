import { type Example, say } from '../example.ts';
import { Badge, StateChip } from './StateChip.tsx';

export const examples: Example[] = [
  {
    title: 'StateChip, Badge',
    render: (l) => (
      <div class="btn-row">
        <StateChip tone="neutral">{say(l, 'пландалды', 'запланирован', 'planned')}</StateChip>
        <StateChip tone="info">{say(l, 'макулдашылды', 'согласован', 'agreed')}</StateChip>
        <StateChip tone="good">{say(l, 'жарыяланды', 'опубликован', 'published')}</StateChip>
        <StateChip tone="warn">{say(l, 'кайра каралсын', 'возвращён', 'returned')}</StateChip>
        <StateChip tone="bad">{say(l, 'мөөнөтү өттү', 'просрочен', 'overdue')}</StateChip>
        <Badge>{l.number(1204)}</Badge>
      </div>
    ),
  },
];

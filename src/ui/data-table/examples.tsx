import { type Example, say } from '../example.ts';
import { StateChip, type Tone } from '../state-chip/StateChip.tsx';
import { DataTable } from './DataTable.tsx';

interface Row {
  id: string;
  facility: [string, string, string];
  who: string;
  tone: Tone;
  state: [string, string, string];
  score: number;
}

const rows: Row[] = [
  {
    id: '1',
    facility: [
      'Бакай-Ата үй-бүлөлүк дарыгерлер борбору',
      'Бакай-Атинский центр семейной медицины',
      'Bakai-Ata family medicine centre',
    ],
    who: 'Айжан Токтосунова',
    tone: 'good',
    state: ['жарыяланды', 'опубликован', 'published'],
    score: 78,
  },
  {
    id: '2',
    facility: [
      'Көк-Ой фельдшердик-акушердик пункту',
      'Кок-Ойский фельдшерско-акушерский пункт',
      'Kok-Oi feldsher-obstetric point',
    ],
    who: 'Нурбек Асан уулу',
    tone: 'bad',
    state: ['мөөнөтү өттү', 'просрочен', 'overdue'],
    score: 54,
  },
];

const pick = (language: string, words: readonly [string, string, string]) =>
  words[language === 'ky' ? 0 : language === 'ru' ? 1 : 2];

export const examples: Example[] = [
  {
    title: 'DataTable',
    render: (l) => (
      <DataTable
        l={l}
        caption={say(l, 'Айлампадагы сапарлар', 'Визиты раунда', 'Visits of the round')}
        showCaption
        rows={rows}
        rowKey={(row) => row.id}
        rowTone={(row) => (row.tone === 'bad' ? 'bad' : undefined)}
        columns={[
          {
            key: 'facility',
            label: say(l, 'Мекеме', 'Учреждение', 'Facility'),
            head: true,
            sort: { href: '#sort-facility', direction: 'ascending' },
            cell: (row) => <a href={`#${row.id}`}>{pick(l.language, row.facility)}</a>,
          },
          {
            key: 'who',
            label: say(l, 'Байкоочу', 'Наблюдатель', 'Monitor'),
            sort: { href: '#sort-who' },
            cell: (row) => row.who,
          },
          {
            key: 'state',
            label: say(l, 'Абалы', 'Состояние', 'State'),
            cell: (row) => <StateChip tone={row.tone}>{pick(l.language, row.state)}</StateChip>,
          },
          { key: 'score', label: say(l, 'Балл', 'Балл', 'Score'), numeric: true, cell: (row) => l.number(row.score) },
        ]}
        foot={[say(l, 'Орточо', 'В среднем', 'Mean'), '', '', l.number(66)]}
      />
    ),
  },
];

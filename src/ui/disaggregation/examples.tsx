import { type Example, say } from '../example.ts';
import { Disaggregation } from './Disaggregation.tsx';

export const examples: Example[] = [
  {
    title: 'Disaggregation',
    render: (l) => (
      <Disaggregation
        l={l}
        caption={say(l, 'Сурамжыланган бейтаптар', 'Опрошенные пациенты', 'Patients asked')}
        rowsLabel={say(l, 'Облус', 'Область', 'Oblast')}
        columns={[say(l, 'аялдар', 'женщины', 'women'), say(l, 'эркектер', 'мужчины', 'men')]}
        rows={[
          { label: say(l, 'Чүй', 'Чуй', 'Chui'), cells: [118, 74], total: 192 },
          { label: say(l, 'Талас', 'Талас', 'Talas'), cells: ['suppressed', 'suppressed'], total: 96 },
          { label: say(l, 'Нарын', 'Нарын', 'Naryn'), cells: [null, null], total: null },
        ]}
        totals={[118, 74, 288]}
      />
    ),
  },
];

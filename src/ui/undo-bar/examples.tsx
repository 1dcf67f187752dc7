import { type Example, say } from '../example.ts';
import { UndoBar } from './UndoBar.tsx';

export const examples: Example[] = [
  {
    title: 'UndoBar',
    render: (l) => (
      <UndoBar
        l={l}
        text={say(l, 'Сапар кабыл алынды.', 'Визит принят.', 'The visit was accepted.')}
        undo={{ action: '#undo', fields: { visit: '1' } }}
      />
    ),
  },
];

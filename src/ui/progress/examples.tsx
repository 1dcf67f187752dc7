import { type Example, say } from '../example.ts';
import { Progress } from './Progress.tsx';

export const examples: Example[] = [
  {
    title: 'Progress',
    render: (l) => (
      <Progress
        id="progress-example"
        label={say(l, 'Тизме жүктөлүүдө', 'Список загружается', 'The list is being read')}
        words={say(l, '20дан 12', '12 из 20', '12 of 20')}
        value={12}
        max={20}
      />
    ),
  },
];

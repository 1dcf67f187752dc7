import { type Example, say } from '../example.ts';
import { ScoreBar } from './ScoreBar.tsx';

export const examples: Example[] = [
  {
    title: 'ScoreBar',
    render: (l) => (
      <ScoreBar
        l={l}
        label={say(
          l,
          'Бакай-Ата үй-бүлөлүк дарыгерлер борбору',
          'Бакай-Атинский центр семейной медицины',
          'Bakai-Ata family medicine centre',
        )}
        score={71}
        parts={[
          {
            label: say(l, 'Жеткиликтүүлүк', 'Доступность', 'Access'),
            score: 83,
            counts: { met: 7, partly: 2, not_met: 1, not_applicable: 0, not_observed: 1 },
            href: '#access',
          },
          {
            label: say(l, 'Тазалык жана коопсуздук', 'Чистота и безопасность', 'Cleanliness and safety'),
            score: 58,
            counts: { met: 4, partly: 3, not_met: 3, not_applicable: 2, not_observed: 0 },
          },
          {
            label: say(l, 'Бейтаптарга маалымат', 'Информирование пациентов', 'Information for patients'),
            score: null,
            counts: { met: 0, partly: 0, not_met: 0, not_applicable: 0, not_observed: 5 },
          },
        ]}
        method={say(
          l,
          'Балл – бөлүмдөрдүн орточосу; колдонулбаган жана көрүлбөгөн пункттар эсепке кирбейт.',
          'Балл – среднее по разделам; неприменимые и ненаблюдавшиеся пункты не считаются.',
          'The score is the mean of the domains; what does not apply or was not observed is left out.',
        )}
      />
    ),
  },
];

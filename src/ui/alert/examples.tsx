import { LinkButton } from '../button/Button.tsx';
import { type Example, say } from '../example.ts';
import { Alert, ProblemSummary } from './Alert.tsx';

export const examples: Example[] = [
  {
    title: 'Alert, ProblemSummary',
    render: (l) => (
      <div class="flow">
        <Alert title={say(l, 'Отчет тоңдурулган', 'Отчёт заморожен', 'The report is frozen')}>
          <p>
            {say(
              l,
              'Жөнөтүлгөндө 19 эле, азыр 20: бир сапар кеч келди.',
              'Было отправлено 19, теперь 20: один визит пришёл поздно.',
              'Reported 19, now 20: one visit came late.',
            )}
          </p>
        </Alert>
        <Alert tone="good">{say(l, 'Баары сакталды.', 'Всё сохранено.', 'All is saved.')}</Alert>
        <Alert
          tone="warn"
          title={say(l, 'Үч баракты адам көрүшү керек', 'Три листа ждут человека', 'Three sheets wait for a person')}
          actions={<LinkButton href="#aside">{say(l, 'Көрүү', 'Посмотреть', 'Look')}</LinkButton>}
        />
        <ProblemSummary
          title={say(l, 'Форманы сактоого болбойт', 'Форму нельзя сохранить', 'The form cannot be saved')}
          problems={[
            { field: 'example-name', text: say(l, 'Аты-жөнүн жазыңыз', 'Укажите имя', 'Give the name') },
            {
              text: say(l, 'Мөөнөтү башталганга чейин бүтүп калат', 'Конец раньше начала', 'It ends before it begins'),
            },
          ]}
        />
      </div>
    ),
  },
];

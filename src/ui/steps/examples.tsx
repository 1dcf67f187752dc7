import { type Example, say } from '../example.ts';
import { Steps } from './Steps.tsx';

export const examples: Example[] = [
  {
    title: 'Steps',
    render: (l) => (
      <Steps
        l={l}
        label={say(l, 'Сапардын жолу', 'Путь визита', 'The way of a visit')}
        steps={[
          { label: say(l, 'Пландалды', 'Запланирован', 'Planned'), state: 'done', when: '2016-04-04', who: 'Гүлнара' },
          { label: say(l, 'Макулдашылды', 'Согласован', 'Agreed'), state: 'done', when: '2016-04-07', who: 'Айжан' },
          { label: say(l, 'Өткөрүлдү', 'Проведён', 'Done'), state: 'done', when: '2016-04-12', who: 'Айжан' },
          { label: say(l, 'Текшерилүүдө', 'Проверяется', 'Being checked'), state: 'current', who: 'Бакыт' },
          { label: say(l, 'Мекемеге жөнөтүү', 'Отправка учреждению', 'Shared with the facility'), state: 'coming' },
          { label: say(l, 'Мекеменин жообу', 'Ответ учреждения', 'Answered'), state: 'coming' },
          { label: say(l, 'Жарыялоо', 'Публикация', 'Published'), state: 'coming' },
        ]}
      />
    ),
  },
];

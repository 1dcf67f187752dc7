import { type Example, say } from '../example.ts';
import { StateChip } from '../state-chip/StateChip.tsx';
import { Card, CardGrid, Section } from './Card.tsx';

export const examples: Example[] = [
  {
    title: 'Card, CardGrid, Section',
    render: (l) => (
      <Section
        id="projects"
        title={say(l, 'Долбоорлор', 'Проекты', 'Projects')}
        lead={say(
          l,
          'Жети долбоор мамлекеттик органдар жана жергиликтүү өз алдынча башкаруу менен бирге аткарылган.',
          'Семь проектов выполнены вместе с государственными органами и местным самоуправлением.',
          'Seven projects were carried out together with state bodies and local self-government.',
        )}
        actions={<a href="#all">{say(l, 'Баарын көрүү', 'Показать все', 'See all')}</a>}
      >
        <CardGrid>
          <Card
            href="#p3"
            kicker="2011–2012"
            title={say(
              l,
              'Жаш муун тынч келечек үчүн',
              'Молодое поколение за мирное будущее',
              'The young generation for a peaceful future',
            )}
            footer={say(
              l,
              'АКШ элчилигинин Демократия комиссиясы',
              'Комиссия по демократии посольства США',
              'Democracy Commission, US Embassy',
            )}
          >
            <p>{say(l, '46 медиатор даярдалган.', 'Подготовлены 46 медиаторов.', '46 mediators were trained.')}</p>
          </Card>
          <Card
            href="#p7"
            tone="accent"
            kicker="2015–"
            title={say(
              l,
              'Үй-бүлөлүк дарыгерлер борборлорунун кызматтарына байкоо жүргүзүү',
              'Наблюдение за услугами центров семейной медицины',
              'Watching the services of family medicine centres',
            )}
            aside={<StateChip tone="info">{say(l, 'жүрүп жатат', 'идёт', 'running')}</StateChip>}
            footer={say(l, 'Чүй жана Талас', 'Чуй и Талас', 'Chui and Talas')}
          >
            <p>{say(l, '20 саламаттык сактоо уюму.', '20 организаций здравоохранения.', '20 health organisations.')}</p>
          </Card>
          <Card tone="sunk" title={say(l, 'Кошумча', 'Дополнительно', 'Also')}>
            <p>{say(l, 'Кошумча маалымат үчүн.', 'Для дополнительных сведений.', 'For notes aside.')}</p>
          </Card>
        </CardGrid>
      </Section>
    ),
  },
];

import { type Example, say } from '../example.ts';
import { Breakable, Facts, Stat, StatRow } from './Stat.tsx';

export const examples: Example[] = [
  {
    title: 'Stat, Facts, Breakable',
    render: (l) => (
      <div class="flow">
        <StatRow>
          <Stat value="46" label={say(l, 'медиатор даярдалды', 'медиаторов подготовлено', 'mediators trained')} />
          <Stat
            value="125"
            label={say(l, 'жаш семинарларга катышты', 'молодых людей на семинарах', 'young people at seminars')}
            href="#evidence"
          />
          <Stat
            value="20"
            label={say(
              l,
              'саламаттык сактоо уюму байкоодо',
              'организаций здравоохранения под наблюдением',
              'health organisations watched',
            )}
            note={say(l, 'Чүйдө 10, Таласта 10', '10 в Чуйской и 10 в Таласской области', '10 in Chui, 10 in Talas')}
          />
        </StatRow>
        <Facts
          facts={[
            {
              term: say(l, 'Каржылоочу', 'Донор', 'Funder'),
              value: say(l, 'Европа Биримдиги', 'Европейский союз', 'European Union'),
            },
            { term: say(l, 'Мөөнөтү', 'Период', 'Period'), value: '2013–2015' },
            {
              term: say(l, 'Өнөктөш', 'Партнёр', 'Partner'),
              value: <a href="#unwomen">{say(l, 'БУУ-Аялдар', 'ООН-женщины', 'UN Women')}</a>,
            },
            {
              term: 'SHA-256',
              value: <Breakable text="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" />,
            },
          ]}
        />
      </div>
    ),
  },
];

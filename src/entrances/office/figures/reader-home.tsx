import type { Call } from '../../../kernel/access/index.ts';
import { today } from '../../../kernel/subjects/index.ts';
import { LinkButton, Section } from '../../../ui/index.ts';
import { NoFreezes, titleOf } from './freezes.tsx';
import { projectCards } from './project.tsx';
import { freezesIn, visibleProjects, worksHere } from './reader.ts';

const REPORTS = 5;

/** What those who read figures and do not work in the office come for: their projects and the latest frozen reports. */
export async function readerSections(call: Call) {
  if (!call.can('figures.read') || worksHere(call)) return null;
  const { l } = call;
  const projects = await visibleProjects(call);
  const names = new Map(projects.map((one) => [one.id, l.pick(one.title)]));
  const reports = await freezesIn(call, [...names.keys()]);
  return (
    <>
      <Section title={l.t('figures.home.projects')}>{await projectCards(call, projects, 3)}</Section>
      {projects.length > 0 && (
        <Section
          title={l.t('figures.home.reports')}
          actions={
            reports.length > REPORTS && (
              <LinkButton size="small" href={l.href('/office/freezes')} icon="freeze">
                {l.t('figures.home.allReports')}
              </LinkButton>
            )
          }
        >
          {reports.length === 0 ? (
            <NoFreezes call={call} />
          ) : (
            <ul class="list">
              {reports.slice(0, REPORTS).map((one) => (
                <li key={one.id}>
                  <div>
                    <a href={l.href(`/office/freezes/${one.id}`)}>{titleOf(call, one)}</a>
                    <p class="soft small">
                      {names.get(one.projectId)} · {l.t('figures.home.frozen', { day: l.date(today(one.asOf)) })}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
    </>
  );
}

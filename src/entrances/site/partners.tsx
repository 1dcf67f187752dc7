import { type Call, sitePage } from '../../kernel/access/index.ts';
import { type Project, projects } from '../../kernel/projects/index.ts';
import { subjects } from '../../kernel/subjects/index.ts';
import { page, type Reply } from '../../platform/http/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { Card, CardGrid, EmptyState, PageHead, Section } from '../../ui/index.ts';
import { pictureOf } from './parts.tsx';

/** Who the association has worked with, and in which projects. */
export async function partnersPage(call: Call): Promise<Reply> {
  const { l } = call;
  const all = await projects(call.sql, call.space.id, { public: true });
  const ids = [
    ...new Set(
      all.flatMap((project) =>
        project.parties.filter((party) => party.role !== 'implementer').map((party) => party.organisationId),
      ),
    ),
  ];
  const organisations = [...(await subjects(call.sql, call.space.id, ids)).values()].sort((a, b) =>
    l.compare(l.pick(a.name), l.pick(b.name)),
  );
  const paid = (id: string): boolean =>
    all.some((project) => project.parties.some((party) => party.organisationId === id && party.role === 'funder'));
  const groups = [
    { title: l.t('site.partners.funders'), members: organisations.filter((one) => paid(one.id)) },
    { title: l.t('site.partners.partners'), members: organisations.filter((one) => !paid(one.id)) },
  ];
  return page(
    sitePage(
      call,
      {
        title: l.t('site.nav.partners'),
        description: l.t('site.partners.lead'),
        image: pictureOf(call, 'page', 'partners', l.t('site.nav.partners')),
      },
      <>
        <PageHead title={l.t('site.nav.partners')} lead={<p>{l.t('site.partners.lead')}</p>} />
        {organisations.length === 0 && (
          <EmptyState title={l.t('site.partners.none')} icon="organisation">
            {l.t('site.partners.noneMore')}
          </EmptyState>
        )}
        {groups
          .filter((group) => group.members.length > 0)
          .map((group) => (
            <Section key={group.title} title={group.title}>
              <CardGrid>
                {group.members.map((one) => (
                  <Card
                    key={one.id}
                    title={l.pick(one.name)}
                    footer={
                      <ProjectLinks
                        call={call}
                        projects={all.filter((project) =>
                          project.parties.some((party) => party.organisationId === one.id),
                        )}
                      />
                    }
                  >
                    {l.pick((one.attributes.about ?? {}) as Text3)}
                  </Card>
                ))}
              </CardGrid>
            </Section>
          ))}
      </>,
    ),
  );
}

function ProjectLinks({ call, projects: mine }: { readonly call: Call; readonly projects: readonly Project[] }) {
  const { l } = call;
  return (
    <ul class="list small">
      {mine.map((project) => (
        <li key={project.id}>
          <a href={l.href(`/projects/${project.slug}`)}>{l.pick(project.title)}</a>
        </li>
      ))}
    </ul>
  );
}

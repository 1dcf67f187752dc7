import { type Call, sitePage } from '../../kernel/access/index.ts';
import { type Figure, figuresOf } from '../../kernel/indicators/index.ts';
import { logframe, type Project, project, projects, type ResultNode } from '../../kernel/projects/index.ts';
import { page, type Reply } from '../../platform/http/index.ts';
import type { Locale } from '../../platform/i18n/index.ts';
import { notFound } from '../../platform/problem.ts';
import { CardGrid, DataTable, EmptyState, Facts, PageHead, Section } from '../../ui/index.ts';
import { actualOf, figureAddress, inWords, targetOf, totalOf, wholePeriod } from './figures.ts';
import { ProjectCard, partiesOf, pictureOf } from './parts.tsx';

export async function projectsPage(call: Call): Promise<Reply> {
  const { l } = call;
  const all = await projects(call.sql, call.space.id, { public: true });
  return page(
    sitePage(
      call,
      {
        title: l.t('site.nav.projects'),
        description: l.t('site.projects.lead'),
        image: pictureOf(call, 'page', 'projects', l.t('site.nav.projects')),
      },
      <>
        <PageHead title={l.t('site.nav.projects')} lead={<p>{l.t('site.projects.lead')}</p>} />
        {all.length === 0 ? (
          <EmptyState title={l.t('site.projects.none')} icon="project">
            {l.t('site.projects.noneMore')}
          </EmptyState>
        ) : (
          <CardGrid>
            {all.map((one) => (
              <ProjectCard key={one.id} call={call} project={one} level={2} />
            ))}
          </CardGrid>
        )}
      </>,
    ),
  );
}

/** A project that the public may see. @throws Problem 404 */
export async function publicProject(call: Call): Promise<Project> {
  const slug = call.params.slug ?? '';
  const found = await project(call.sql, call.space.id, slug);
  if (!found?.public || found.slug !== slug) throw notFound(slug.slice(0, 80));
  return found;
}

/** One project: what it was for, who with, where, and what came of it, each figure with what it stands on. */
export async function projectPage(call: Call): Promise<Reply> {
  const { l } = call;
  const found = await publicProject(call);
  const [tree, figures] = await Promise.all([
    logframe(call.sql, call.space.id, found.id),
    figuresOf(call.sql, call.space.id, found.id, [wholePeriod(found, call.now())], { suppress: true }),
  ]);
  const title = l.pick(found.title);
  return page(
    sitePage(
      call,
      {
        title,
        description: l.pick(found.goal) || title,
        kind: 'article',
        image: pictureOf(call, 'project', found.slug, title),
        crumbs: [{ label: l.t('site.nav.projects'), href: l.href('/projects') }, { label: title }],
        jsonLd: [
          {
            '@context': 'https://schema.org',
            '@type': 'Project',
            name: title,
            description: l.pick(found.goal),
            ...(found.startsOn && { foundingDate: found.startsOn }),
            ...(found.endsOn && { dissolutionDate: found.endsOn }),
            funder: partiesOf(found, 'funder').map((party) => ({ '@type': 'Organization', name: l.pick(party.name) })),
          },
        ],
      },
      <>
        <PageHead title={title} lead={<p>{l.pick(found.goal)}</p>} />
        <Facts facts={factsOf(call, found)} />
        <Results l={l} slug={found.slug} nodes={tree} figures={figures} />
        {l.pick(found.note) && (
          <Section title={l.t('site.project.note')}>
            <div class="prose soft">
              <p>{l.pick(found.note)}</p>
            </div>
          </Section>
        )}
      </>,
    ),
  );
}

function factsOf(call: Call, found: Project): { term: string; value: string }[] {
  const { l } = call;
  const names = (role: 'funder' | 'partner' | 'host'): string =>
    partiesOf(found, role)
      .map((party) => l.pick(party.name))
      .join(', ');
  const facts = [
    {
      term: l.t('site.project.period'),
      value: l.period(found.startsOn, found.endsOn, found.precision) || l.t('site.project.noDates'),
    },
    { term: l.t('site.project.funders'), value: names('funder') || l.t('site.project.noFunder') },
    { term: l.t('site.project.partners'), value: names('partner') },
    { term: l.t('site.project.places'), value: found.places.map((place) => l.pick(place.name)).join(', ') },
  ];
  return facts.filter((fact) => fact.value !== '');
}

function Results({
  l,
  slug,
  nodes,
  figures,
}: {
  readonly l: Locale;
  readonly slug: string;
  readonly nodes: readonly ResultNode[];
  readonly figures: readonly Figure[];
}) {
  const flat = (list: readonly ResultNode[]): readonly ResultNode[] =>
    list.flatMap((node) => [node, ...flat(node.children)]);
  const results = flat(nodes);
  if (results.length === 0) return null;
  return (
    <Section title={l.t('site.project.results')} {...(figures.length > 0 && { lead: l.t('site.project.resultsLead') })}>
      {results.map((result) => {
        const mine = figures.filter((figure) => figure.indicator.resultId === result.id);
        return (
          <div key={result.id} class="flow">
            <h3>{l.pick(result.title)}</h3>
            {mine.length > 0 && (
              <DataTable
                l={l}
                caption={l.pick(result.title)}
                rows={mine}
                rowKey={(figure) => figure.indicator.id}
                columns={[
                  {
                    key: 'name',
                    label: l.t('site.figure.indicator'),
                    head: true,
                    cell: (figure) => (
                      <a href={l.href(figureAddress(slug, figure.indicator.code))}>{l.pick(figure.indicator.title)}</a>
                    ),
                  },
                  {
                    key: 'value',
                    label: l.t('site.figure.value'),
                    numeric: true,
                    cell: (figure) => inWords(actualOf(l, figure)),
                  },
                  {
                    key: 'target',
                    label: l.t('site.figure.target'),
                    numeric: true,
                    cell: (figure) => inWords(targetOf(l, figure)),
                  },
                  { key: 'basis', label: l.t('site.figure.basis'), cell: (figure) => basisOf(l, figure) },
                ]}
              />
            )}
          </div>
        );
      })}
    </Section>
  );
}

/** What the figure stands on: records that were made when it happened, or what a document reports. */
function basisOf(l: Locale, figure: Figure): string {
  const total = totalOf(figure);
  if (!total || total.evidence === 0) return l.t('ui.noData');
  const reported = figure.indicator.definition.measures.includes('kernel.reported');
  return l.t(reported ? 'site.figure.reported' : 'site.figure.records', { n: total.evidence });
}

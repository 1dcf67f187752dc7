import { type Call, sitePage } from '../../kernel/access/index.ts';
import { projects } from '../../kernel/projects/index.ts';
import { articles } from '../../kernel/publications/index.ts';
import { page, type Reply } from '../../platform/http/index.ts';
import { Card, CardGrid, Hero, LinkButton, Section, Stat, StatRow } from '../../ui/index.ts';
import { actualOf, figureAddress, type Headline, headlines } from './figures.ts';
import { ProjectCard, partiesOf, pictureOf } from './parts.tsx';

const ON_HOME = 3;

/** The association as it presents itself: mission, aims, directions, work, news. */
export async function home(call: Call): Promise<Reply> {
  const { l, space } = call;
  const { profile } = space;
  const [all, news] = await Promise.all([
    projects(call.sql, space.id, { public: true }),
    articles(call.sql, space.id, { kind: 'news', published: true, limit: 3 }),
  ]);
  const results = await headlines(call, all);
  const name = l.pick(space.name);
  const partners = new Set(all.flatMap((project) => project.parties.map((party) => party.organisationId)));
  const funders = new Set(all.flatMap((project) => partiesOf(project, 'funder').map((party) => party.organisationId)));
  const oversight = call.nav.find((entry) => entry.place === 'site' && entry.href === '/oversight');
  return page(
    sitePage(
      call,
      {
        title: name,
        description: l.pick(profile.mission) || name,
        image: pictureOf(call, 'page', 'home', name),
        jsonLd: [
          {
            '@context': 'https://schema.org',
            '@type': 'NGO',
            name,
            url: `${call.baseUrl}${l.href('/')}`,
            ...(profile.foundedOn && { foundingDate: profile.foundedOn }),
            description: l.pick(profile.mission),
            areaServed: 'KG',
          },
        ],
        hero: (
          <Hero
            title={name}
            lead={<p>{l.pick(profile.about)}</p>}
            actions={
              <>
                <LinkButton look="main" href={l.href('/projects')} icon="project">
                  {l.t('site.nav.projects')}
                </LinkButton>
                {oversight && (
                  <LinkButton href={l.href(oversight.href)} icon="facility">
                    {l.t(oversight.label)}
                  </LinkButton>
                )}
              </>
            }
          />
        ),
      },
      <>
        {all.length > 0 && (
          <StatRow>
            {profile.foundedOn && <Stat value={profile.foundedOn.slice(0, 4)} label={l.t('site.home.since')} />}
            <Stat value={l.number(all.length)} label={l.t('site.home.projects')} href={l.href('/projects')} />
            <Stat
              value={l.number(Math.max(0, partners.size - 1))}
              label={l.t('site.home.partners')}
              href={l.href('/partners')}
            />
            <Stat value={l.number(funders.size)} label={l.t('site.home.funders')} />
          </StatRow>
        )}
        <Results call={call} results={results} />
        {profile.mission && (
          <Section title={l.t('site.home.mission')} id="mission">
            <div class="prose lead">
              <p>{l.pick(profile.mission)}</p>
            </div>
          </Section>
        )}
        <div class="columns">
          <TextList title={l.t('site.home.aims')} texts={(profile.aims ?? []).map((text) => l.pick(text))} />
          <TextList
            title={l.t('site.home.directions')}
            texts={(profile.directions ?? []).map((text) => l.pick(text))}
          />
        </div>
        {all.length > 0 && (
          <Section title={l.t('site.home.latestWork')}>
            <CardGrid>
              {[...all]
                .sort((a, b) => ((a.startsOn ?? '') < (b.startsOn ?? '') ? 1 : -1))
                .slice(0, ON_HOME)
                .map((project) => (
                  <ProjectCard key={project.id} call={call} project={project} />
                ))}
            </CardGrid>
            <p>
              <a href={l.href('/projects')}>{l.t('site.home.allProjects', { n: all.length })}</a>
            </p>
          </Section>
        )}
        {news.rows.length > 0 && (
          <Section title={l.t('site.nav.news')}>
            <CardGrid>
              {news.rows.map((item) => (
                <Card
                  key={item.id}
                  title={l.pick(item.title)}
                  href={l.href(`/news/${item.slug}`)}
                  {...(item.happenedOn && { kicker: l.date(item.happenedOn) })}
                >
                  {l.pick(item.summary)}
                </Card>
              ))}
            </CardGrid>
          </Section>
        )}
        {profile.history && (
          <Section title={l.t('site.home.history')} id="history">
            <div class="prose">
              <p>{l.pick(profile.history)}</p>
              {profile.experience && <p>{l.pick(profile.experience)}</p>}
            </div>
          </Section>
        )}
      </>,
    ),
  );
}

function TextList({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <Section title={title}>
      <ul class="list">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Section>
  );
}

/** What came of the work, in a few numbers that open. */
function Results({ call, results }: { readonly call: Call; readonly results: readonly Headline[] }) {
  const { l } = call;
  if (results.length === 0) return null;
  return (
    <Section title={l.t('site.project.results')} lead={l.t('site.project.resultsLead')} id="results">
      <StatRow>
        {results.map(({ project, figure }) => (
          <Stat
            key={figure.indicator.id}
            {...actualOf(l, figure)}
            label={l.pick(figure.indicator.title)}
            href={l.href(figureAddress(project.slug, figure.indicator.code))}
          />
        ))}
      </StatRow>
    </Section>
  );
}

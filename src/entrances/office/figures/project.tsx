import { type Call, officePage, pageContext } from '../../../kernel/access/index.ts';
import { freezesOf, type IndicatorVariance, variance } from '../../../kernel/freezes/index.ts';
import { baselineFor, figuresOf, indicatorsOf, targetFor } from '../../../kernel/indicators/index.ts';
import type { Project } from '../../../kernel/projects/index.ts';
import { page, type Reply, text } from '../../../platform/http/index.ts';
import {
  DonorReportBody,
  donorReport,
  evidenceCsv,
  figuresCsv,
  labelsFor,
  varianceText,
} from '../../../reports/donor/index.ts';
import {
  Card,
  CardGrid,
  EmptyState,
  FigureCard,
  LinkButton,
  PrintLayout,
  Section,
  StateChip,
  TargetVsActual,
} from '../../../ui/index.ts';
import { asked, idOf, listHref } from '../registers/common.tsx';
import { chosenPeriod, type Figures, periodsOf, visibleProject, visibleProjects, worksHere } from './reader.ts';
import { crumbsOf, PeriodSwitch, periodWords, scaled, totalOf, unitOf } from './words.tsx';

/** Whose figures there are, the latest project first. */
export async function projectList(call: Call): Promise<Reply> {
  const cards = await projectCards(call, await visibleProjects(call), 2);
  return page(officePage(call, { title: call.l.t('figures.title') }, cards));
}

/** A card for each project that leads to its figures. */
export async function projectCards(call: Call, projects: readonly Project[], level: 2 | 3) {
  const { l } = call;
  if (projects.length === 0)
    return (
      <EmptyState title={l.t('figures.noProjects')} icon="project">
        {l.t('figures.noProjects.more')}
      </EmptyState>
    );
  const counts = await Promise.all(
    projects.map(async (one) => (await indicatorsOf(call.sql, call.space.id, one.id)).length),
  );
  return (
    <CardGrid>
      {projects.map((one, i) => (
        <Card
          key={one.id}
          level={level}
          title={l.pick(one.title)}
          href={l.href(`/office/figures/${one.id}`)}
          kicker={l.period(one.startsOn, one.endsOn, one.precision)}
          footer={l.t('figures.indicators', { n: counts[i]! })}
        />
      ))}
    </CardGrid>
  );
}

/** All figures of a project in a period, each with its target and the door to its evidence. */
export async function projectFigures(call: Call): Promise<Reply> {
  const { l } = call;
  const found = await visibleProject(call, idOf(call, 'project'));
  const periods = periodsOf(found, call.now());
  const chosen = chosenPeriod(periods, asked(call, 'period'));
  const figures = await figuresOf(call.sql, call.space.id, found.id, [chosen], { suppress: !worksHere(call) });
  const changes = await changesSince(call, found.id, chosen);
  const path = `/office/figures/${found.id}`;
  const query = { period: chosen.key };
  const actions = (
    <>
      <LinkButton href={listHref(call, `${path}/report`, query)} icon="print">
        {l.t('figures.report')}
      </LinkButton>
      {call.can('figures.freeze') && figures.length > 0 && (
        <LinkButton href={listHref(call, `${path}/freeze`, query)} icon="freeze" look="main">
          {l.t('figures.freeze')}
        </LinkButton>
      )}
    </>
  );
  const rows = figures.map(({ indicator, periods: [now], goals }) => {
    const target = targetFor(indicator, goals, chosen);
    const value = totalOf(now?.cells)?.value ?? null;
    return { indicator, value, target, baseline: baselineFor(indicator, goals), cell: totalOf(now?.cells) };
  });
  return page(
    officePage(
      call,
      {
        title: l.pick(found.title),
        crumbs: crumbsOf(call, found).slice(0, 1),
        subheading: periodWords(call, chosen),
        actions,
      },
      <div class="flow">
        <PeriodSwitch call={call} action={l.href(path)} periods={periods} chosen={chosen} />
        {figures.length === 0 ? (
          <EmptyState
            title={l.t('figures.none')}
            icon="figure"
            action={
              call.can('figures.define') && (
                <LinkButton
                  href={listHref(call, '/office/indicators/new', { project: found.id })}
                  icon="plus"
                  look="main"
                >
                  {l.t('figures.addIndicator')}
                </LinkButton>
              )
            }
          >
            {l.t('figures.none.more')}
          </EmptyState>
        ) : (
          <>
            <CardGrid>
              {rows.map(({ indicator, value, target, baseline, cell }) => {
                const change = changes.get(indicator.id);
                const note = change && varianceText(l, indicator, change);
                const href = `/office/indicators/${indicator.id}`;
                const wanted = scaled(indicator, target);
                const before = scaled(indicator, baseline);
                return (
                  <FigureCard
                    key={indicator.id}
                    l={l}
                    title={l.pick(indicator.title)}
                    value={scaled(indicator, value)}
                    unit={unitOf(call, indicator)}
                    digits={indicator.definition.digits}
                    href={listHref(call, href, query)}
                    {...(wanted !== null && { target: wanted })}
                    {...(before !== null && { baseline: before })}
                    evidence={{
                      href: listHref(call, `${href}/evidence`, query),
                      label: l.t('figures.evidence.n', { n: cell?.evidence ?? 0 }),
                    }}
                    {...(note && { note, aside: <StateChip tone="warn">{l.t('figures.changed')}</StateChip> })}
                  />
                );
              })}
            </CardGrid>
            {rows.some((row) => row.target !== null) && (
              <Section title={l.t('figures.targets')}>
                <TargetVsActual
                  l={l}
                  caption={l.t('figures.targets.caption', { period: periodWords(call, chosen) })}
                  labels={l.t('figures.indicator')}
                  rows={rows.map(({ indicator, value, target }) => ({
                    label: l.pick(indicator.title),
                    href: listHref(call, `/office/indicators/${indicator.id}`, query),
                    actual: scaled(indicator, value),
                    target: scaled(indicator, target),
                  }))}
                />
              </Section>
            )}
          </>
        )}
        <div class="btn-row">
          {call.can('figures.define') && figures.length > 0 && (
            <LinkButton href={listHref(call, '/office/indicators/new', { project: found.id })} icon="plus">
              {l.t('figures.addIndicator')}
            </LinkButton>
          )}
          <LinkButton href={listHref(call, '/office/freezes', { project: found.id })} icon="freeze">
            {l.t('figures.freezes')}
          </LinkButton>
          <LinkButton href={listHref(call, `${path}/figures.csv`, query)} icon="download">
            {l.t('figures.csv')}
          </LinkButton>
          <LinkButton href={listHref(call, `${path}/evidence.csv`, query)} icon="download">
            {l.t('figures.evidenceCsv')}
          </LinkButton>
        </div>
      </div>,
    ),
  );
}

/** What changed since the last report on exactly this period. */
async function changesSince(
  call: Call,
  projectId: string,
  period: { from: string; to: string },
): Promise<ReadonlyMap<string, IndicatorVariance>> {
  const last = (await freezesOf(call.sql, call.space.id, projectId)).find(
    (one) => one.from === period.from && one.to === period.to,
  );
  if (!last) return new Map();
  const found = await variance(call.sql, call.space.id, last.id, call.now());
  return new Map(found.indicators.map((change) => [change.indicator.id, change]));
}

async function reportOf(call: Call, { measures }: Figures) {
  const found = await visibleProject(call, idOf(call, 'project'));
  const period = chosenPeriod(periodsOf(found, call.now()), asked(call, 'period'));
  const suppress = !worksHere(call);
  const report = await donorReport(call.sql, call.space.id, { projectId: found.id, period, suppress, now: call.now() });
  const cells = report.lines.flatMap((line) => line.live);
  const definitions = report.lines.map((line) => line.indicator.definition);
  return {
    report,
    labels: await labelsFor(call.sql, call.space.id, call.l, measures, definitions, cells),
    period,
    found,
  };
}

/** The live report of a period on paper. */
export async function liveReport(call: Call, figures: Figures): Promise<Reply> {
  const { l } = call;
  const { report, labels, period, found } = await reportOf(call, figures);
  return page(
    <PrintLayout
      page={pageContext(call)}
      title={l.t('figures.report.live')}
      siteName={l.pick(call.space.name)}
      kind="report"
      source={<p>{l.t('figures.report.liveNote', { moment: l.dateTime(report.drawnAt) })}</p>}
      tools={
        <LinkButton href={listHref(call, `/office/figures/${found.id}`, { period: period.key })} icon="back">
          {l.t('figures.back')}
        </LinkButton>
      }
    >
      <DonorReportBody l={l} report={report} labels={labels} />
    </PrintLayout>,
  );
}

export async function liveFiguresCsv(call: Call, figures: Figures): Promise<Reply> {
  const { report, labels } = await reportOf(call, figures);
  return csvFile(figuresCsv(call.l, report, labels), `figures-${report.project.code}`);
}

export async function liveEvidenceCsv(call: Call, figures: Figures): Promise<Reply> {
  const { report } = await reportOf(call, figures);
  return csvFile(
    await evidenceCsv(call.sql, call.space.id, report, worksHere(call)),
    `evidence-${report.project.code}`,
  );
}

/** A file to keep. */
export function csvFile(body: string, name: string): Reply {
  const safe = name.replace(/[^\w.-]+/g, '-');
  return text(body, 'text/csv; charset=utf-8', { 'content-disposition': `attachment; filename="${safe}.csv"` });
}

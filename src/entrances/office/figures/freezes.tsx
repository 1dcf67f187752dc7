import { z } from 'zod';
import { accountNames, type Call, officePage, pageContext } from '../../../kernel/access/index.ts';
import { rowsById } from '../../../kernel/evidence/index.ts';
import {
  askFreeze,
  CAUSES,
  type Cause,
  type Freeze,
  freezeById,
  freezeRequest,
  type IndicatorVariance,
  verifyFreeze,
} from '../../../kernel/freezes/index.ts';
import { indicatorsOf } from '../../../kernel/indicators/index.ts';
import type { Project } from '../../../kernel/projects/index.ts';
import { uuidv7 } from '../../../platform/db/index.ts';
import { page, type Reply, readForm, seeOther, uuidParam } from '../../../platform/http/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import {
  changeText,
  csv,
  type DonorReport,
  DonorReportBody,
  donorReport,
  evidenceCsv,
  figuresCsv,
  labelsFor,
  valueText,
  varianceText,
} from '../../../reports/donor/index.ts';
import {
  Alert,
  Breakable,
  ConfirmForm,
  DataTable,
  EmptyState,
  Facts,
  LinkButton,
  PrintLayout,
  Progress,
  Section,
  StateChip,
} from '../../../ui/index.ts';
import {
  asked,
  byOf,
  idOf,
  listHref,
  orAgain,
  problemParts,
  Text3Fields,
  text3,
  text3Shape,
} from '../registers/common.tsx';
import { EvidenceTable, namesOf } from './evidence.tsx';
import { csvFile } from './project.tsx';
import {
  chosenPeriod,
  type Figures,
  freezesIn,
  periodsOf,
  visibleProject,
  visibleProjects,
  worksHere,
} from './reader.ts';
import { crumbsOf, periodWords } from './words.tsx';

const SHOWN = 50;

/** Every report that was frozen, the newest first. */
export async function freezeList(call: Call): Promise<Reply> {
  const { l } = call;
  const projects = new Map((await visibleProjects(call)).map((one) => [one.id, one]));
  const wanted = asked(call, 'project');
  const all = await freezesIn(
    call,
    [...projects.keys()].filter((id) => wanted === '' || id === wanted),
  );
  const names = await accountNames(call.sql, call.space.id, [...new Set(all.map((one) => one.createdBy))]);
  return page(
    officePage(
      call,
      { title: l.t('figures.freezes') },
      <DataTable
        l={l}
        caption={l.t('figures.freezes')}
        rows={all}
        rowKey={(one) => one.id}
        empty={<NoFreezes call={call} />}
        columns={[
          {
            key: 'title',
            label: l.t('figures.freeze.title'),
            head: true,
            cell: (one) => <a href={l.href(`/office/freezes/${one.id}`)}>{titleOf(call, one)}</a>,
          },
          { key: 'project', label: l.t('donor.project'), cell: (one) => l.pick(projects.get(one.projectId)?.title) },
          { key: 'period', label: l.t('figures.period'), cell: (one) => l.period(one.from, one.to) },
          { key: 'asOf', label: l.t('donor.frozenAt'), cell: (one) => l.dateTime(one.asOf) },
          { key: 'by', label: l.t('figures.by'), cell: (one) => names.get(one.createdBy) ?? '–' },
        ]}
      />,
    ),
  );
}

/** Who cannot freeze is not told how to. */
export function NoFreezes({ call: { l, can } }: { call: Call }) {
  return (
    <EmptyState title={l.t('figures.freezes.none')} icon="freeze">
      {l.t(can('figures.freeze') ? 'figures.freezes.none.more' : 'figures.freezes.none.reader')}
    </EmptyState>
  );
}

/** What its maker called it, or the days that it is about. */
export const titleOf = (call: Call, one: Freeze): string => call.l.pick(one.title) || call.l.period(one.from, one.to);

/** One question before a report is frozen: what is fixed, and that nothing is locked by it. */
export async function freezeConfirm(call: Call, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const found = await visibleProject(call, idOf(call, 'project'));
  const chosen = chosenPeriod(periodsOf(found, call.now()), asked(call, 'period'));
  const indicators = await indicatorsOf(call.sql, call.space.id, found.id);
  const { summary } = problemParts(l, problem);
  return page(
    officePage(
      call,
      { title: l.t('figures.freeze'), crumbs: crumbsOf(call, found) },
      <>
        {summary}
        <ConfirmForm
          l={l}
          action={listHref(call, `/office/figures/${found.id}/freeze`, { period: chosen.key })}
          title={l.t('figures.freeze.question', { period: periodWords(call, chosen) })}
          confirm={l.t('figures.freeze.do')}
          cancel={listHref(call, `/office/figures/${found.id}`, { period: chosen.key })}
          look="main"
          fields={{ request: problem ? requestIn(call) : uuidv7() }}
          inputs={<Text3Fields l={l} name="title" label={l.t('figures.freeze.title')} />}
        >
          <p>{l.t('figures.freeze.explain', { n: indicators.length })}</p>
        </ConfirmForm>
      </>,
    ),
    problem?.status ?? 200,
  );
}

export async function freezePost(call: Call): Promise<Reply> {
  const found = await visibleProject(call, idOf(call, 'project'));
  const chosen = chosenPeriod(periodsOf(found, call.now()), asked(call, 'period'));
  return await orAgain(
    async () => {
      const fields = readForm(z.object({ ...text3Shape('title'), request: uuidParam }), call.request);
      await askFreeze(call.sql, byOf(call), {
        ...{ id: fields.request, projectId: found.id, from: chosen.from, to: chosen.to, title: text3(fields, 'title') },
      });
      return seeOther(call.l.href(`/office/freezes/asked/${fields.request}`));
    },
    (problem) => freezeConfirm(call, problem),
  );
}

/** The id that the form was drawn with; a new one where it was spoilt on the way. */
function requestIn(call: Call): string {
  const read = uuidParam.safeParse((call.request.body as { request?: unknown } | null)?.request);
  return read.success ? read.data : uuidv7();
}

/** How often the page of progress asks anew, in seconds. */
const LOOK_AGAIN = 2;

/** How far the freezing has come; the page asks anew by itself, without a script, and leads to the report once it is there. */
export async function freezeProgress(call: Call): Promise<Reply> {
  const { l } = call;
  const asked = await freezeRequest(call.sql, call.space.id, idOf(call));
  const found = await visibleProject(call, asked.projectId);
  if (asked.finishedAt) return seeOther(l.href(`/office/freezes/${asked.id}`), { key: 'figures.frozen' });
  if (asked.givenUpAt) return gaveUp(call, found);
  const here = l.href(`/office/freezes/asked/${asked.id}`);
  return page(
    officePage(
      call,
      { title: l.t('figures.freeze'), crumbs: crumbsOf(call, found) },
      <div class="flow">
        {asked.failedAt && (
          <Alert tone="bad" title={l.t('figures.freeze.broke')}>
            {l.t('figures.freeze.brokeMore')}
          </Alert>
        )}
        <Progress
          id="freeze"
          label={l.t('figures.freeze.under', { period: l.period(asked.from, asked.to) })}
          words={l.t('figures.freeze.far', { done: l.number(asked.done), total: l.number(asked.total) })}
          value={asked.done}
          max={asked.total}
        />
        <p class="soft">{l.t('figures.freeze.leave')}</p>
        <LinkButton href={here} icon="round">
          {l.t('figures.freeze.look')}
        </LinkButton>
      </div>,
    ),
    200,
    { refresh: String(LOOK_AGAIN), 'cache-control': 'no-store' },
  );
}

/** Nothing more happens by itself: said plainly, with the way to ask anew. */
function gaveUp(call: Call, found: Project): Reply {
  const { l } = call;
  return page(
    officePage(
      call,
      { title: l.t('figures.freeze'), crumbs: crumbsOf(call, found) },
      <div class="flow">
        <Alert tone="bad" title={l.t('figures.freeze.gaveUp')}>
          {l.t('figures.freeze.gaveUpMore')}
        </Alert>
        <LinkButton href={l.href(`/office/figures/${found.id}/freeze`)} icon="freeze" look="main">
          {l.t('figures.freeze.again')}
        </LinkButton>
      </div>,
    ),
  );
}

async function reportOf(call: Call, { measures }: Figures) {
  const kept = await freezeById(call.sql, call.space.id, idOf(call));
  if (!kept) throw notFound('freeze');
  const found = await visibleProject(call, kept.projectId);
  const suppress = !worksHere(call);
  const report = await donorReport(call.sql, call.space.id, {
    ...{ projectId: found.id, freezeId: kept.id, suppress, now: call.now() },
  });
  const cells = report.lines.flatMap((line) => [...line.live, ...(line.frozen ?? [])]);
  const definitions = report.lines.map((line) => line.indicator.definition);
  return {
    report,
    kept,
    found,
    labels: await labelsFor(call.sql, call.space.id, call.l, measures, definitions, cells),
  };
}

/** A frozen report beside what is known now: every change by its cause, with the rows that made it. */
export async function freezePage(call: Call, figures: Figures): Promise<Reply> {
  const { l } = call;
  const { report, kept, found } = await reportOf(call, figures);
  const checked = asked(call, 'check') ? await verifyFreeze(call.sql, call.space.id, kept.id) : null;
  const names = await accountNames(call.sql, call.space.id, [kept.createdBy]);
  const path = `/office/freezes/${kept.id}`;
  const changes = report.lines.flatMap((line) => (line.variance ? [line.variance] : []));
  const changed = changes.filter((change) => varianceText(l, change.indicator, change) !== null);
  return page(
    officePage(
      call,
      {
        title: titleOf(call, kept),
        crumbs: crumbsOf(call, found, {
          label: l.t('figures.freezes'),
          href: listHref(call, '/office/freezes', { project: found.id }),
        }),
        subheading: (
          <StateChip tone={changed.length > 0 ? 'warn' : 'good'}>
            {l.t(changed.length > 0 ? 'figures.changed' : 'figures.unchanged')}
          </StateChip>
        ),
        actions: (
          <>
            <LinkButton href={l.href(`${path}/print`)} icon="print">
              {l.t('figures.print')}
            </LinkButton>
            <LinkButton href={`${l.href(path)}?check=1`} icon="shield">
              {l.t('figures.check')}
            </LinkButton>
          </>
        ),
      },
      <div class="flow">
        {checked && (
          <Alert
            tone={checked.same ? 'good' : 'bad'}
            title={l.t(checked.same ? 'figures.check.same' : 'figures.check.different')}
          >
            <p>
              <Breakable text={checked.digest ?? ''} />
            </p>
          </Alert>
        )}
        <Facts
          facts={[
            { term: l.t('donor.period'), value: l.period(kept.from, kept.to) },
            { term: l.t('donor.frozenAt'), value: l.dateTime(kept.asOf) },
            { term: l.t('figures.by'), value: names.get(kept.createdBy) ?? '–' },
            { term: l.t('figures.digest'), value: <Breakable text={kept.digest ?? ''} /> },
          ]}
        />
        <Section title={l.t('figures.variance')} lead={l.t('figures.variance.lead')}>
          <VarianceTable call={call} report={report} />
        </Section>
        {await Promise.all(changed.map((change) => changeSection(call, change, figures)))}
        <div class="btn-row">
          <LinkButton href={l.href(`${path}/figures.csv`)} icon="download">
            {l.t('figures.csv')}
          </LinkButton>
          <LinkButton href={l.href(`${path}/evidence.csv`)} icon="download">
            {l.t('figures.evidenceCsv')}
          </LinkButton>
          <LinkButton href={l.href(`${path}/changes.csv`)} icon="download">
            {l.t('figures.changesCsv')}
          </LinkButton>
        </div>
      </div>,
    ),
  );
}

function VarianceTable({ call, report }: { call: Call; report: DonorReport }) {
  const { l } = call;
  const rows = report.lines.filter((line) => line.variance !== null);
  const total = (change: IndicatorVariance | null) => change?.cells.find((cell) => cell.cell === '');
  return (
    <DataTable
      l={l}
      caption={l.t('figures.variance')}
      rows={rows}
      rowKey={(line) => line.indicator.id}
      columns={[
        {
          key: 'indicator',
          label: l.t('figures.indicator'),
          head: true,
          cell: ({ indicator }) => <a href={l.href(`/office/indicators/${indicator.id}`)}>{l.pick(indicator.title)}</a>,
        },
        {
          key: 'frozen',
          label: l.t('donor.frozen'),
          numeric: true,
          cell: ({ variance }) => (variance ? valueText(l, variance.indicator, total(variance)?.frozen ?? null) : '–'),
        },
        {
          key: 'live',
          label: l.t('donor.now'),
          numeric: true,
          cell: ({ variance, indicator }) => valueText(l, indicator, total(variance)?.live ?? null),
        },
        ...CAUSES.map((cause) => ({
          key: cause,
          label: l.t(`figures.cause.${cause}`),
          numeric: true,
          cell: ({ variance }: DonorReport['lines'][number]) => {
            const change = total(variance)?.by[cause] ?? 0;
            return variance && change !== 0 ? changeText(l, variance.indicator, change) : '–';
          },
        })),
      ]}
    />
  );
}

/** "Reported 19, now 20", and under each cause the rows that came, went, or are counted otherwise. */
async function changeSection(call: Call, change: IndicatorVariance, { measures }: Figures) {
  const { l } = call;
  const parts = await Promise.all(
    CAUSES.filter((cause) => change.rows[cause].length > 0).map(async (cause) => {
      const moved = change.rows[cause];
      const rows = await rowsById(
        call.sql,
        call.space.id,
        moved.slice(0, SHOWN).map((one) => one.evidenceId),
      );
      return { cause, count: moved.length, rows, names: await namesOf(call, rows) };
    }),
  );
  return (
    <Section
      key={change.indicator.id}
      title={l.pick(change.indicator.title)}
      lead={varianceText(l, change.indicator, change) ?? ''}
    >
      {change.current && change.current.version !== change.indicator.version && (
        <Alert tone="info" title={l.t('figures.redefinedBecause')}>
          <p>{change.current.reason}</p>
        </Alert>
      )}
      {parts.map(({ cause, count, rows, names }) => (
        <div key={cause}>
          <h3>{l.t(`figures.cause.${cause}`)}</h3>
          <p class="soft small">{l.t('figures.cause.rows', { n: count })}</p>
          <EvidenceTable call={call} rows={rows} names={names} measures={measures} />
        </div>
      ))}
    </Section>
  );
}

/** The frozen report on paper. */
export async function freezePrint(call: Call, figures: Figures): Promise<Reply> {
  const { l } = call;
  const { report, kept, labels } = await reportOf(call, figures);
  return page(
    <PrintLayout
      page={pageContext(call)}
      title={titleOf(call, kept)}
      siteName={l.pick(call.space.name)}
      kind="report"
      source={
        <p>
          {l.t('figures.digest')}: <Breakable text={kept.digest ?? ''} />
        </p>
      }
      tools={
        <LinkButton href={l.href(`/office/freezes/${kept.id}`)} icon="back">
          {l.t('figures.back')}
        </LinkButton>
      }
    >
      <DonorReportBody l={l} report={report} labels={labels} />
    </PrintLayout>,
  );
}

export async function freezeFiguresCsv(call: Call, figures: Figures): Promise<Reply> {
  const { report, labels } = await reportOf(call, figures);
  return csvFile(figuresCsv(call.l, report, labels), `report-${report.project.code}-${report.period.to}`);
}

export async function freezeEvidenceCsv(call: Call, figures: Figures): Promise<Reply> {
  const { report } = await reportOf(call, figures);
  const body = await evidenceCsv(call.sql, call.space.id, report, worksHere(call));
  return csvFile(body, `evidence-${report.project.code}-${report.period.to}`);
}

/** Every row that changed a frozen figure, with its cause. */
export async function freezeChangesCsv(call: Call, figures: Figures): Promise<Reply> {
  const { report } = await reportOf(call, figures);
  const head = 'indicator cause effect evidence record happened_on recorded_at ended_at end_cause'.split(' ');
  const lines: (string | null)[][] = [head];
  for (const { variance } of report.lines)
    for (const cause of variance ? CAUSES : ([] as Cause[])) {
      const moved = variance?.rows[cause] ?? [];
      const rows = await rowsById(
        call.sql,
        call.space.id,
        moved.map((one) => one.evidenceId),
      );
      const effect = new Map(moved.map((one) => [one.evidenceId, one.effect]));
      for (const row of rows)
        lines.push([
          ...[variance?.indicator.code ?? '', cause, effect.get(row.id) ?? '', row.id, row.recordId, row.occurredOn],
          ...[row.recordedAt.toISOString(), row.endedAt?.toISOString() ?? null, row.endCause],
        ]);
    }
  return csvFile(csv(lines), `changes-${report.project.code}-${report.period.to}`);
}

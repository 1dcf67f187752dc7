import { type Call, officePage } from '../../../kernel/access/index.ts';
import { freezesOf, variance } from '../../../kernel/freezes/index.ts';
import { baselineFor, figure, type Goal, type ShownCell, targetFor } from '../../../kernel/indicators/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import { type Labels, labelsFor, valueText, varianceText } from '../../../reports/donor/index.ts';
import {
  Alert,
  BarChart,
  DataTable,
  Disaggregation,
  FigureCard,
  LineChart,
  LinkButton,
  Section,
  StateChip,
  Tabs,
  TargetVsActual,
} from '../../../ui/index.ts';
import { asked, idOf, listHref } from '../registers/common.tsx';
import {
  chosenPeriod,
  type Figures,
  type NamedPeriod,
  periodsOf,
  pointsOf,
  visibleProject,
  worksHere,
} from './reader.ts';
import { crumbsOf, PeriodSwitch, periodWords, scaled, shortPeriod, totalOf, unitOf } from './words.tsx';

/** One figure: value and target, its course over time, its split by each dimension, and the way to its evidence. */
export async function indicatorPage(call: Call, { measures }: Figures): Promise<Reply> {
  const { l } = call;
  const indicatorId = idOf(call);
  const plain = await figure(call.sql, call.space.id, { indicatorId, periods: [] });
  const found = await visibleProject(call, plain.indicator.projectId);
  const periods = periodsOf(found, call.now());
  const chosen = chosenPeriod(periods, asked(call, 'period'));
  const points = pointsOf(periods, chosen);
  const promised = targetPeriods(plain.goals);
  const all = [chosen, ...points, ...promised];
  const drawn = await figure(call.sql, call.space.id, { indicatorId, periods: all, suppress: !worksHere(call) });
  const { indicator, goals } = drawn;
  const cells = drawn.periods[0]?.cells ?? [];
  const labels = await labelsFor(call.sql, call.space.id, l, measures, [indicator.definition], cells);
  const total = totalOf(cells);
  const target = scaled(indicator, targetFor(indicator, goals, chosen));
  const baseline = scaled(indicator, baselineFor(indicator, goals));
  const path = `/office/indicators/${indicator.id}`;
  const query = { period: chosen.key };
  const valueIn = (at: number) => scaled(indicator, totalOf(drawn.periods[at]?.cells)?.value ?? null);
  return page(
    officePage(
      call,
      {
        title: l.pick(indicator.title),
        crumbs: crumbsOf(call, found),
        subheading: <StateChip tone="neutral">{l.t('figures.version', { n: indicator.version })}</StateChip>,
        actions: (
          <LinkButton href={l.href(`${path}/definition`)} icon="settings">
            {l.t('figures.definition')}
          </LinkButton>
        ),
      },
      <div class="flow">
        <PeriodSwitch
          call={call}
          action={l.href(path)}
          periods={periods}
          chosen={chosen}
          keep={{ by: asked(call, 'by') }}
        />
        <ChangeNote call={call} change={await changeOf(call, indicator.id, found.id, chosen)} />
        <FigureCard
          l={l}
          level={2}
          title={l.pick(indicator.title)}
          period={periodWords(call, chosen)}
          value={scaled(indicator, total?.value ?? null)}
          unit={unitOf(call, indicator)}
          digits={indicator.definition.digits}
          {...(target !== null && { target })}
          {...(baseline !== null && { baseline })}
          evidence={{
            href: listHref(call, `${path}/evidence`, query),
            label: l.t('figures.evidence.n', { n: total?.evidence ?? 0 }),
          }}
          {...(total && total.engagements > 0 && { note: l.t('figures.engagements', { n: total.engagements }) })}
        />
        {total && total.parts.length > 0 && (
          <BarChart
            l={l}
            caption={l.t('figures.parts')}
            labels={labels.dimension(indicator.definition.over ?? '')}
            values={l.t('figures.share')}
            max={100}
            bars={total.parts.map((part) => ({
              label: `${labels.category(indicator.definition.over ?? '', part.category)} (${l.number(part.numerator)} / ${l.number(part.denominator)})`,
              value: (part.numerator / part.denominator) * 100,
            }))}
            digits={0}
          />
        )}
        {points.length > 1 && (
          <Section title={l.t('figures.course')}>
            <LineChart
              l={l}
              id="course"
              caption={l.t(`figures.course.${indicator.definition.period}`)}
              pointsLabel={l.t('figures.period')}
              points={points.map((point) => shortPeriod(point.key))}
              series={[{ label: l.pick(indicator.title), values: points.map((_, i) => valueIn(i + 1)) }]}
              digits={indicator.definition.digits}
            />
          </Section>
        )}
        <Split call={call} chosen={chosen} indicator={indicator} cells={cells} labels={labels} path={path} />
        {promised.length > 0 && (
          <Section title={l.t('figures.targets')}>
            <TargetVsActual
              l={l}
              caption={l.t('figures.targets.byPeriod')}
              labels={l.t('figures.period')}
              rows={promised.map((period, i) => ({
                label: l.period(period.from, period.to),
                actual: valueIn(i + 1 + points.length),
                target: scaled(indicator, targetFor(indicator, goals, period)),
              }))}
              digits={indicator.definition.digits}
            />
          </Section>
        )}
      </div>,
    ),
  );
}

function targetPeriods(goals: readonly Goal[]): { from: string; to: string }[] {
  const targets = goals.filter((goal) => goal.kind === 'target' && Object.keys(goal.cell).length === 0);
  return targets.flatMap(({ from, to }) => (from && to ? [{ from, to }] : [])).slice(0, 40);
}

async function changeOf(call: Call, indicatorId: string, projectId: string, period: NamedPeriod) {
  const last = (await freezesOf(call.sql, call.space.id, projectId)).find(
    (one) => one.from === period.from && one.to === period.to,
  );
  if (!last) return null;
  const found = await variance(call.sql, call.space.id, last.id, call.now());
  const change = found.indicators.find((one) => one.indicator.id === indicatorId);
  const words = change && varianceText(call.l, change.indicator, change);
  return words ? { words, freezeId: last.id } : null;
}

function ChangeNote({ call, change }: { call: Call; change: { words: string; freezeId: string } | null }) {
  if (!change) return null;
  const { l } = call;
  return (
    <Alert tone="warn" title={l.t('figures.changed')}>
      <p>
        {change.words} <a href={l.href(`/office/freezes/${change.freezeId}`)}>{l.t('figures.why')}</a>
      </p>
    </Alert>
  );
}

type SplitProps = {
  readonly call: Call;
  readonly chosen: NamedPeriod;
  readonly indicator: Parameters<typeof valueText>[1];
  readonly cells: readonly ShownCell[];
  readonly labels: Labels;
  readonly path: string;
};

/** The figure by one dimension, or by two crossed; chosen in the address. */
function Split({ call, chosen, indicator, cells, labels, path }: SplitProps) {
  const { l } = call;
  const { dimensions, crosses, digits } = indicator.definition;
  const options = [...dimensions.map(({ key }) => [key]), ...crosses.map((cross) => [...cross])];
  if (options.length === 0) return null;
  const by = options.find((option) => option.join('.') === asked(call, 'by')) ?? options[0]!;
  const words = (option: readonly string[]) => option.map(labels.dimension).join(' × ');
  const tabs = options.map((option) => ({
    href: `${listHref(call, path, { period: chosen.key, by: option.join('.') })}#split`,
    label: words(option),
    ...(option === by && { current: true }),
  }));
  const mine = cells.filter((cell) => Object.keys(cell.at).length === by.length && by.every((key) => key in cell.at));
  const evidence = (cell: ShownCell) => listHref(call, `${path}/evidence`, { period: chosen.key, cell: cell.key });
  return (
    <Section title={l.t('figures.split')} id="split">
      <Tabs l={l} label={l.t('figures.split')} items={tabs} />
      {mine.length === 0 && <p class="soft">{l.t('figures.split.none')}</p>}
      {mine.length > 0 && by.length === 1 && (
        <>
          <BarChart
            l={l}
            caption={words(by)}
            labels={words(by)}
            values={unitOf(call, indicator)}
            digits={digits}
            bars={mine
              .filter((cell) => !cell.hidden)
              .map((cell) => ({
                label: labels.cell(cell.at),
                value: scaled(indicator, cell.value),
                href: evidence(cell),
              }))}
          />
          <DataTable
            l={l}
            caption={words(by)}
            rows={mine}
            rowKey={(cell) => cell.key}
            columns={[
              { key: 'category', label: words(by), head: true, cell: (cell) => labels.cell(cell.at) },
              {
                key: 'value',
                label: l.t('figures.value'),
                numeric: true,
                cell: (cell) => (cell.hidden ? l.t('donor.hidden') : valueText(l, indicator, cell.value)),
              },
              {
                key: 'evidence',
                label: l.t('figures.evidence'),
                numeric: true,
                cell: (cell) => (cell.hidden ? '–' : <a href={evidence(cell)}>{l.number(cell.evidence)}</a>),
              },
            ]}
          />
          {mine.some((cell) => cell.hidden) && <p class="soft small">{l.t('figures.hiddenNote')}</p>}
          {dimensions.find(({ key }) => key === by[0])?.kind === 'overlapping' && (
            <p class="soft small">{l.t('figures.overlappingNote')}</p>
          )}
        </>
      )}
      {mine.length > 0 && by.length === 2 && (
        <Crossed
          call={call}
          by={by as [string, string]}
          cells={cells}
          mine={mine}
          indicator={indicator}
          labels={labels}
        />
      )}
    </Section>
  );
}

function Crossed(props: {
  call: Call;
  by: readonly [string, string];
  cells: readonly ShownCell[];
  mine: readonly ShownCell[];
  indicator: SplitProps['indicator'];
  labels: Labels;
}) {
  const { call, by, cells, mine, indicator, labels } = props;
  const [down, across] = by;
  const list = (key: string) => [...new Set(mine.map((cell) => cell.at[key] ?? ''))].sort();
  const shown = (at: Record<string, string>) => {
    const cell = cells.find((one) => {
      const keys = Object.keys(at);
      return Object.keys(one.at).length === keys.length && keys.every((key) => one.at[key] === at[key]);
    });
    return cell?.hidden ? ('suppressed' as const) : cell ? scaled(indicator, cell.value) : null;
  };
  const columns = list(across);
  return (
    <Disaggregation
      l={call.l}
      caption={by.map(labels.dimension).join(' × ')}
      rowsLabel={labels.dimension(down)}
      columns={columns.map((category) => labels.category(across, category))}
      rows={list(down).map((row) => ({
        label: labels.category(down, row),
        cells: columns.map((column) => shown({ [down]: row, [across]: column })),
        total: shown({ [down]: row }),
      }))}
      totals={[...columns.map((column) => shown({ [across]: column })), shown({})]}
      digits={indicator.definition.digits}
    />
  );
}

import { CAUSES, type IndicatorVariance } from '../../kernel/freezes/index.ts';
import type { Indicator, ShownCell } from '../../kernel/indicators/index.ts';
import type { ResultNode } from '../../kernel/projects/index.ts';
import type { Locale } from '../../platform/i18n/index.ts';
import { ScrollBox } from '../../ui/index.ts';
import type { Labels } from './labels.ts';
import type { DonorLine, DonorReport } from './report.ts';

/** A value as its indicator says it is shown; a dash where nothing is known. */
export function valueText(l: Locale, indicator: Indicator, value: number | null): string {
  if (value === null) return '–';
  const { digits, percent } = indicator.definition;
  return percent ? l.percent(value, digits) : l.number(value, digits);
}

/** A change with its sign; one that rounding would hide ("64 %, now 65 %: +0 %") is given one place more. */
export function changeText(l: Locale, { definition }: Indicator, change: number): string {
  const { digits, percent } = definition;
  const shown = percent ? change * 100 : change;
  const places = change !== 0 && Math.abs(shown) * 10 ** digits < 0.5 ? digits + 1 : digits;
  const text = percent ? l.percent(change, places) : l.number(change, places);
  return change > 0 ? `+${text}` : text;
}

/** "Reported 19, now 20: +1 late." Null where nothing changed. */
export function varianceText(l: Locale, indicator: Indicator, change: IndicatorVariance): string | null {
  const total = change.cells.find((cell) => cell.cell === '');
  const touched = CAUSES.filter((cause) => (total?.by[cause] ?? 0) !== 0 || change.rows[cause].length > 0);
  if (!total || touched.length === 0) return null;
  const causes = touched.map((cause) =>
    l.t(`donor.cause.${cause}`, { change: changeText(l, indicator, total.by[cause]) }),
  );
  return l.t('donor.reportedNow', {
    frozen: valueText(l, indicator, total.frozen),
    live: valueText(l, indicator, total.live),
    causes: causes.join('; '),
  });
}

/** The logframe with its figures, for paper and screen: results, then their indicators with target, value and what changed since. */
export function DonorReportBody({ l, report, labels }: { l: Locale; report: DonorReport; labels: Labels }) {
  const of = (resultId: string | null) => report.lines.filter((line) => line.indicator.resultId === resultId);
  const known = new Set(flat(report.results).map((node) => node.id));
  const loose = report.lines.filter(({ indicator }) => !indicator.resultId || !known.has(indicator.resultId));
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{l.t('donor.project')}</dt>
          <dd>{l.pick(report.project.title)}</dd>
        </div>
        <div>
          <dt>{l.t('donor.period')}</dt>
          <dd>{l.period(report.period.from, report.period.to)}</dd>
        </div>
        <div>
          <dt>{l.t(report.freeze ? 'donor.frozenAt' : 'donor.drawnAt')}</dt>
          <dd>{l.dateTime(report.freeze?.asOf ?? report.drawnAt)}</dd>
        </div>
      </dl>
      {report.results.map((node) => (
        <Result key={node.id} l={l} node={node} of={of} report={report} labels={labels} level={2} />
      ))}
      {loose.length > 0 && <Lines l={l} lines={loose} report={report} labels={labels} />}
      {report.lines.length === 0 && <p>{l.t('donor.noIndicators')}</p>}
    </>
  );
}

function flat(nodes: readonly ResultNode[]): ResultNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

type ResultProps = {
  readonly l: Locale;
  readonly node: ResultNode;
  readonly of: (resultId: string) => readonly DonorLine[];
  readonly report: DonorReport;
  readonly labels: Labels;
  readonly level: number;
};

function Result({ l, node, of, report, labels, level }: ResultProps) {
  const Heading = `h${Math.min(level, 5)}` as 'h2';
  const assumption = l.pick(node.assumption);
  return (
    <section>
      <p class="kicker">{l.t(`donor.level.${node.level}`)}</p>
      <Heading>{l.pick(node.title)}</Heading>
      {assumption && (
        <p class="soft small">
          {l.t('donor.assumption')}: {assumption}
        </p>
      )}
      {of(node.id).length > 0 && <Lines l={l} lines={of(node.id)} report={report} labels={labels} />}
      {node.children.map((child) => (
        <Result key={child.id} l={l} node={child} of={of} report={report} labels={labels} level={level + 1} />
      ))}
    </section>
  );
}

function Lines({
  l,
  lines,
  report,
  labels,
}: {
  l: Locale;
  lines: readonly DonorLine[];
  report: DonorReport;
  labels: Labels;
}) {
  return (
    <>
      <ScrollBox label={l.t('donor.indicators')}>
        <table class="table">
          <caption class="sr-only">{l.t('donor.indicators')}</caption>
          <thead>
            <tr>
              <th scope="col">{l.t('donor.indicator')}</th>
              <th scope="col" class="num">
                {l.t('donor.baseline')}
              </th>
              <th scope="col" class="num">
                {l.t('donor.target')}
              </th>
              {report.freeze && (
                <th scope="col" class="num">
                  {l.t('donor.frozen')}
                </th>
              )}
              <th scope="col" class="num">
                {l.t(report.freeze ? 'donor.now' : 'donor.actual')}
              </th>
              <th scope="col" class="num">
                {l.t('donor.evidence')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.indicator.id} l={l} line={line} frozen={report.freeze !== null} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {lines.map((line) => (
        <Splits key={line.indicator.id} l={l} line={line} labels={labels} />
      ))}
    </>
  );
}

function Line({ l, line, frozen }: { l: Locale; line: DonorLine; frozen: boolean }) {
  const { indicator } = line;
  const total = (cells: readonly ShownCell[] | null) => cells?.find((cell) => cell.key === '');
  const change = line.variance && varianceText(l, indicator, line.variance);
  return (
    <tr>
      <th scope="row">
        {l.pick(indicator.title)}{' '}
        {!indicator.definition.percent && <small class="soft">{l.pick(indicator.unit)}</small>}
        {change && <p class="small">{change}</p>}
      </th>
      <td class="num">{valueText(l, indicator, line.baseline)}</td>
      <td class="num">{valueText(l, indicator, line.target)}</td>
      {frozen && <td class="num">{valueText(l, indicator, total(line.frozen)?.value ?? null)}</td>}
      <td class="num">
        <strong>{valueText(l, indicator, total(line.live)?.value ?? null)}</strong>
      </td>
      <td class="num">{l.number((frozen ? total(line.frozen) : total(line.live))?.evidence ?? 0)}</td>
    </tr>
  );
}

/** Each dimension of an indicator by itself; a hidden cell says that it is hidden. */
function Splits({ l, line, labels }: { l: Locale; line: DonorLine; labels: Labels }) {
  const cells = line.frozen ?? line.live;
  const dimensions = line.indicator.definition.dimensions.filter(({ key }) =>
    cells.some((cell) => Object.keys(cell.at).join() === key),
  );
  if (dimensions.length === 0) return null;
  return (
    <ul class="small soft">
      {dimensions.map(({ key, kind }) => (
        <li key={key}>
          {l.pick(line.indicator.title)}, {labels.dimension(key)}
          {kind === 'overlapping' && ` (${l.t('donor.overlapping')})`}:{' '}
          {cells
            .filter((cell) => Object.keys(cell.at).join() === key)
            .map(
              (cell) =>
                `${labels.category(key, cell.at[key] ?? '')} ${cell.hidden ? l.t('donor.hidden') : valueText(l, line.indicator, cell.value)}`,
            )
            .join(' · ')}
        </li>
      ))}
    </ul>
  );
}

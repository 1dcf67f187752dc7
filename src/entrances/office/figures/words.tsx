import type { Call } from '../../../kernel/access/index.ts';
import type { Period } from '../../../kernel/evidence/index.ts';
import type { Indicator, ShownCell } from '../../../kernel/indicators/index.ts';
import type { Project } from '../../../kernel/projects/index.ts';
import { Button, Select } from '../../../ui/index.ts';
import type { NamedPeriod } from './reader.ts';

/** 2016, I quarter of 2016, or the two dates. */
export function periodWords(call: Call, period: Period & { key?: string }): string {
  const { l } = call;
  const [, year, quarter] = /^(\d{4})(?:-Q(\d))?$/.exec(period.key ?? '') ?? [];
  if (year && quarter) return l.t(`figures.quarter.${quarter}`, { year });
  if (year) return year;
  return l.period(period.from, period.to);
}

/** For the axis of a chart, where a phone has little room: 'II 2016', '2016'. */
export function shortPeriod(key: string): string {
  const [, year = key, quarter] = /^(\d{4})(?:-Q(\d))?$/.exec(key) ?? [];
  return quarter ? `${['I', 'II', 'III', 'IV'][Number(quarter) - 1]} ${year}` : year;
}

/** The switch between periods: a small form, so that it works without a script. */
export function PeriodSwitch(props: {
  call: Call;
  action: string;
  periods: readonly NamedPeriod[];
  chosen: NamedPeriod;
  keep?: Readonly<Record<string, string>>;
}) {
  const { call, action, periods, chosen, keep = {} } = props;
  const { l } = call;
  return (
    <form method="get" action={action} class="btn-row">
      {Object.entries(keep).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Select
        l={l}
        name="period"
        required
        label={l.t('figures.period')}
        value={chosen.key}
        choices={periods.map((period) => ({
          value: period.key,
          label: period.key === 'all' ? l.t('figures.period.all') : periodWords(call, period),
        }))}
      />
      <Button>{l.t('figures.show')}</Button>
    </form>
  );
}

/** A share is shown in hundredths. */
export const scaled = (indicator: Indicator, value: number | null): number | null =>
  value === null ? null : indicator.definition.percent ? value * 100 : value;

export const unitOf = (call: Call, indicator: Indicator): string =>
  indicator.definition.percent ? '%' : call.l.pick(indicator.unit);

export const totalOf = (cells: readonly ShownCell[] | undefined): ShownCell | undefined =>
  cells?.find((cell) => cell.key === '');

export function crumbsOf(call: Call, found: Project, ...more: { label: string; href?: string }[]) {
  const { l } = call;
  return [
    { label: l.t('figures.title'), href: l.href('/office/figures') },
    { label: l.pick(found.title), href: l.href(`/office/figures/${found.id}`) },
    ...more,
  ];
}

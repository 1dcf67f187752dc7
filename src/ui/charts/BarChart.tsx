import type { UiLocale } from '../locale.ts';

export interface Bar {
  readonly label: string;
  readonly value: number | null;
  readonly href?: string;
  /** Draws this bar stronger than the others. */
  readonly strong?: boolean;
}

export interface BarChartProps {
  readonly l: UiLocale;
  readonly caption: string;
  /** What the bars are, e.g. oblast, and what they measure: the headings of the table that the chart is. */
  readonly labels: string;
  readonly values: string;
  readonly bars: readonly Bar[];
  readonly digits?: number;
  /** The end of the scale; the greatest value unless told. */
  readonly max?: number;
}

/** Lying bars. The chart is a table whose cells carry the bars, so readers and eyes have the same. */
export function BarChart({ l, caption, labels, values, bars, digits, max }: BarChartProps) {
  const end = max ?? Math.max(0, ...bars.map((bar) => bar.value ?? 0));
  return (
    <table class="bars">
      <caption>{caption}</caption>
      <thead class="sr-only">
        <tr>
          <th scope="col">{labels}</th>
          <th scope="col">{values}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => {
          const share = end > 0 && bar.value !== null ? Math.max(0, Math.min(100, (bar.value / end) * 100)) : 0;
          return (
            <tr key={bar.label} class={bar.strong ? 'bar--strong' : undefined}>
              <th scope="row">{bar.href ? <a href={bar.href}>{bar.label}</a> : bar.label}</th>
              <td>
                <svg class="bar-field" width="100%" height="20" aria-hidden="true" focusable="false">
                  <rect class="bar-ground" width="100%" height="20" rx="3" />
                  <rect class="bar-value" width={`${share}%`} height="20" rx="3" />
                </svg>
                <span class={bar.value === null ? 'bar-number bar-number--none' : 'bar-number'}>
                  {bar.value === null ? l.t('ui.noData') : l.number(bar.value, digits)}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

import type { UiLocale } from '../locale.ts';

export interface TargetVsActualProps {
  readonly l: UiLocale;
  readonly caption: string;
  /** What the rows are: indicators or periods. */
  readonly labels: string;
  readonly rows: readonly {
    readonly label: string;
    readonly href?: string;
    readonly actual: number | null;
    readonly target: number | null;
  }[];
  readonly digits?: number;
}

/**
 * What was done against what was promised. Each row has its own scale, from nothing to the greater of the two,
 * since indicators of different units stand under each other; the target is a mark across the bar.
 */
export function TargetVsActual({ l, caption, labels, rows, digits }: TargetVsActualProps) {
  return (
    <table class="bars bars--target">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{labels}</th>
          <td />
          <th scope="col" class="num">
            {l.t('ui.figure.value')}
          </th>
          <th scope="col" class="num">
            {l.t('ui.figure.target')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const end = Math.max(row.actual ?? 0, row.target ?? 0);
          const at = (n: number) => `${end > 0 ? (n / end) * 100 : 0}%`;
          return (
            <tr key={row.label}>
              <th scope="row">{row.href ? <a href={row.href}>{row.label}</a> : row.label}</th>
              <td class="bar-cell">
                <svg class="bar-field" width="100%" height="20" aria-hidden="true" focusable="false">
                  <rect class="bar-ground" y="3" width="100%" height="14" rx="3" />
                  {row.actual !== null && <rect class="bar-value" y="3" width={at(row.actual)} height="14" rx="3" />}
                  {row.target !== null && (
                    <line class="bar-target" x1={at(row.target)} x2={at(row.target)} y1="0" y2="20" />
                  )}
                </svg>
              </td>
              <td class="num">{row.actual === null ? '–' : l.number(row.actual, digits)}</td>
              <td class="num soft">{row.target === null ? '–' : l.number(row.target, digits)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

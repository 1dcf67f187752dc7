import { ScrollBox } from '../data-table/ScrollBox.tsx';
import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';

/** A count; `suppressed` when it is too small to show, or would give a small one away; null when nothing was recorded. */
export type Cell = number | 'suppressed' | null;

export interface DisaggregationProps {
  readonly l: UiLocale;
  readonly caption: string;
  /** What the rows divide by, e.g. oblast. */
  readonly rowsLabel: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly Cell[]; readonly total?: Cell }[];
  readonly totals?: readonly Cell[];
  readonly digits?: number;
}

/** One cell: the number, or a mark with its meaning. */
export function FigureCell({
  l,
  cell,
  digits,
}: {
  readonly l: UiLocale;
  readonly cell: Cell;
  readonly digits?: number;
}) {
  if (cell === null) {
    return (
      <span class="soft">
        <span aria-hidden="true">–</span>
        <span class="sr-only">{l.t('ui.noData')}</span>
      </span>
    );
  }
  if (cell === 'suppressed') return <Icon name="hidden" size={18} label={l.t('ui.suppressed')} class="suppressed" />;
  return <>{l.number(cell, digits)}</>;
}

/** A figure cut by one or two dimensions, with small cells and their complements hidden and the reason said. */
export function Disaggregation(props: DisaggregationProps) {
  const { l, caption, rowsLabel, columns, rows, totals, digits } = props;
  const withTotal = rows.some((row) => row.total !== undefined);
  const hidden = [...rows.flatMap((row) => [...row.cells, row.total]), ...(totals ?? [])].includes('suppressed');
  const options = digits === undefined ? {} : { digits };
  return (
    <div>
      <ScrollBox label={caption}>
        <table class="table">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{rowsLabel}</th>
              {columns.map((column) => (
                <th key={column} scope="col" class="num">
                  {column}
                </th>
              ))}
              {withTotal && (
                <th scope="col" class="num">
                  {l.t('ui.total')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                {row.cells.map((cell, index) => (
                  <td key={columns[index]} class="num">
                    <FigureCell l={l} cell={cell} {...options} />
                  </td>
                ))}
                {withTotal && (
                  <td class="num">
                    <FigureCell l={l} cell={row.total ?? null} {...options} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
          {totals && (
            <tfoot>
              <tr>
                <th scope="row">{l.t('ui.total')}</th>
                {totals.map((cell, index) => (
                  <td key={columns[index] ?? 'total'} class="num">
                    <FigureCell l={l} cell={cell} {...options} />
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </ScrollBox>
      {hidden && (
        <p class="suppression soft small">
          <Icon name="hidden" size={18} class="suppressed" />
          <span>
            {l.t('ui.suppressed')}. {l.t('ui.suppressed.note')}
          </span>
        </p>
      )}
    </div>
  );
}

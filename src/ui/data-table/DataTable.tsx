import type { ComponentChildren } from 'preact';
import { cx } from '../classes.ts';
import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';
import { ScrollBox } from './ScrollBox.tsx';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Figures stand at the end of the cell. */
  readonly numeric?: boolean;
  /** The cell that names the row; it is the row's heading, and the title of its card on a phone. */
  readonly head?: boolean;
  /** The heading becomes a link that sorts. */
  readonly sort?: { readonly href: string; readonly direction?: 'ascending' | 'descending' };
  /** The label is only for readers and for the card on a phone, e.g. over a column of buttons. */
  readonly quiet?: boolean;
  /** The value speaks for itself: the card on a phone shows it without the label. */
  readonly plain?: boolean;
}

export interface DataTableProps<Row> {
  readonly l: UiLocale;
  /** What the table lists; read aloud, and seen when `showCaption`. */
  readonly caption: string;
  readonly showCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Stands in the place of the rows when there are none. */
  readonly empty?: ComponentChildren;
  /** Sums, as cells in the order of the columns; the first one names them. */
  readonly foot?: readonly ComponentChildren[];
  readonly rowTone?: (row: Row) => 'warn' | 'bad' | undefined;
  /** The columns are few and short: it stays a table on a phone too. */
  readonly narrow?: boolean;
}

function Heading<Row>({ column, l }: { readonly column: Column<Row>; readonly l: UiLocale }) {
  const { sort } = column;
  const classes = cx(column.numeric && 'num');
  if (!sort) {
    return (
      <th scope="col" class={classes}>
        {column.quiet ? <span class="sr-only">{column.label}</span> : column.label}
      </th>
    );
  }
  const icon = sort.direction ?? 'sort';
  return (
    <th scope="col" class={classes} {...(sort.direction && { 'aria-sort': sort.direction })}>
      <a class="sort" href={sort.href}>
        <span>{column.label}</span>
        <Icon name={icon} size={16} label={l.t(`ui.sort.${sort.direction ?? 'none'}`)} />
      </a>
    </th>
  );
}

/** A list with headings. At 360 px each row turns into a card whose cells carry their labels, unless the table is narrow. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { l, caption, showCaption, columns, rows, rowKey, empty, foot, rowTone, narrow } = props;
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <ScrollBox label={caption}>
      <table class={cx('table', !narrow && 'table--cards')}>
        <caption class={showCaption ? undefined : 'sr-only'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} l={l} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const tone = rowTone?.(row);
            return (
              <tr key={rowKey(row)} class={tone && `row--${tone}`}>
                {columns.map((column) =>
                  column.head ? (
                    <th key={column.key} scope="row" class={cx('row-head', column.numeric && 'num')}>
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td
                      key={column.key}
                      class={cx(column.numeric && 'num')}
                      data-label={column.quiet || column.plain ? undefined : column.label}
                    >
                      <div>{column.cell(row)}</div>
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              {foot.map((cell, index) => {
                const column = columns[index];
                return index === 0 ? (
                  <th key={column?.key} scope="row" class="row-head">
                    {cell}
                  </th>
                ) : (
                  <td key={column?.key} class={cx(column?.numeric && 'num')} data-label={column?.label}>
                    <div>{cell}</div>
                  </td>
                );
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </ScrollBox>
  );
}

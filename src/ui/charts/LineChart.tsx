import { ScrollBox } from '../data-table/ScrollBox.tsx';
import type { UiLocale } from '../locale.ts';
import { digitsOf, ticks } from './scale.ts';

export interface Series {
  readonly label: string;
  /** One value per point of the axis; null leaves a gap. */
  readonly values: readonly (number | null)[];
}

export interface LineChartProps {
  readonly l: UiLocale;
  readonly id: string;
  readonly caption: string;
  /** What the points are, e.g. year or round. */
  readonly pointsLabel: string;
  readonly points: readonly string[];
  /** Up to four; each has its own shape of mark besides its colour. */
  readonly series: readonly Series[];
  /** Index of points before which the way of counting changed: the line is cut there and the cut is drawn. */
  readonly breaks?: readonly number[];
  readonly digits?: number;
}

const HEIGHT = 240;
const TOP = 12;
const FLOOR = HEIGHT - 30;
/** Per cent of the width kept free on either side for half a label. */
const SIDE = 6;

/** Marks drawn around their middle, one shape per series. */
const MARKS = [
  'M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z',
  'M-4.5 -4.5H4.5V4.5H-4.5Z',
  'M0 -6L5.500 4.500H-5.500Z',
  'M0 -6L6 0L0 6L-6 0Z',
];

function Mark({ index }: { readonly index: number }) {
  return <path class={`line-mark chart-${index + 1}`} d={MARKS[index % MARKS.length] ?? ''} />;
}

/** Change over time; a line never runs over a gap or over a change in the way of counting. A table with the same numbers folds open below. */
export function LineChart(props: LineChartProps) {
  const { l, id, caption, pointsLabel, points, series, breaks = [], digits } = props;
  const all = series.flatMap((one) => one.values.filter((value) => value !== null));
  const marks = ticks(Math.min(0, ...all), Math.max(0, ...all), 4);
  const low = marks[0] ?? 0;
  const high = marks[marks.length - 1] ?? 1;
  const y = (value: number) => FLOOR - ((value - low) / (high - low)) * (FLOOR - TOP);
  const share = (index: number) => (points.length > 1 ? SIDE + (index / (points.length - 1)) * (100 - 2 * SIDE) : 50);
  const x = (index: number) => `${share(index)}%`;
  const axisDigits = digitsOf((marks[1] ?? 1) - (marks[0] ?? 0));
  // A phone has room for three long labels or six short ones.
  const every = Math.ceil(points.length / (points.some((point) => point.length > 8) ? 3 : 6));
  const last = points.length - 1;
  const major = (index: number) => index === last || (index % every === 0 && last - index >= every);
  const anchor = (index: number) => (last === 0 ? 'middle' : index === 0 ? 'start' : index === last ? 'end' : 'middle');
  return (
    <figure class="chart" aria-labelledby={`${id}-caption`}>
      <figcaption id={`${id}-caption`}>{caption}</figcaption>
      {series.length > 1 && (
        <ul class="chart-key">
          {series.map((one, index) => (
            <li key={one.label}>
              <svg width="28" height="14" aria-hidden="true" focusable="false">
                <line class={`line chart-${index + 1}`} x1="0" x2="28" y1="7" y2="7" />
                <g transform="translate(14 7)">
                  <Mark index={index} />
                </g>
              </svg>
              {one.label}
            </li>
          ))}
        </ul>
      )}
      <svg class="chart-field" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
        {marks.map((mark) => (
          <g key={mark}>
            <line class="grid-line" x1="0" x2="100%" y1={y(mark)} y2={y(mark)} />
            <text class="axis" x="-8" y={y(mark)} dy="0.35em" text-anchor="end">
              {l.number(mark, axisDigits)}
            </text>
          </g>
        ))}
        {points.map((point, index) => (
          <text
            key={point}
            class={major(index) ? 'axis' : 'axis axis--minor'}
            x={anchor(index) === 'start' ? '0%' : anchor(index) === 'end' ? '100%' : x(index)}
            y={HEIGHT - 8}
            text-anchor={anchor(index)}
          >
            {point}
          </text>
        ))}
        {breaks.map((index) => (
          <line
            key={index}
            class="break-line"
            x1={`${(share(index - 1) + share(index)) / 2}%`}
            x2={`${(share(index - 1) + share(index)) / 2}%`}
            y1={TOP - 8}
            y2={FLOOR}
          />
        ))}
        {series.map((one, number) => (
          <g key={one.label}>
            {one.values.map((value, index) => {
              const before = one.values[index - 1];
              if (value === null || before === undefined || before === null || breaks.includes(index)) return null;
              return (
                <line
                  key={points[index]}
                  class={`line chart-${number + 1}`}
                  x1={x(index - 1)}
                  x2={x(index)}
                  y1={y(before)}
                  y2={y(value)}
                />
              );
            })}
            {one.values.map(
              (value, index) =>
                value !== null && (
                  <svg key={points[index]} x={x(index)} y={y(value)} overflow="visible" aria-hidden="true">
                    <Mark index={number} />
                  </svg>
                ),
            )}
          </g>
        ))}
      </svg>
      {breaks.length > 0 && (
        <p class="chart-break soft small">
          <svg width="14" height="18" aria-hidden="true" focusable="false">
            <line class="break-line" x1="7" x2="7" y1="0" y2="18" />
          </svg>
          {l.t('ui.chart.break')}
        </p>
      )}
      <details class="twin">
        <summary>{l.t('ui.chart.table')}</summary>
        <ScrollBox label={caption}>
          <table class="table">
            <caption class="sr-only">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{pointsLabel}</th>
                {series.map((one) => (
                  <th key={one.label} scope="col" class="num">
                    {one.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map((point, index) => (
                <tr key={point}>
                  <th scope="row">
                    {point}
                    {breaks.includes(index) && <small class="soft"> {l.t('ui.chart.break')}</small>}
                  </th>
                  {series.map((one) => {
                    const value = one.values[index] ?? null;
                    return (
                      <td key={one.label} class="num">
                        {value === null ? l.t('ui.noData') : l.number(value, digits)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </figure>
  );
}

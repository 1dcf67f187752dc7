import { useState } from 'preact/hooks';
import { type ControlProps, controlId, Frame, GroupFrame, tied } from '../Frame.tsx';
import { fromLocal, toLocal } from '../values.ts';

/** A day, a month, a year, a time, or a day with its time. */
export function Moment(props: ControlProps) {
  const { node } = props;
  if (node.dataType === 'date' && node.appearance.includes('year')) return <Year {...props} />;
  if (node.dataType === 'date' && node.appearance.includes('month-year')) return <MonthYear {...props} />;
  const type = ({ date: 'date', time: 'time', dateTime: 'datetime-local' } as const)[
    node.dataType as 'date' | 'time' | 'dateTime'
  ];
  return (
    <Frame {...props}>
      <input
        id={controlId(node)}
        name={node.ref}
        class={node.dataType === 'dateTime' ? 'input' : 'input input--short'}
        // Preact's types know one shape per input type; these share their attributes.
        type={type as 'date'}
        value={toLocal(node.dataType, node.value)}
        onInput={(event) => props.stage.answer(node.ref, fromLocal(node.dataType, event.currentTarget.value))}
        {...tied(props)}
      />
      {/* The browser's field speaks the browser's language; this says the day in the reader's. */}
      {node.value && node.dataType !== 'time' && <p class="soft">{inWords(props)}</p>}
    </Frame>
  );
}

/** The day in the reader's language, with the hour of the place where the phone is. */
function inWords({ node, stage }: ControlProps): string {
  const [day = '', time] = toLocal(node.dataType, node.value).split('T');
  return [day && stage.l.date(day), time].filter(Boolean).join(', ');
}

const NOW_MARGIN = 10;

function yearsAround(value: string): number[] {
  const now = new Date().getFullYear();
  const own = Number(value.slice(0, 4)) || now;
  const from = Math.min(now - 110, own);
  return Array.from(
    { length: Math.max(now + NOW_MARGIN, own) - from + 1 },
    (_, i) => Math.max(now + NOW_MARGIN, own) - i,
  );
}

function Year(props: ControlProps) {
  const { node, stage } = props;
  return (
    <Frame {...props}>
      <select
        id={controlId(node)}
        name={node.ref}
        class="input input--short"
        value={node.value}
        onChange={(event) => stage.answer(node.ref, event.currentTarget.value)}
        {...tied(props)}
      >
        <option value="">{stage.l.t('form.choose')}</option>
        {yearsAround(node.value).map((year) => (
          <option key={year} value={`${year}-01-01`} selected={node.value.startsWith(`${year}-`)}>
            {year}
          </option>
        ))}
      </select>
    </Frame>
  );
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A month and a year as two lists: the browser's own month field is missing on iOS and Firefox. */
function MonthYear(props: ControlProps) {
  const { node, stage } = props;
  const id = controlId(node);
  // Half an answer waits here for its other half: no month or year is guessed.
  const [half, setHalf] = useState<readonly [year: string, month: string]>(['', '']);
  const [year, month] = node.value === '' ? half : [node.value.slice(0, 4), node.value.slice(5, 7)];
  const set = (y: string, m: string) => {
    setHalf([y, m]);
    stage.answer(node.ref, y && m ? `${y}-${m}-01` : '');
  };
  const { disabled } = tied(props);
  const off = disabled ? { disabled } : {};
  return (
    <GroupFrame {...props}>
      <div class="two">
        <select
          id={`${id}-month`}
          name={`${node.ref}|month`}
          class="input"
          aria-label={stage.l.t('form.month')}
          value={month}
          onChange={(event) => set(year, event.currentTarget.value)}
          {...off}
        >
          <option value="">{stage.l.t('form.month')}</option>
          {Array.from({ length: 12 }, (_, i) => two(i + 1)).map((m) => (
            <option key={m} value={m} selected={m === month}>
              {stage.l.t(`form.month.${Number(m)}`)}
            </option>
          ))}
        </select>
        <select
          id={`${id}-year`}
          name={`${node.ref}|year`}
          class="input"
          aria-label={stage.l.t('form.year')}
          value={year}
          onChange={(event) => set(event.currentTarget.value, month)}
          {...off}
        >
          <option value="">{stage.l.t('form.year')}</option>
          {yearsAround(node.value).map((y) => (
            <option key={y} value={String(y)} selected={String(y) === year}>
              {y}
            </option>
          ))}
        </select>
      </div>
    </GroupFrame>
  );
}

import type { Choice } from '@demilge/xform';
import { Icon } from '../../icon/Icon.tsx';
import { type ControlProps, controlId, GroupFrame } from '../Frame.tsx';
import { given } from '../values.ts';

/** An order of importance: each row goes up and down by a button, so that it works by thumb, keyboard and reader alike. */
export function Rank(props: ControlProps) {
  const { node, stage } = props;
  const { t } = stage.l;
  const order = given(node);
  const byValue = new Map(node.choices.map((choice) => [choice.value, choice]));
  const rows = [
    ...order.flatMap((value) => byValue.get(value) ?? []),
    ...node.choices.filter((choice) => !order.includes(choice.value)),
  ];
  const put = (list: readonly Choice[]) => stage.answer(node.ref, list.map((choice) => choice.value).join(' '));
  const idOf = (choice: Choice, way: 'up' | 'down') =>
    `${controlId(node)}-${node.choices.findIndex((one) => one.value === choice.value)}-${way}`;
  const move = (from: number, way: 'up' | 'down') => {
    const to = from + (way === 'up' ? -1 : 1);
    const next = rows.filter((_, i) => i !== from);
    next.splice(to, 0, rows[from]!);
    put(next);
    // The row has moved under the finger: the keyboard goes with it, and at an end to the button that still does something.
    const end = to === 0 ? 'down' : to === rows.length - 1 ? 'up' : way;
    requestAnimationFrame(() => document.getElementById(idOf(rows[from]!, end))?.focus());
  };
  return (
    <GroupFrame {...props}>
      <ol class="rank">
        {rows.map((choice, i) => (
          <li key={choice.value} class={order.length === 0 ? 'rank-row rank-row--open' : 'rank-row'}>
            <span class="rank-words">{choice.label || choice.value}</span>
            <button
              type="button"
              class="btn btn--square"
              id={idOf(choice, 'up')}
              disabled={i === 0 || node.readonly}
              aria-label={t('form.rank.up', { what: choice.label || choice.value })}
              onClick={() => move(i, 'up')}
            >
              <Icon name="ascending" />
            </button>
            <button
              type="button"
              class="btn btn--square"
              id={idOf(choice, 'down')}
              disabled={i === rows.length - 1 || node.readonly}
              aria-label={t('form.rank.down', { what: choice.label || choice.value })}
              onClick={() => move(i, 'down')}
            >
              <Icon name="descending" />
            </button>
          </li>
        ))}
      </ol>
      {order.length === 0 && !node.readonly && (
        <button type="button" class="btn btn--quiet btn--small" onClick={() => put(rows)}>
          {t('form.rank.keep')}
        </button>
      )}
      <p class="sr-only" role="status">
        {order.length === 0
          ? t('form.rank.none')
          : order.map((value, i) => `${i + 1}. ${byValue.get(value)?.label ?? value}`).join(', ')}
      </p>
    </GroupFrame>
  );
}

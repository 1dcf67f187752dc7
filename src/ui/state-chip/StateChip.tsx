import type { ComponentChildren } from 'preact';
import { cx } from '../classes.ts';
import { Icon, type IconName } from '../icon/Icon.tsx';

/** What a colour means everywhere: `good` done well, `warn` needs a look, `bad` wrong or late, `info` on its way. */
export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad';

const TONE_ICON: Record<Tone, IconName> = {
  neutral: 'minus',
  info: 'clock',
  good: 'check',
  warn: 'warning',
  bad: 'error',
};

export interface StateChipProps {
  readonly tone: Tone;
  /** The state in words; colour never stands alone. */
  readonly children: ComponentChildren;
  readonly icon?: IconName;
}

/** A state with its picture and its words. */
export function StateChip({ tone, children, icon = TONE_ICON[tone] }: StateChipProps) {
  return (
    <span class={cx('chip', `chip--${tone}`)}>
      <Icon name={icon} size={16} />
      <span>{children}</span>
    </span>
  );
}

/** A short word or a count beside a name, without the weight of a state. */
export function Badge({ children }: { readonly children: ComponentChildren }) {
  return <span class="badge">{children}</span>;
}

import type { ComponentChildren } from 'preact';
import { FeltMedallion } from '../felt/Felt.tsx';
import { Icon, type IconName } from '../icon/Icon.tsx';

export interface EmptyStateProps {
  readonly title: string;
  /** What a person can do now, in a sentence. */
  readonly children?: ComponentChildren;
  readonly icon?: IconName;
  /** A button or a link that starts it. */
  readonly action?: ComponentChildren;
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ title, children, icon = 'inbox', action }: EmptyStateProps) {
  return (
    <div class="empty">
      <div class="empty-picture">
        <FeltMedallion size={128} />
        <Icon name={icon} size={32} />
      </div>
      <p class="empty-title">{title}</p>
      {children && <div class="empty-text">{children}</div>}
      {action && <div class="btn-row">{action}</div>}
    </div>
  );
}

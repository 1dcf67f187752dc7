import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../icon/Icon.tsx';

export type AlertTone = 'info' | 'good' | 'warn' | 'bad';

const PICTURE: Record<AlertTone, IconName> = { info: 'info', good: 'done', warn: 'warning', bad: 'error' };

export interface AlertProps {
  readonly tone?: AlertTone;
  readonly title?: string;
  readonly children?: ComponentChildren;
  /** Buttons or links: what can be done about it. */
  readonly actions?: ComponentChildren;
}

/** Something a person should know before reading on. */
export function Alert({ tone = 'info', title, children, actions }: AlertProps) {
  return (
    <div class={`alert alert--${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={PICTURE[tone]} size={24} />
      <div class="alert-body">
        {title && <p class="alert-title">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div class="btn-row">{actions}</div>}
      </div>
    </div>
  );
}

export interface ProblemSummaryProps {
  readonly title: string;
  /** Each problem leads to its field: `field` is the field's id. */
  readonly problems: readonly { readonly text: string; readonly field?: string }[];
}

/** What is wrong in a form, before the form, each as a link to its field. */
export function ProblemSummary({ title, problems }: ProblemSummaryProps) {
  return (
    <div class="alert alert--bad" role="alert" tabIndex={-1} id="problems">
      <Icon name="error" size={24} />
      <div class="alert-body">
        <p class="alert-title">{title}</p>
        <ul>
          {problems.map((problem) => (
            <li key={`${problem.field ?? ''}${problem.text}`}>
              {problem.field ? <a href={`#${problem.field}`}>{problem.text}</a> : problem.text}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

import type { ComponentChildren } from 'preact';
import { Button, LinkButton } from '../button/Button.tsx';
import type { UiLocale } from '../locale.ts';

export interface ConfirmFormProps {
  readonly l: UiLocale;
  readonly action: string;
  readonly title: string;
  /** What will happen, and whether it can be taken back. */
  readonly children: ComponentChildren;
  /** The verb on the button: what will be done, never only "yes". */
  readonly confirm: string;
  /** Where to go instead. */
  readonly cancel: string;
  readonly look?: 'main' | 'danger';
  readonly fields?: Readonly<Record<string, string>>;
  /** Fields to fill first, such as a reason. */
  readonly inputs?: ComponentChildren;
}

/** One question before something weighty. */
export function ConfirmForm(props: ConfirmFormProps) {
  const { l, action, title, children, confirm, cancel, look = 'danger', fields = {}, inputs } = props;
  return (
    <form class="confirm" method="post" action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <h2>{title}</h2>
      <div class="flow">{children}</div>
      {inputs}
      <div class="btn-row">
        <Button look={look}>{confirm}</Button>
        <LinkButton look="quiet" href={cancel}>
          {l.t('ui.cancel')}
        </LinkButton>
      </div>
    </form>
  );
}

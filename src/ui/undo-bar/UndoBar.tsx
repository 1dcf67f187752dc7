import { Button } from '../button/Button.tsx';
import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';

export interface UndoBarProps {
  readonly l: UiLocale;
  readonly tone?: 'good' | 'bad' | 'info';
  /** What has just happened. */
  readonly text: string;
  /** A form that takes it back. */
  readonly undo?: {
    readonly action: string;
    readonly label?: string;
    readonly fields?: Readonly<Record<string, string>>;
  };
}

/** What has just happened, with one button that takes it back. */
export function UndoBar({ l, tone = 'good', text, undo }: UndoBarProps) {
  return (
    <div class={`undo undo--${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={tone === 'good' ? 'done' : tone === 'bad' ? 'error' : 'info'} size={22} />
      <p>{text}</p>
      {undo && (
        <form method="post" action={undo.action}>
          {Object.entries(undo.fields ?? {}).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button look="plain" size="small" icon="undo">
            {undo.label ?? l.t('ui.undo')}
          </Button>
        </form>
      )}
    </div>
  );
}

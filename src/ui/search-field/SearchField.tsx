import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';

export interface SearchFieldProps {
  readonly l: UiLocale;
  /** Takes a GET with `q`, or with `name` when told. */
  readonly action: string;
  readonly name?: string;
  readonly value?: string;
  readonly label?: string;
  readonly id?: string;
  /** Other parts of the address to keep. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** Looks for something; a plain GET form. */
export function SearchField({ l, action, name = 'q', value, label, id = 'q', keep = {} }: SearchFieldProps) {
  const words = label ?? l.t('ui.search');
  return (
    <search class="search">
      <form method="get" action={action}>
        {Object.entries(keep).map(([key, kept]) => (
          <input key={key} type="hidden" name={key} value={kept} />
        ))}
        <label class="sr-only" for={id}>
          {words}
        </label>
        <input
          class="input"
          id={id}
          type="search"
          name={name}
          placeholder={words}
          autocomplete="off"
          {...(value !== undefined && { value })}
        />
        <button type="submit" class="btn btn--quiet btn--square" title={l.t('ui.search')}>
          <Icon name="search" />
          <span class="sr-only">{l.t('ui.search')}</span>
        </button>
      </form>
    </search>
  );
}

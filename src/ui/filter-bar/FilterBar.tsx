import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';

export interface FilterBarProps {
  readonly l: UiLocale;
  readonly action: string;
  readonly search?: { readonly name?: string; readonly value?: string; readonly label?: string };
  /** How many filters are chosen; with any, the filters stand open. */
  readonly active?: number;
  /** Address without filters. */
  readonly clear?: string;
  /** Parts of the address to keep, such as the order. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Fields: Select, DateField, CheckboxGroup. */
  readonly children?: ComponentChildren;
}

/** Search and filters over a list: a GET form whose answer is an address that can be shared. */
export function FilterBar({ l, action, search, active = 0, clear, keep = {}, children }: FilterBarProps) {
  const words = search?.label ?? l.t('ui.search');
  return (
    <form class="filters" method="get" action={action} noValidate>
      {Object.entries(keep).map(([key, kept]) => (
        <input key={key} type="hidden" name={key} value={kept} />
      ))}
      {search && (
        <div class="filters-search">
          <label class="sr-only" for="filter-q">
            {words}
          </label>
          <input
            class="input"
            id="filter-q"
            type="search"
            name={search.name ?? 'q'}
            placeholder={words}
            autocomplete="off"
            {...(search.value !== undefined && { value: search.value })}
          />
          <button type="submit" class="btn btn--plain">
            <Icon name="search" />
            <span>{l.t('ui.search')}</span>
          </button>
        </div>
      )}
      {children && (
        <details class="filters-fold" open={active > 0 || !search}>
          <summary>
            <Icon name="filter" />
            <span>{l.t('ui.filters')}</span>
            {active > 0 && <span class="badge">{l.t('ui.active', { n: active })}</span>}
          </summary>
          <div class="filters-fields">{children}</div>
          <div class="btn-row">
            <button type="submit" class="btn btn--plain">
              {l.t('ui.apply')}
            </button>
            {clear && active > 0 && (
              <a class="btn btn--quiet" href={clear}>
                {l.t('ui.clear')}
              </a>
            )}
          </div>
        </details>
      )}
    </form>
  );
}

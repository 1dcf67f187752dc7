import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';

export interface PaginationProps {
  readonly l: UiLocale;
  /** Addresses with the cursor in them; one that is left out does not exist. */
  readonly first?: string | undefined;
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
  /** What is shown now, e.g. how many of how many. */
  readonly note?: string;
}

/** Onward and back through a long list. A single page has none. */
export function Pagination({ l, first, previous, next, note }: PaginationProps) {
  if (!first && !previous && !next) return note ? <p class="soft small">{note}</p> : null;
  return (
    <nav class="pages" aria-label={l.t('ui.pages')}>
      {first && (
        <a class="btn btn--quiet" href={first}>
          {l.t('ui.first')}
        </a>
      )}
      {previous && (
        <a class="btn btn--plain" href={previous} rel="prev">
          <Icon name="previous" />
          <span>{l.t('ui.previous')}</span>
        </a>
      )}
      {note && <span class="soft small">{note}</span>}
      {next && (
        <a class="btn btn--plain" href={next} rel="next">
          <span>{l.t('ui.next')}</span>
          <Icon name="next" />
        </a>
      )}
    </nav>
  );
}

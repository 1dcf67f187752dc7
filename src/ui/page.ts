import type { UiLocale } from './locale.ts';

export type Theme = 'light' | 'dark';

/** What a layout knows of the request: words, addresses of static files, the stored theme. */
export interface PageContext {
  readonly l: UiLocale;
  /** The address of a static file with its hash, e.g. `asset('site.css')`. */
  readonly asset: (name: string) => string;
  /** The choice stored in a cookie; left out, the system decides. */
  readonly theme?: Theme;
}

/** An address with its words; `current` marks the page that is open. */
export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly current?: boolean;
}

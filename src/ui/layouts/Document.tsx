import type { ComponentChildren } from 'preact';
import type { Language } from '../locale.ts';
import type { PageContext } from '../page.ts';

export interface DocumentProps {
  readonly page: PageContext;
  /** Shown in the tab and in search results. */
  readonly title: string;
  /** Names of style sheets, in order. */
  readonly styles: readonly string[];
  /** Names of module scripts for progressive help; public pages have none. */
  readonly scripts?: readonly string[];
  readonly head?: ComponentChildren;
  readonly bodyClass: string;
  readonly children: ComponentChildren;
}

/** The html element with what every page has in its head. */
export function Document({ page, title, styles, scripts = [], head, bodyClass, children }: DocumentProps) {
  const { l, theme } = page;
  return (
    <html lang={l.language} {...(theme && { 'data-theme': theme })}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="color-scheme" content={theme ?? 'light dark'} />
        <meta name="theme-color" content={theme === 'dark' ? '#191412' : '#fbf8f2'} />
        {!theme && <meta name="theme-color" content="#191412" media="(prefers-color-scheme: dark)" />}
        <link rel="icon" href={page.asset('icon.svg')} type="image/svg+xml" />
        {styles.map((style) => (
          <link key={style} rel="stylesheet" href={page.asset(style)} />
        ))}
        {scripts.map((script) => (
          <script key={script} type="module" src={page.asset(script)} />
        ))}
        {head}
      </head>
      <body class={bodyClass}>
        <a class="skip" href="#main">
          {l.t('ui.skip')}
        </a>
        {children}
      </body>
    </html>
  );
}

/** The same page's address in each language that it exists in. */
export type LanguageLinks = Partial<Record<Language, string>>;

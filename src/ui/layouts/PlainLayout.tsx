import type { ComponentChildren } from 'preact';
import { FeltBorder, FeltMark } from '../felt/Felt.tsx';
import type { PageContext } from '../page.ts';
import { Document, type LanguageLinks } from './Document.tsx';
import { LanguageSwitch } from './Switches.tsx';

export interface PlainLayoutProps {
  readonly page: PageContext;
  readonly title: string;
  readonly siteName: string;
  readonly languages: LanguageLinks;
  readonly home?: string;
  /** `wide` for a page of set-up, else as wide as a sign-in form. */
  readonly width?: 'narrow' | 'wide';
  readonly scripts?: readonly string[];
  readonly children: ComponentChildren;
}

/** One task on one sheet: signing in, setting up, an error. */
export function PlainLayout({
  page,
  title,
  siteName,
  languages,
  home,
  width = 'narrow',
  scripts,
  children,
}: PlainLayoutProps) {
  const brand = (
    <>
      <FeltMark size={44} />
      <strong>{siteName}</strong>
    </>
  );
  return (
    <Document
      page={page}
      title={`${title} · ${siteName}`}
      styles={['site.css', 'office.css']}
      {...(scripts && { scripts })}
      bodyClass="plain"
      head={<meta name="robots" content="noindex" />}
    >
      <FeltBorder id="felt-top" size="thin" />
      <header class="plain-top">
        {home ? (
          <a class="brand" href={home}>
            {brand}
          </a>
        ) : (
          <span class="brand">{brand}</span>
        )}
        <LanguageSwitch l={page.l} links={languages} />
      </header>
      <main id="main" class={`sheet sheet--${width}`} tabIndex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
    </Document>
  );
}

import type { ComponentChildren } from 'preact';
import { FeltBorder, FeltMark } from '../felt/Felt.tsx';
import type { PageContext } from '../page.ts';
import { Document } from './Document.tsx';

export interface PrintLayoutProps {
  readonly page: PageContext;
  readonly title: string;
  readonly siteName: string;
  /** A poster is one A4 sheet with large type; a report runs over many. */
  readonly kind: 'poster' | 'report';
  /** Where the sheet came from: address, date, digest. It stands at the foot. */
  readonly source?: ComponentChildren;
  /** Shown on the screen only: back, print. */
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A sheet of paper. On the screen it looks as it will be printed. */
export function PrintLayout({ page, title, siteName, kind, source, tools, children }: PrintLayoutProps) {
  return (
    <Document page={page} title={`${title} · ${siteName}`} styles={['site.css']} bodyClass={`paper paper--${kind}`}>
      {tools && <header class="paper-tools btn-row">{tools}</header>}
      <main id="main" class="paper-sheet" tabIndex={-1}>
        <header class="paper-head">
          <span class="brand">
            <FeltMark size={36} />
            <strong>{siteName}</strong>
          </span>
          <FeltBorder id="felt-paper" size="thin" />
        </header>
        <h1>{title}</h1>
        {children}
        {source && <footer class="paper-foot">{source}</footer>}
      </main>
    </Document>
  );
}

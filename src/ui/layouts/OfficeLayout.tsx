import type { ComponentChildren } from 'preact';
import { Breadcrumbs, type BreadcrumbsProps } from '../breadcrumbs/Breadcrumbs.tsx';
import { FeltBorder, FeltMark } from '../felt/Felt.tsx';
import { Icon, type IconName } from '../icon/Icon.tsx';
import type { NavItem, PageContext } from '../page.ts';
import { SearchField } from '../search-field/SearchField.tsx';
import { UndoBar, type UndoBarProps } from '../undo-bar/UndoBar.tsx';
import { Document, type LanguageLinks } from './Document.tsx';
import { LanguageSwitch, type ThemeForm, ThemeSwitch } from './Switches.tsx';

export interface OfficeNavItem extends NavItem {
  readonly icon: IconName;
  /** How many things wait there. */
  readonly count?: number;
}

export interface OfficeLayoutProps {
  readonly page: PageContext;
  readonly title: string;
  readonly spaceName: string;
  readonly home: string;
  readonly nav: readonly (OfficeNavItem | { readonly heading: string; readonly items: readonly OfficeNavItem[] })[];
  readonly languages: LanguageLinks;
  readonly who: { readonly name: string; readonly role: string; readonly href?: string; readonly signOut: string };
  readonly search?: { readonly action: string; readonly value?: string; readonly label?: string };
  readonly flash?: Omit<UndoBarProps, 'l'>;
  readonly crumbs?: BreadcrumbsProps['crumbs'];
  readonly themeForm?: ThemeForm;
  /** The page's heading; the title unless given. */
  readonly heading?: ComponentChildren;
  /** Chips or a line under the heading. */
  readonly subheading?: ComponentChildren;
  /** Buttons at the end of the heading's line. */
  readonly actions?: ComponentChildren;
  readonly scripts?: readonly string[];
  /** Style sheets of this page beside the office's own. */
  readonly styles?: readonly string[];
  readonly children: ComponentChildren;
}

function Items({ items, page }: { readonly items: readonly OfficeNavItem[]; readonly page: PageContext }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href} {...(item.current && { 'aria-current': 'page' as const })}>
            <Icon name={item.icon} />
            <span>{item.label}</span>
            {item.count !== undefined && item.count > 0 && <span class="badge">{page.l.number(item.count)}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Nav({ page, nav }: Pick<OfficeLayoutProps, 'page' | 'nav'>) {
  const loose = nav.filter((entry): entry is OfficeNavItem => 'href' in entry);
  return (
    <>
      {loose.length > 0 && <Items items={loose} page={page} />}
      {nav.map(
        (entry) =>
          'heading' in entry && (
            <div key={entry.heading} class="side-group">
              <p class="side-heading">{entry.heading}</p>
              <Items items={entry.items} page={page} />
            </div>
          ),
      )}
    </>
  );
}

function Who({ page, who }: Pick<OfficeLayoutProps, 'page' | 'who'>) {
  const words = (
    <>
      <strong>{who.name}</strong>
      <small>{who.role}</small>
    </>
  );
  return (
    <div class="who">
      {who.href ? (
        <a class="who-words" href={who.href}>
          {words}
        </a>
      ) : (
        <div class="who-words">{words}</div>
      )}
      <form method="post" action={who.signOut}>
        <button type="submit" class="btn btn--quiet btn--square" title={page.l.t('ui.signOut')}>
          <Icon name="signOut" />
          <span class="sr-only">{page.l.t('ui.signOut')}</span>
        </button>
      </form>
    </div>
  );
}

/** The office: navigation at the side on a wide screen, folded under a button on a phone, without a script. */
export function OfficeLayout(props: OfficeLayoutProps) {
  const { page, title, spaceName, home, nav, languages, who, search, flash, crumbs, themeForm } = props;
  const { l } = page;
  const tools = (
    <div class="side-tools">
      <LanguageSwitch l={l} links={languages} />
      {themeForm && <ThemeSwitch page={page} form={themeForm} />}
    </div>
  );
  return (
    <Document
      page={page}
      title={`${title} · ${spaceName}`}
      styles={['site.css', 'office.css', ...(props.styles ?? [])]}
      {...(props.scripts && { scripts: props.scripts })}
      bodyClass="office"
      head={<meta name="robots" content="noindex" />}
    >
      <header class="bar">
        <a class="brand" href={home}>
          <FeltMark size={36} />
          <strong>{spaceName}</strong>
        </a>
        {search && (
          <SearchField
            l={l}
            id="search-all"
            action={search.action}
            {...(search.value !== undefined && { value: search.value })}
            {...(search.label !== undefined && { label: search.label })}
          />
        )}
        <Who page={page} who={who} />
        <details class="fold">
          <summary>
            <Icon name="menu" size={24} />
            <span class="sr-only">{l.t('ui.menu')}</span>
          </summary>
          <nav class="fold-nav" aria-label={l.t('ui.menu')}>
            <Nav page={page} nav={nav} />
            {tools}
            <Who page={page} who={who} />
          </nav>
        </details>
      </header>
      <div class="desk">
        <nav class="side" aria-label={l.t('ui.menu')}>
          <Nav page={page} nav={nav} />
          {tools}
          <FeltBorder id="felt-side" size="thin" />
        </nav>
        <main id="main" class="work" tabIndex={-1}>
          {flash && <UndoBar l={l} {...flash} />}
          {crumbs && <Breadcrumbs l={l} crumbs={crumbs} />}
          <div class="work-head">
            <div>
              <h1>{props.heading ?? title}</h1>
              {props.subheading && <div class="work-sub">{props.subheading}</div>}
            </div>
            {props.actions && <div class="btn-row">{props.actions}</div>}
          </div>
          {props.children}
        </main>
      </div>
    </Document>
  );
}

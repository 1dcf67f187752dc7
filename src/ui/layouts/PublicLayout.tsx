import type { ComponentChildren } from 'preact';
import { Breadcrumbs, type BreadcrumbsProps } from '../breadcrumbs/Breadcrumbs.tsx';
import { FeltBorder, FeltMark, FeltMedallion } from '../felt/Felt.tsx';
import { Icon } from '../icon/Icon.tsx';
import { LANGUAGES, type Language } from '../locale.ts';
import type { NavItem, PageContext } from '../page.ts';
import { Document, type LanguageLinks } from './Document.tsx';
import { JsonLd } from './JsonLd.tsx';
import { LanguageSwitch, type ThemeForm, ThemeSwitch } from './Switches.tsx';

export interface PublicLayoutProps {
  readonly page: PageContext;
  readonly title: string;
  /** The association's name; it is the tab's title on the home page and follows every other. */
  readonly siteName: string;
  /** A line under the name in the header. */
  readonly tagline?: string;
  readonly home: string;
  /** One or two sentences for search results and shared links. */
  readonly description: string;
  /** Absolute address of this page in this language. */
  readonly canonical: string;
  /** Absolute addresses of the page in each language; they feed hreflang and the language switch. */
  readonly alternates: LanguageLinks;
  /** Open Graph picture: absolute address of a 1200 × 630 PNG and what it shows. */
  readonly image?: { readonly url: string; readonly alt: string };
  readonly kind?: 'website' | 'article';
  /** ISO moment; for articles. */
  readonly published?: string;
  /** schema.org objects. */
  readonly jsonLd?: readonly unknown[];
  readonly feed?: { readonly href: string; readonly title: string };
  readonly noindex?: boolean;
  readonly nav: readonly NavItem[];
  readonly signIn?: NavItem;
  readonly themeForm?: ThemeForm;
  readonly crumbs?: BreadcrumbsProps['crumbs'];
  /** Full-width opening over the page's text. */
  readonly hero?: ComponentChildren;
  /** Addresses, licence, links. */
  readonly footer?: ComponentChildren;
  readonly children: ComponentChildren;
}

const OG_LOCALE: Record<Language, string> = { ky: 'ky_KG', ru: 'ru_KG', en: 'en_GB' };

function Sharing(props: PublicLayoutProps & { readonly language: Language }) {
  const { title, siteName, description, canonical, alternates, image, kind = 'website', published, language } = props;
  return (
    <>
      <meta name="description" content={description} />
      {props.noindex && <meta name="robots" content="noindex" />}
      <link rel="canonical" href={canonical} />
      {LANGUAGES.map(
        (other) => alternates[other] && <link key={other} rel="alternate" hreflang={other} href={alternates[other]} />,
      )}
      {alternates.ky && <link rel="alternate" hreflang="x-default" href={alternates.ky} />}
      {props.feed && (
        <link rel="alternate" type="application/atom+xml" href={props.feed.href} title={props.feed.title} />
      )}
      <meta property="og:type" content={kind} />
      <meta property="og:site_name" content={siteName} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={canonical} />
      <meta property="og:locale" content={OG_LOCALE[language]} />
      {LANGUAGES.map(
        (other) =>
          other !== language &&
          alternates[other] && <meta key={other} property="og:locale:alternate" content={OG_LOCALE[other]} />,
      )}
      {published && <meta property="article:published_time" content={published} />}
      {image && (
        <>
          <meta property="og:image" content={image.url} />
          <meta property="og:image:type" content="image/png" />
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
          <meta property="og:image:alt" content={image.alt} />
        </>
      )}
      <meta name="twitter:card" content={image ? 'summary_large_image' : 'summary'} />
      {props.jsonLd?.map((data, index) => (
        <JsonLd key={index} data={data} />
      ))}
    </>
  );
}

function NavList({ items }: { readonly items: readonly NavItem[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href} {...(item.current && { 'aria-current': 'page' as const })}>
            {item.label}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A public page: everything works without JavaScript. */
export function PublicLayout(props: PublicLayoutProps) {
  const { page, title, siteName, tagline, home, nav, signIn, themeForm, crumbs, hero, footer, alternates, children } =
    props;
  const { l } = page;
  return (
    <Document
      page={page}
      title={title === siteName ? title : `${title} · ${siteName}`}
      styles={['site.css']}
      bodyClass="public"
      head={<Sharing {...props} language={l.language} />}
    >
      <header class="top">
        <FeltBorder id="felt-top" size="thin" />
        <div class="wrap top-row">
          <a class="brand" href={home}>
            <FeltMark size={44} />
            <span>
              <strong>{siteName}</strong>
              {tagline && <small>{tagline}</small>}
            </span>
          </a>
          <LanguageSwitch l={l} links={alternates} />
        </div>
        <div class="wrap">
          <details class="nav-fold">
            <summary>
              <Icon name="menu" />
              {l.t('ui.menu')}
            </summary>
            <nav aria-label={l.t('ui.menu')}>
              <NavList items={nav} />
            </nav>
          </details>
          <nav class="nav-open" aria-label={l.t('ui.menu')}>
            <NavList items={nav} />
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {hero}
        <div class="wrap main">
          {crumbs && <Breadcrumbs l={l} crumbs={crumbs} />}
          {children}
        </div>
      </main>
      <footer class="bottom">
        <FeltBorder id="felt-bottom" />
        <div class="wrap bottom-row">
          <div class="bottom-text">{footer}</div>
          <div class="bottom-tools">
            {themeForm && <ThemeSwitch page={page} form={themeForm} />}
            {signIn && <a href={signIn.href}>{signIn.label}</a>}
          </div>
        </div>
      </footer>
    </Document>
  );
}

export interface HeroProps {
  readonly title: string;
  readonly kicker?: string;
  readonly lead?: ComponentChildren;
  readonly actions?: ComponentChildren;
}

/** The opening of a page, with a shyrdak medallion beside the words. */
export function Hero({ title, kicker, lead, actions }: HeroProps) {
  return (
    <div class="hero">
      <div class="wrap hero-row">
        <div class="hero-words">
          {kicker && <p class="kicker">{kicker}</p>}
          <h1>{title}</h1>
          {lead && <div class="lead">{lead}</div>}
          {actions && <div class="btn-row">{actions}</div>}
        </div>
        <FeltMedallion class="hero-felt" size={260} />
      </div>
    </div>
  );
}

export interface PageHeadProps {
  readonly title: ComponentChildren;
  readonly kicker?: ComponentChildren;
  readonly lead?: ComponentChildren;
  /** Chips or facts under the title. */
  readonly children?: ComponentChildren;
}

/** The heading of an inner public page. */
export function PageHead({ title, kicker, lead, children }: PageHeadProps) {
  return (
    <header class="page-head">
      {kicker && <p class="kicker">{kicker}</p>}
      <h1>{title}</h1>
      {lead && <div class="lead">{lead}</div>}
      {children && <div class="btn-row">{children}</div>}
    </header>
  );
}

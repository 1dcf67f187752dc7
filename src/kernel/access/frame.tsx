import type { ComponentChildren, VNode } from 'preact';
import { LANGUAGES } from '../../platform/i18n/index.ts';
import {
  type BreadcrumbsProps,
  type LanguageLinks,
  OfficeLayout,
  type OfficeNavItem,
  type PageContext,
  PlainLayout,
  PublicLayout,
  type PublicLayoutProps,
} from '../../ui/index.ts';
import type { Call, NavEntry } from './call.ts';

/** What the layouts need of a call. */
export function pageContext(call: Call): PageContext {
  return { l: call.l, asset: (name) => call.assets.url(name), ...(call.theme && { theme: call.theme }) };
}

/** The same page in the other languages. */
export function languageLinks(call: Call, absolute = false): LanguageLinks {
  const query =
    call.request.url.includes('?') && !absolute ? call.request.url.slice(call.request.url.indexOf('?')) : '';
  const path = call.path === '/' ? '' : call.path;
  return Object.fromEntries(
    LANGUAGES.map((language) => [language, `${absolute ? call.baseUrl : ''}/${language}${path}${query}`]),
  );
}

/** Every page lies below a home, so a home is open only itself. */
const HOMES: readonly string[] = ['/', '/office'];

/** The longest entry that this page lies below is the open one. */
function currentOf(entries: readonly NavEntry[], path: string): NavEntry | undefined {
  return entries
    .filter((entry) => path === entry.href || (!HOMES.includes(entry.href) && path.startsWith(`${entry.href}/`)))
    .sort((a, b) => b.href.length - a.href.length)[0];
}

export type OfficeFrame = {
  readonly title: string;
  readonly crumbs?: BreadcrumbsProps['crumbs'];
  readonly heading?: ComponentChildren;
  readonly subheading?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly scripts?: readonly string[];
  readonly styles?: readonly string[];
};

/** A page of the office around its content. Only for signed-in people. */
export function officePage(call: Call, frame: OfficeFrame, children: ComponentChildren): VNode {
  const { l, actor } = call;
  if (!actor) throw new Error('An office page was drawn for nobody');
  const entries = call.nav.filter((entry) => entry.place === 'office');
  const current = currentOf(entries, call.path);
  const item = (entry: NavEntry): OfficeNavItem => ({
    href: l.href(entry.href),
    label: l.t(entry.label),
    icon: entry.icon,
    ...(entry === current && { current: true }),
  });
  const groups = (['registers', 'results', 'settings'] as const)
    .map((group) => ({
      heading: l.t(`access.nav.${group}`),
      items: entries.filter((entry) => entry.group === group).map(item),
    }))
    .filter((group) => group.items.length > 0);
  return (
    <OfficeLayout
      page={pageContext(call)}
      spaceName={l.pick(call.space.name)}
      home={l.href('/office')}
      nav={[...entries.filter((entry) => !entry.group).map(item), ...groups]}
      languages={languageLinks(call)}
      who={{
        name: actor.name,
        role: actor.roles.map((role) => l.t(`access.role.${role}`)).join(', '),
        href: l.href('/office/account'),
        signOut: l.href('/sign-out'),
      }}
      {...(call.can('office.search') && { search: { action: l.href('/office/search') } })}
      {...(call.flash && {
        flash: { text: call.flash.text, ...(call.flash.undo && { undo: { action: call.flash.undo } }) },
      })}
      themeForm={{ action: l.href('/theme'), back: l.href(call.path) }}
      {...frame}
    >
      {children}
    </OfficeLayout>
  );
}

export type SiteFrame = Pick<PublicLayoutProps, 'title' | 'description'> &
  Partial<Pick<PublicLayoutProps, 'image' | 'kind' | 'published' | 'jsonLd' | 'crumbs' | 'hero' | 'noindex'>>;

/** A page of the public site around its content: works without a script, shares well, stands in three languages. */
export function sitePage(call: Call, frame: SiteFrame, children: ComponentChildren): VNode {
  const { l } = call;
  const entries = call.nav.filter((entry) => entry.place === 'site');
  const current = currentOf(entries, call.path);
  const absolute = languageLinks(call, true);
  return (
    <PublicLayout
      page={pageContext(call)}
      siteName={l.pick(call.space.name)}
      home={l.href('/')}
      canonical={absolute[l.language] ?? ''}
      alternates={absolute}
      nav={entries.map((entry) => ({
        href: l.href(entry.href),
        label: l.t(entry.label),
        ...(entry === current && { current: true }),
      }))}
      signIn={
        call.actor
          ? { href: l.href('/office'), label: l.t('access.office') }
          : { href: l.href('/sign-in'), label: l.t('access.signIn') }
      }
      themeForm={{ action: l.href('/theme'), back: l.href(call.path) }}
      feed={{ href: l.href('/news.atom'), title: `${l.pick(call.space.name)} – ${l.t('access.feed')}` }}
      footer={<p>{l.t('access.footer')}</p>}
      {...frame}
    >
      {children}
    </PublicLayout>
  );
}

/** One task on one sheet: signing in, an invitation, a problem. */
export function plainPage(
  call: Call,
  frame: { title: string; width?: 'narrow' | 'wide'; scripts?: readonly string[] },
  children: ComponentChildren,
): VNode {
  return (
    <PlainLayout
      page={pageContext(call)}
      siteName={call.l.pick(call.space.name) || 'Demilge'}
      languages={languageLinks(call)}
      home={call.l.href('/')}
      {...frame}
    >
      {children}
    </PlainLayout>
  );
}

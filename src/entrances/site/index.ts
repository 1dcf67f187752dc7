import type { Call, NavEntry, Page, Rules } from '../../kernel/access/index.ts';
import { projects } from '../../kernel/projects/index.ts';
import { articles, livePublications } from '../../kernel/publications/index.ts';
import { type Reply, text } from '../../platform/http/index.ts';
import { LANGUAGES } from '../../platform/i18n/index.ts';
import { notFound } from '../../platform/problem.ts';
import { figurePage, type SiteDeps } from './figure.tsx';
import { home } from './home.tsx';
import { articlePage, newsFeed, newsPage, shownArticle } from './news.tsx';
import { partnersPage } from './partners.tsx';
import { sharePicture } from './pictures.ts';
import { projectPage, projectsPage, publicProject } from './projects.tsx';

export { messages as siteMessages } from './messages/index.ts';

export const siteRules: Rules = { 'site.view': 'anyone' };

export const siteNav: readonly NavEntry[] = [
  { place: 'site', href: '/', label: 'site.nav.home', icon: 'home', action: 'site.view', order: 0 },
  { place: 'site', href: '/projects', label: 'site.nav.projects', icon: 'project', action: 'site.view', order: 10 },
  {
    place: 'site',
    href: '/partners',
    label: 'site.nav.partners',
    icon: 'organisation',
    action: 'site.view',
    order: 30,
  },
  { place: 'site', href: '/news', label: 'site.nav.news', icon: 'news', action: 'site.view', order: 40 },
];

/** Seconds that a public page may be kept ready; a change made here shows at once all the same. */
const READY = 20;
const show = (path: string, handle: Page['handle']): Page => ({
  method: 'GET',
  path,
  action: 'site.view',
  languages: 'paths',
  cacheSeconds: READY,
  handle,
});

/** The public site: readable without a script, in three languages, on a slow phone. */
export function sitePages(deps: SiteDeps): readonly Page[] {
  return [
    show('/', home),
    show('/projects', projectsPage),
    show('/projects/:slug', projectPage),
    show('/projects/:slug/figures/:code', (call) => figurePage(call, deps)),
    show('/partners', partnersPage),
    show('/news', newsPage),
    show('/news/:slug', articlePage),
    { method: 'GET', path: '/news.atom', action: 'site.view', languages: 'paths', handle: newsFeed },
    { method: 'GET', path: '/share/:language/:kind/:file', action: 'site.view', languages: 'none', handle: picture },
    {
      method: 'GET',
      path: '/sitemap.xml',
      action: 'site.view',
      languages: 'none',
      handle: (call) => sitemap(call, deps),
    },
    { method: 'GET', path: '/robots.txt', action: 'site.view', languages: 'none', handle: robots },
  ];
}

/** The words on the picture of a shared link: the title of the page that it leads to. */
async function titleOf(call: Call): Promise<string> {
  const { l } = call;
  if (call.params.kind === 'project') return l.pick((await publicProject(call)).title);
  if (call.params.kind === 'news') return l.pick((await shownArticle(call)).title);
  const pages: Readonly<Record<string, string>> = {
    projects: 'site.nav.projects',
    news: 'site.nav.news',
    partners: 'site.nav.partners',
  };
  const slug = call.params.slug ?? '';
  const key = Object.hasOwn(pages, slug) ? pages[slug] : undefined;
  if (call.params.kind !== 'page' || (!key && slug !== 'home')) throw notFound('share');
  return key ? l.t(key) : l.pick(call.space.profile.about) || l.pick(call.space.name);
}

async function picture(call: Call): Promise<Reply> {
  const language = LANGUAGES.find((one) => one === call.params.language);
  const slug = /^([\w-]{1,120})\.png$/.exec(call.params.file ?? '')?.[1];
  if (!language || !slug) throw notFound('share');
  const there: Call = { ...call, l: call.locales[language], params: { ...call.params, slug } };
  const png = await sharePicture({ title: await titleOf(there), space: there.l.pick(call.space.name) });
  return text(png, 'image/png', { 'cache-control': 'public, max-age=86400' });
}

/** Everything that the menus lead to, and what the kinds have published. */
async function sitemap(call: Call, { kinds }: SiteDeps): Promise<Reply> {
  const places = kinds.flatMap((kind) => Object.entries(kind.publications ?? {}));
  const [all, news, more] = await Promise.all([
    projects(call.sql, call.space.id, { public: true }),
    articles(call.sql, call.space.id, { kind: 'news', published: true, limit: 500 }),
    Promise.all(
      places.map(async ([kind, address]) =>
        (await livePublications(call.sql, call.space.id, kind)).map((one) => address(one.slug)),
      ),
    ),
  ]);
  const paths = [
    ...call.nav.filter((entry) => entry.place === 'site').map((entry) => (entry.href === '/' ? '' : entry.href)),
    ...all.map((one) => `/projects/${one.slug}`),
    ...news.rows.map((one) => `/news/${one.slug}`),
    ...more.flat(),
  ];
  const urls = paths.flatMap((path) =>
    LANGUAGES.map((language) => {
      const alternates = LANGUAGES.map(
        (other) => `<xhtml:link rel="alternate" hreflang="${other}" href="${call.baseUrl}/${other}${path}"/>`,
      ).join('');
      return `<url><loc>${call.baseUrl}/${language}${path}</loc>${alternates}</url>`;
    }),
  );
  const xml = `<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${urls.join('')}</urlset>`;
  return text(xml, 'application/xml; charset=utf-8', { 'cache-control': 'public, max-age=3600' });
}

async function robots(call: Call): Promise<Reply> {
  const closed = LANGUAGES.map((language) => `Disallow: /${language}/office`).join('\n');
  return text(
    `User-agent: *\n${closed}\nDisallow: /field/\nDisallow: /or/\nDisallow: /api/\nSitemap: ${call.baseUrl}/sitemap.xml\n`,
    'text/plain; charset=utf-8',
  );
}

import { type Call, sitePage } from '../../kernel/access/index.ts';
import { type Article, article, articles } from '../../kernel/publications/index.ts';
import { page, type Reply, text } from '../../platform/http/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { Card, CardGrid, EmptyState, PageHead, Pagination } from '../../ui/index.ts';
import { Paragraphs, pictureOf } from './parts.tsx';

export async function newsPage(call: Call): Promise<Reply> {
  const { l } = call;
  const cursor = typeof call.query.after === 'string' ? call.query.after.slice(0, 200) : null;
  const { rows, next } = await articles(call.sql, call.space.id, { kind: 'news', published: true, cursor });
  return page(
    sitePage(
      call,
      {
        title: l.t('site.nav.news'),
        description: l.t('site.news.lead'),
        image: pictureOf(call, 'page', 'news', l.t('site.nav.news')),
        ...(cursor && { noindex: true }),
      },
      <>
        <PageHead title={l.t('site.nav.news')} lead={<p>{l.t('site.news.lead')}</p>} />
        {rows.length === 0 ? (
          <EmptyState title={l.t('site.news.none')} icon="news">
            {l.t('site.news.noneMore')}
          </EmptyState>
        ) : (
          <CardGrid>
            {rows.map((item) => (
              <Card
                key={item.id}
                level={2}
                title={l.pick(item.title)}
                href={l.href(`/news/${item.slug}`)}
                {...(item.happenedOn && { kicker: l.date(item.happenedOn) })}
              >
                {l.pick(item.summary)}
              </Card>
            ))}
          </CardGrid>
        )}
        <Pagination
          l={l}
          {...(next && { next: `${l.href('/news')}?after=${encodeURIComponent(next)}` })}
          {...(cursor && { first: l.href('/news') })}
        />
      </>,
    ),
  );
}

/** A news item that is shown. @throws Problem 404; 410 for one that was taken back */
export async function shownArticle(call: Call): Promise<Article> {
  const slug = call.params.slug ?? '';
  const found = await article(call.sql, call.space.id, 'news', slug);
  if (!found?.publishedAt || found.slug !== slug) throw notFound(slug.slice(0, 80));
  if (found.withdrawnAt) throw new Problem(410, 'platform.gone');
  return found;
}

export async function articlePage(call: Call): Promise<Reply> {
  const { l } = call;
  const found = await shownArticle(call);
  const title = l.pick(found.title);
  return page(
    sitePage(
      call,
      {
        title,
        description: l.pick(found.summary) || title,
        kind: 'article',
        ...(found.publishedAt && { published: found.publishedAt.toISOString() }),
        image: pictureOf(call, 'news', found.slug, title),
        crumbs: [{ label: l.t('site.nav.news'), href: l.href('/news') }, { label: title }],
        jsonLd: [
          {
            '@context': 'https://schema.org',
            '@type': 'NewsArticle',
            headline: title,
            datePublished: found.publishedAt?.toISOString(),
            inLanguage: l.pickLanguage(found.body),
            publisher: { '@type': 'NGO', name: l.pick(call.space.name) },
          },
        ],
      },
      <>
        <PageHead title={title} {...(found.happenedOn && { kicker: l.date(found.happenedOn) })} />
        <div class="prose" lang={l.pickLanguage(found.body)}>
          <Paragraphs text={l.pick(found.body)} />
        </div>
      </>,
    ),
  );
}

const escapeXml = (value: string): string =>
  value.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;');

/** RFC 4287. */
export async function newsFeed(call: Call): Promise<Reply> {
  const { l } = call;
  const { rows } = await articles(call.sql, call.space.id, { kind: 'news', published: true, limit: 30 });
  const self = `${call.baseUrl}${l.href('/news.atom')}`;
  const entries = rows.map((item) => {
    const link = `${call.baseUrl}${l.href(`/news/${item.slug}`)}`;
    return `<entry><title>${escapeXml(l.pick(item.title))}</title><link href="${escapeXml(link)}"/><id>urn:uuid:${item.id}</id><updated>${item.changedAt.toISOString()}</updated>${
      item.publishedAt ? `<published>${item.publishedAt.toISOString()}</published>` : ''
    }<summary>${escapeXml(l.pick(item.summary))}</summary></entry>`;
  });
  const updated =
    rows
      .map((item) => item.changedAt.toISOString())
      .sort()
      .at(-1) ?? '1970-01-01T00:00:00Z';
  const name = escapeXml(l.pick(call.space.name));
  const feed = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${l.language}"><title>${name}</title><id>urn:uuid:${call.space.id}</id><link rel="self" href="${escapeXml(self)}"/><link href="${escapeXml(call.baseUrl + l.href('/'))}"/><updated>${updated}</updated><author><name>${name}</name></author>${entries.join('')}</feed>`;
  return text(feed, 'application/atom+xml; charset=utf-8', { 'cache-control': 'public, max-age=300' });
}

import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import { slug, type Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import type { By } from '../subjects/index.ts';
import {
  type Article,
  type ArticleKind,
  article,
  articlePage,
  articleSlugs,
  insertArticle,
  setArticlePublished,
  setArticleWithdrawn,
  updateArticle,
} from './queries.ts';

export type ArticleGiven = {
  readonly kind: ArticleKind;
  /** Made from the title unless given. */
  readonly slug?: string;
  readonly title: Text3;
  readonly summary?: Text3;
  readonly body: Text3;
  readonly happenedOn?: string | null;
};

/** Writes a draft. @returns its id @throws Problem 422 publications.noTitle */
export async function writeArticle(db: Db, by: By, given: ArticleGiven): Promise<string> {
  demandTitle(given.title);
  const id = uuidv7();
  return await transaction(db, async (tx) => {
    const base = slug(given.slug ?? given.title.en ?? given.title.ru ?? given.title.ky ?? '');
    const taken = await articleSlugs(tx, by.spaceId, given.kind, base);
    let free = base;
    for (let n = 2; taken.includes(free); n++) free = `${base}-${n}`;
    await insertArticle(
      tx,
      by.spaceId,
      {
        id,
        kind: given.kind,
        slug: free,
        title: given.title,
        summary: given.summary ?? {},
        body: given.body,
        happenedOn: given.happenedOn ?? null,
      },
      by.accountId,
    );
    await line(tx, by, 'article.write', id);
    return id;
  });
}

/** Changes what is given of an article, draft or shown; its address stays. @throws Problem 404; 422 publications.noTitle */
export async function editArticle(
  db: Db,
  by: By,
  given: { kind: ArticleKind; id: string } & Partial<Omit<ArticleGiven, 'kind' | 'slug'>>,
): Promise<void> {
  if (given.title) demandTitle(given.title);
  await withArticle(db, by, given, 'article.edit', async (tx, before) => {
    await updateArticle(tx, by.spaceId, {
      id: before.id,
      title: given.title ?? before.title,
      summary: given.summary ?? before.summary,
      body: given.body ?? before.body,
      happenedOn: given.happenedOn === undefined ? before.happenedOn : given.happenedOn,
    });
  });
}

/** Shows an article on the site, also one that was taken off. @throws Problem 404 */
export async function publishArticle(db: Db, by: By, given: { kind: ArticleKind; id: string }): Promise<void> {
  await withArticle(db, by, given, 'article.publish', (tx, before) =>
    setArticlePublished(tx, by.spaceId, before.id, by.accountId),
  );
}

/** Takes an article off the site; it stays in the office. @throws Problem 404; 409 publications.notShown */
export async function withdrawArticle(db: Db, by: By, given: { kind: ArticleKind; id: string }): Promise<void> {
  await withArticle(db, by, given, 'article.withdraw', async (tx, before) => {
    if (!before.publishedAt || before.withdrawnAt) throw new Problem(409, 'publications.notShown');
    await setArticleWithdrawn(tx, by.spaceId, before.id);
  });
}

/** One page of articles, the latest happening first. @returns the rows and the cursor of the next page or null */
export async function articles(
  db: Db,
  spaceId: string,
  filter: { kind: ArticleKind; published: boolean; cursor?: string | null; limit?: number },
): Promise<{ rows: readonly Article[]; next: string | null }> {
  const limit = filter.limit ?? 20;
  const rows = await articlePage(db, spaceId, {
    kind: filter.kind,
    published: filter.published,
    after: readCursor(filter.cursor),
    limit: limit + 1,
  });
  const last = rows[limit - 1];
  const next = rows.length > limit && last ? `${last.happenedOn ?? '-infinity'}_${last.id}` : null;
  return { rows: rows.slice(0, limit), next };
}

function readCursor(cursor: string | null | undefined): { day: string; id: string } | null {
  if (!cursor) return null;
  const [, day = '', id = ''] =
    /^(-infinity|\d{4}-\d\d-\d\d)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? [];
  if (!id || (day !== '-infinity' && !isDay(day))) throw new Problem(422, 'platform.input.wrong');
  return { day, id };
}

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function demandTitle(title: Text3): void {
  if (!Object.values(title).some((text) => text?.trim()))
    throw new Problem(422, 'publications.noTitle', {}, [{ at: 'title', key: 'publications.noTitle' }]);
}

async function withArticle(
  db: Db,
  by: By,
  { kind, id }: { kind: ArticleKind; id: string },
  action: string,
  work: (tx: Db, before: Article) => Promise<void>,
): Promise<void> {
  await transaction(db, async (tx) => {
    const before = await article(tx, by.spaceId, kind, id);
    if (!before) throw notFound(id);
    await work(tx, before);
    await line(tx, by, action, before.id);
  });
}

async function line(tx: Db, by: By, action: string, id: string): Promise<void> {
  await audit(tx, { spaceId: by.spaceId, actorId: by.accountId, action, thingKind: 'article', thingId: id });
}

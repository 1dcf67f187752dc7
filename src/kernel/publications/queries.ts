import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';

/** A record version, file or figure that a publication shows, and the digest it had then. */
export type ManifestEntry = {
  readonly kind: 'record' | 'file' | 'figure' | 'subject' | 'source';
  readonly id: string;
  readonly digest?: string;
};

export type Publication = {
  id: string;
  /** What it is: 'oversight.scorecard'. */
  kind: string;
  slug: string;
  /** What it is about. */
  thingId: string | null;
  title: Text3;
  /** All that its pages show, frozen. */
  content: Record<string, unknown>;
  manifest: ManifestEntry[];
  /** SHA-256 of title, content and manifest as canonical JSON. */
  digest: string;
  publishedAt: Date;
  publishedBy: string | null;
  supersededAt: Date | null;
  withdrawnAt: Date | null;
  withdrawnReason: string | null;
};

const COLUMNS = `id, kind, slug, thing_id as "thingId", title, content, manifest, digest, published_at as "publishedAt",
  published_by as "publishedBy", superseded_at as "supersededAt", withdrawn_at as "withdrawnAt",
  withdrawn_reason as "withdrawnReason"`;

export async function insertPublication(
  tx: Db,
  spaceId: string,
  row: Pick<
    Publication,
    'id' | 'kind' | 'slug' | 'thingId' | 'title' | 'content' | 'manifest' | 'digest' | 'publishedBy' | 'publishedAt'
  >,
): Promise<void> {
  await tx`insert into publication (space_id, id, kind, slug, thing_id, title, content, manifest, digest, published_by, published_at)
    values (${spaceId}, ${row.id}, ${row.kind}, ${row.slug}, ${row.thingId}, ${tx.json(row.title)},
      ${tx.json(row.content as never)}, ${tx.json(row.manifest as never)}, ${row.digest}, ${row.publishedBy}, ${row.publishedAt})`;
}

/** The latest publication at an address, live or withdrawn. A withdrawn one has no content left. */
export async function latestAt(db: Db, spaceId: string, kind: string, slug: string): Promise<Publication | null> {
  const [row] = await db<Publication[]>`select ${db.unsafe(COLUMNS)} from publication
    where space_id = ${spaceId} and kind = ${kind} and slug = ${slug} order by published_at desc, id desc limit 1`;
  return row ?? null;
}

export async function publicationById(db: Db, spaceId: string, id: string): Promise<Publication | null> {
  const [row] = await db<
    Publication[]
  >`select ${db.unsafe(COLUMNS)} from publication where space_id = ${spaceId} and id = ${id}`;
  return row ?? null;
}

/** Every publication about a thing, the latest first. */
export async function publicationsOf(db: Db, spaceId: string, thingId: string): Promise<Publication[]> {
  return await db<Publication[]>`select ${db.unsafe(COLUMNS)} from publication
    where space_id = ${spaceId} and thing_id = ${thingId} order by published_at desc, id desc`;
}

/** What is live of a kind, the latest first. */
export async function livePublications(db: Db, spaceId: string, kind: string): Promise<Publication[]> {
  return await db<Publication[]>`select ${db.unsafe(COLUMNS)} from publication
    where space_id = ${spaceId} and kind = ${kind} and superseded_at is null and withdrawn_at is null
    order by published_at desc, id desc`;
}

/** Live publications whose manifest names one of the things: what shows a record, and what a withdrawn consent must reach. */
export async function publicationsShowing(
  db: Db,
  spaceId: string,
  entryIds: readonly string[],
): Promise<Publication[]> {
  return await db<Publication[]>`select distinct on (published_at, id) ${db.unsafe(COLUMNS)} from (
      select p.* from unnest(${entryIds as string[]}::text[]) as entry(wanted) join publication p
        on p.space_id = ${spaceId} and p.manifest @> jsonb_build_array(jsonb_build_object('id', entry.wanted))
        and p.superseded_at is null and p.withdrawn_at is null) as publication
    order by published_at desc, id desc`;
}

export async function supersedeLive(tx: Db, spaceId: string, kind: string, slug: string): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`update publication set superseded_at = now()
    where space_id = ${spaceId} and kind = ${kind} and slug = ${slug} and superseded_at is null and withdrawn_at is null
    returning id`;
  return row?.id ?? null;
}

/** Every version at the address becomes a tombstone: title, digest and dates stay, the content goes. */
export async function entomb(
  tx: Db,
  spaceId: string,
  row: { kind: string; slug: string; by: string | null; reason: string },
): Promise<void> {
  await tx`update publication set withdrawn_at = coalesce(withdrawn_at, now()), withdrawn_by = coalesce(withdrawn_by, ${row.by}),
      withdrawn_reason = coalesce(withdrawn_reason, ${row.reason}), content = '{}'
    where space_id = ${spaceId} and kind = ${row.kind} and slug = ${row.slug}`;
}

export type ArticleKind = 'news' | 'page';
export type Article = {
  id: string;
  kind: ArticleKind;
  slug: string;
  title: Text3;
  summary: Text3;
  /** Plain paragraphs, parted by an empty line. */
  body: Text3;
  happenedOn: string | null;
  /** Null for a draft. */
  publishedAt: Date | null;
  withdrawnAt: Date | null;
  changedAt: Date;
};

const ARTICLE = `id, kind, slug, title, summary, body, happened_on as "happenedOn", published_at as "publishedAt",
  withdrawn_at as "withdrawnAt", changed_at as "changedAt"`;

export async function insertArticle(
  tx: Db,
  spaceId: string,
  row: Pick<Article, 'id' | 'kind' | 'slug' | 'title' | 'summary' | 'body' | 'happenedOn'>,
  by: string | null,
): Promise<void> {
  await tx`insert into article (space_id, id, kind, slug, title, summary, body, happened_on, created_by)
    values (${spaceId}, ${row.id}, ${row.kind}, ${row.slug}, ${tx.json(row.title)}, ${tx.json(row.summary)},
      ${tx.json(row.body)}, ${row.happenedOn}, ${by})`;
}

export async function updateArticle(
  tx: Db,
  spaceId: string,
  row: Pick<Article, 'id' | 'title' | 'summary' | 'body' | 'happenedOn'>,
): Promise<void> {
  await tx`update article set title = ${tx.json(row.title)}, summary = ${tx.json(row.summary)}, body = ${tx.json(row.body)},
      happened_on = ${row.happenedOn}, changed_at = now()
    where space_id = ${spaceId} and id = ${row.id}`;
}

export async function setArticlePublished(tx: Db, spaceId: string, id: string, by: string | null): Promise<void> {
  await tx`update article set published_at = coalesce(published_at, now()), published_by = coalesce(published_by, ${by}),
    withdrawn_at = null, changed_at = now() where space_id = ${spaceId} and id = ${id}`;
}

export async function setArticleWithdrawn(tx: Db, spaceId: string, id: string): Promise<void> {
  await tx`update article set withdrawn_at = now(), changed_at = now() where space_id = ${spaceId} and id = ${id}`;
}

export async function articleSlugs(db: Db, spaceId: string, kind: ArticleKind, slug: string): Promise<string[]> {
  const rows = await db<{ slug: string }[]>`select slug from article
    where space_id = ${spaceId} and kind = ${kind} and starts_with(slug, ${slug})`;
  return rows.map((row) => row.slug);
}

/** By id or, within its kind, by slug. */
export async function article(db: Db, spaceId: string, kind: ArticleKind, idOrSlug: string): Promise<Article | null> {
  const [row] = await db<Article[]>`select ${db.unsafe(ARTICLE)} from article
    where space_id = ${spaceId} and kind = ${kind} and (slug = ${idOrSlug} or id::text = ${idOrSlug}) limit 1`;
  return row ?? null;
}

/** One page of articles, the latest happening first; `after` is the last row of the page before. */
export async function articlePage(
  db: Db,
  spaceId: string,
  filter: { kind: ArticleKind; published: boolean; after: { day: string; id: string } | null; limit: number },
): Promise<Article[]> {
  const { after } = filter;
  return await db<
    Article[]
  >`select ${db.unsafe(ARTICLE)} from article where space_id = ${spaceId} and kind = ${filter.kind}
    ${filter.published ? db`and published_at is not null and withdrawn_at is null` : db``}
    ${after ? db`and (coalesce(happened_on, '-infinity'), id) < (${after.day}::date, ${after.id}::uuid)` : db``}
    order by coalesce(happened_on, '-infinity') desc, id desc limit ${filter.limit}`;
}

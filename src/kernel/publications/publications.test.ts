import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { auditOf } from '../../platform/audit/index.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import {
  article,
  articles,
  digestOf,
  editArticle,
  livePublications,
  publicationAt,
  publicationById,
  publicationsShowing,
  publish,
  publishArticle,
  withdraw,
  withdrawArticle,
  writeArticle,
} from './index.ts';

let database: TestDatabase;
let by: { spaceId: string; accountId: string };
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  by = { spaceId: uuidv7(), accountId: uuidv7() };
});

describe('a score card', () => {
  const visit = uuidv7();
  const photo = uuidv7();
  const card = (score: number) => ({
    kind: 'oversight.scorecard',
    slug: 'pokrovka',
    title: { ky: 'Покровка ҮДТ' },
    content: { score },
    manifest: [
      { kind: 'record' as const, id: visit, digest: 'aa' },
      { kind: 'file' as const, id: photo },
    ],
  });
  const at = () => publicationAt(database.sql, by.spaceId, 'oversight.scorecard', 'pokrovka');

  test('is frozen with its digest; published again it supersedes, published unchanged it stays', async () => {
    const first = await publish(database.sql, by, card(0.6));
    expect(first.digest).toBe(digestOf(card(0.6)));
    expect(await publish(database.sql, by, card(0.6))).toEqual(first);
    const second = await publish(database.sql, by, card(0.7));
    const found = await at();
    expect(found?.state === 'live' && found.publication).toMatchObject({
      id: second.id,
      content: { score: 0.7 },
      digest: second.digest,
    });
    const old = await publicationById(database.sql, by.spaceId, first.id);
    expect([old?.content, old?.supersededAt instanceof Date]).toEqual([{ score: 0.6 }, true]);
    expect((await livePublications(database.sql, by.spaceId, 'oversight.scorecard')).map((one) => one.id)).toEqual([
      second.id,
    ]);
  });

  test('is found by the photo that it shows, and after withdrawal leaves a tombstone without content in every version', async () => {
    const first = await publish(database.sql, by, card(0.6));
    const { id } = await publish(database.sql, by, card(0.7));
    expect((await publicationsShowing(database.sql, by.spaceId, [photo])).map((one) => one.id)).toEqual([id]);
    await withdraw(database.sql, by, { publicationId: id, reason: 'Макулдук кайтарылды' });
    expect(await at()).toMatchObject({
      state: 'withdrawn',
      title: { ky: 'Покровка ҮДТ' },
      reason: 'Макулдук кайтарылды',
    });
    expect((await publicationById(database.sql, by.spaceId, first.id))?.content).toEqual({});
    expect(await publicationsShowing(database.sql, by.spaceId, [photo])).toEqual([]);
    await expect(publish(database.sql, by, card(0.8))).rejects.toMatchObject({ status: 410 });
    await expect(withdraw(database.sql, by, { publicationId: id, reason: 'дагы' })).rejects.toMatchObject({
      key: 'publications.withdrawnAlready',
    });
    expect((await auditOf(database.sql, by.spaceId, id)).map((line) => line.action)).toEqual([
      'publication.withdraw',
      'publication.publish',
    ]);
  });

  test('is not withdrawn without a reason, nor by another association', async () => {
    const { id } = await publish(database.sql, by, card(0.6));
    await expect(withdraw(database.sql, by, { publicationId: id, reason: ' ' })).rejects.toMatchObject({
      key: 'publications.noReason',
    });
    await expect(
      withdraw(database.sql, { ...by, spaceId: uuidv7() }, { publicationId: id, reason: 'x' }),
    ).rejects.toMatchObject({ status: 404 });
    expect((await at())?.state).toBe('live');
  });

  test('two who publish at once leave one live card', async () => {
    const done = await Promise.allSettled([0.1, 0.2, 0.3].map((score) => publish(database.sql, by, card(score))));
    expect(done.some((one) => one.status === 'fulfilled')).toBe(true);
    for (const one of done)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ key: 'publications.meanwhile' });
    expect((await livePublications(database.sql, by.spaceId, 'oversight.scorecard')).length).toBe(1);
  });
});

describe('news', () => {
  test('is a draft until it is shown, and can be taken off and shown again', async () => {
    const id = await writeArticle(database.sql, by, {
      kind: 'news',
      title: { ky: 'Жаңы окуу' },
      body: { ky: 'Окуу башталды.' },
      happenedOn: '2016-04-01',
    });
    const shown = async () =>
      (await articles(database.sql, by.spaceId, { kind: 'news', published: true })).rows.map((one) => one.slug);
    expect(await shown()).toEqual([]);
    await publishArticle(database.sql, by, { kind: 'news', id });
    expect(await shown()).toEqual(['jangy-okuu']);
    await editArticle(database.sql, by, { kind: 'news', id, title: { ky: 'Окуу' } });
    expect(await article(database.sql, by.spaceId, 'news', 'jangy-okuu')).toMatchObject({
      title: { ky: 'Окуу' },
      body: { ky: 'Окуу башталды.' },
    });
    await withdrawArticle(database.sql, by, { kind: 'news', id });
    expect(await shown()).toEqual([]);
    await expect(withdrawArticle(database.sql, by, { kind: 'news', id })).rejects.toMatchObject({
      key: 'publications.notShown',
    });
    await publishArticle(database.sql, by, { kind: 'news', id });
    expect(await shown()).toEqual(['jangy-okuu']);
  });

  test('is read page by page, the latest first, with undated drafts last', async () => {
    for (const day of ['2016-01-01', null, '2016-03-01', '2016-02-01'])
      await writeArticle(database.sql, by, { kind: 'news', title: { en: 'News' }, body: {}, happenedOn: day });
    const seen: (string | null)[][] = [];
    let cursor: string | null = null;
    do {
      const page = await articles(database.sql, by.spaceId, { kind: 'news', published: false, limit: 3, cursor });
      seen.push(page.rows.map((row) => row.happenedOn));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual([['2016-03-01', '2016-02-01', '2016-01-01'], [null]]);
    await expect(
      articles(database.sql, by.spaceId, {
        kind: 'news',
        published: true,
        cursor: '2016-02-31_0194f000-0000-7000-8000-000000000000',
      }),
    ).rejects.toMatchObject({ status: 422 });
    expect((await articles(database.sql, uuidv7(), { kind: 'news', published: false })).rows).toEqual([]);
  });
});

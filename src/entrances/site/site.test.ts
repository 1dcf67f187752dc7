import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../test/support/app.ts';
import { addProject } from '../../kernel/projects/index.ts';
import { publishArticle, writeArticle } from '../../kernel/publications/index.ts';
import { addSubject } from '../../kernel/subjects/index.ts';

let app: TestApp;
let news: string;

beforeAll(async () => {
  app = await testApp();
  const by = { spaceId: app.space.id, accountId: null } as const;
  const funder = await addSubject(app.sql, by, {
    kind: 'organisation',
    type: 'funder',
    name: { ky: 'Канада фонду', ru: 'Канадский фонд', en: 'Canada Fund' },
  });
  const given = {
    precision: 'month' as const,
    startsOn: '2011-07-01',
    endsOn: '2011-12-31',
    parties: [{ organisationId: funder, role: 'funder' as const }],
  };
  await addProject(app.sql, by, {
    code: 'P4',
    slug: 'citizen',
    title: { ky: 'Мен – өз өлкөмдүн жаранымын', ru: 'Я – гражданин своей страны', en: 'I am a citizen of my country' },
    ...given,
  });
  await addProject(app.sql, by, {
    code: 'P0',
    slug: 'draft',
    title: { ky: 'Азырынча жашыруун' },
    ...given,
    public: false,
  });
  news = await writeArticle(app.sql, by, {
    kind: 'news',
    slug: 'festival',
    title: { ky: 'Достук фестивалы', ru: 'Фестиваль дружбы', en: 'Festival of Friendship' },
    body: { ky: 'Диаспоралар келди.\n\nКалк көп болду.' },
    happenedOn: '2011-12-10',
  });
  await publishArticle(app.sql, by, { kind: 'news', id: news });
});
afterAll(() => app.close());

describe('the public site', () => {
  test.each(['ky', 'ru', 'en'] as const)(
    'stands in %s without a script, with its address in the other languages',
    async (language) => {
      for (const path of ['', '/projects', '/projects/citizen', '/partners', '/news', '/news/festival']) {
        const answer = await app.ask(`/${language}${path}`);
        expect([path, answer.statusCode]).toEqual([path, 200]);
        expect(answer.body).toContain(`<html lang="${language}"`);
        expect(answer.body).not.toMatch(/<script(?! type="application\/ld\+json")/);
        for (const other of ['ky', 'ru', 'en'])
          expect(answer.body).toContain(`hreflang="${other}" href="http://localhost/${other}${path}"`);
      }
    },
  );

  test('keeps a project that is not public to the office', async () => {
    expect((await app.ask('/ky/projects/draft')).statusCode).toBe(404);
    expect((await app.ask('/ky/projects')).body).not.toContain('Азырынча жашыруун');
    expect((await app.ask('/sitemap.xml')).body).not.toContain('draft');
  });

  test('answers an unchanged page with 304, and a changed one anew', async () => {
    const first = await app.ask('/ky/news');
    expect(first.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    const again = await app.ask({ url: '/ky/news', headers: { 'if-none-match': String(first.headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  test('packs pages for a slow line', async () => {
    const plain = await app.ask('/ky');
    for (const encoding of ['br', 'gzip']) {
      const packed = await app.ask({ url: '/ky', headers: { 'accept-encoding': encoding } });
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(packed.rawPayload.byteLength).toBeLessThan(plain.rawPayload.byteLength / 2);
    }
  });

  test('a link that is shared has a picture with its own title', async () => {
    const page = (await app.ask('/ru/projects/citizen')).body;
    const picture = /property="og:image" content="([^"]+)"/.exec(page)?.[1];
    expect(picture).toBe('http://localhost/share/ru/project/citizen.png');
    const answer = await app.ask(new URL(picture!).pathname);
    expect([answer.statusCode, answer.headers['content-type'], answer.rawPayload.subarray(1, 4).toString()]).toEqual([
      200,
      'image/png',
      'PNG',
    ]);
    expect((await app.ask('/share/ru/project/draft.png')).statusCode).toBe(404);
  });

  test('the feed and the sitemap name every page that is shown', async () => {
    const feed = await app.ask('/ru/news.atom');
    expect([feed.statusCode, feed.headers['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    expect(feed.body.match(/<entry>/g)?.length).toBe(1);
    expect(feed.body).toContain('<title>Фестиваль дружбы</title><link href="http://localhost/ru/news/festival"/>');
    expect((await app.ask('/sitemap.xml')).body.match(/<loc>/g)?.length).toBe(21);
    expect((await app.ask('/robots.txt')).body).toContain('Disallow: /ky/office');
  });

  test('a news item that the office takes back answers 410 at once, in the reader’s language', async () => {
    const coordinator = await app.person('Айзада', ['coordinator']);
    expect((await coordinator.post(`/ky/office/news/${news}/withdraw`, {})).statusCode).toBe(303);
    const gone = await app.ask('/ru/news/festival');
    expect(gone.statusCode).toBe(410);
    expect(gone.body).toContain('Эта страница снята.');
  });
});

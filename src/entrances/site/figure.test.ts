import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../test/support/app.ts';
import { projects } from '../../kernel/projects/index.ts';
import { livePublications, withdraw } from '../../kernel/publications/index.ts';

let app: TestApp;
let by: { spaceId: string; accountId: null };
beforeAll(async () => {
  app = await testApp({ story: true });
  by = { spaceId: app.space.id, accountId: null };
}, 120_000);
afterAll(() => app.close());

const VISITED = '/projects/primary-care-oversight/figures/facilities-visited';
/** Where the rows of the page lead, in the language. */
const cardsOn = (html: string): string[] =>
  [...html.matchAll(/href="\/ky(\/oversight\/facilities\/[^"]+)"/g)].map((match) => match[1]!).sort();
const cards = async (): Promise<string[]> =>
  (await livePublications(app.sql, by.spaceId, 'oversight.card'))
    .map((one) => `/oversight/facilities/${one.slug}`)
    .sort();

describe('a figure in public', () => {
  test.each(['ky', 'ru', 'en'] as const)(
    'opens from each project page, in %s and without a script',
    async (language) => {
      let opened = 0;
      for (const { slug } of await projects(app.sql, by.spaceId, { public: true })) {
        const project = (await app.ask(`/${language}/projects/${slug}`)).body;
        for (const [, address] of project.matchAll(
          new RegExp(`href="(/${language}/projects/${slug}/figures/[^"]+)"`, 'g'),
        )) {
          const answer = await app.ask(address!);
          opened++;
          expect([address, answer.statusCode]).toEqual([address, 200]);
          expect(answer.body).not.toMatch(/<script(?! type="application\/ld\+json")/);
        }
      }
      expect(opened).toBeGreaterThan(5);
    },
  );

  test('leads to the score card of every visit that it counts', async () => {
    expect(cardsOn((await app.ask(`/ky${VISITED}`)).body)).toEqual(await cards());
  });

  test('names nobody who sent a record or was met', async () => {
    const people = await app.sql<{ name: string }[]>`select distinct jsonb_each_text.value as name
      from subject s join subject_name n on n.space_id = s.space_id and n.subject_id = s.id, jsonb_each_text(n.name)
      where s.space_id = ${by.spaceId} and s.kind = 'person'`;
    const page = (await app.ask('/ky/projects/primary-care-oversight/figures/interviews')).body;
    expect(people.length).toBeGreaterThan(20);
    expect(people.filter(({ name }) => page.includes(name))).toEqual([]);
  });

  test('keeps the row of a visit whose card was taken back, without its name and address', async () => {
    const [one] = await livePublications(app.sql, by.spaceId, 'oversight.card');
    const rows = (html: string): number => html.match(/<tr>/g)?.length ?? 0;
    const before = (await app.ask(`/ky${VISITED}`)).body;
    await withdraw(app.sql, by, { publicationId: one!.id, reason: 'Ката кеткен' });
    const after = (await app.ask(`/ky${VISITED}?page=0`)).body;
    expect(rows(before)).toBeGreaterThan(20);
    expect(rows(after)).toBe(rows(before));
    expect(cardsOn(after)).toEqual(await cards());
    expect(cardsOn(before).filter((address) => !cardsOn(after).includes(address))).toEqual([
      `/oversight/facilities/${one!.slug}`,
    ]);
  });

  test.each([
    ['a figure that the project does not have', '/projects/primary-care-oversight/figures/no-such'],
    ['a project that there is not', '/projects/no-such/figures/facilities-visited'],
    ['a figure of another project', '/projects/peaceful-future/figures/facilities-visited'],
    ['a page after the last', `${VISITED}?page=7`],
  ])('answers 404 for %s', async (_, path) => {
    expect((await app.ask(`/ky${path}`)).statusCode).toBe(404);
  });

  test.each(['-1', 'NaN', 'бир', '', '0&page=1'])('takes the page «%s» for the first', async (page) => {
    expect((await app.ask(`/ky${VISITED}?page=${encodeURIComponent(page)}`)).statusCode).toBe(200);
  });

  test('and every score card stands in the sitemap, with all that the menu leads to', async () => {
    const listed = [...(await app.ask('/sitemap.xml')).body.matchAll(/<loc>http:\/\/localhost\/ky([^<]*)<\/loc>/g)].map(
      (match) => match[1]!,
    );
    expect(listed.filter((path) => path.startsWith('/oversight/')).sort()).toEqual(await cards());
    expect(listed.filter((path) => /^(\/[a-z]+)?$/.test(path)).sort()).toEqual([
      '',
      '/news',
      '/oversight',
      '/partners',
      '/projects',
    ]);
  });
});

import { z } from 'zod';
import { type Call, type NavEntry, officePage, type Page, type Rules } from '../../../kernel/access/index.ts';
import {
  type Article,
  type ArticleKind,
  article,
  articles,
  editArticle,
  publishArticle,
  withdrawArticle,
  writeArticle,
} from '../../../kernel/publications/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import { folds, LANGUAGES } from '../../../platform/i18n/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import {
  Button,
  ButtonRow,
  DataTable,
  DateField,
  EmptyState,
  FilterBar,
  LinkButton,
  Pagination,
  StateChip,
  Tabs,
} from '../../../ui/index.ts';
import {
  asked,
  byOf,
  dayOrNull,
  idOf,
  listHref,
  orAgain,
  problemParts,
  Text3Fields,
  text3,
  text3Shape,
} from '../registers/common.tsx';

export const newsRules: Rules = {
  'news.view': ['coordinator', 'reviewer', 'auditor'],
  'news.edit': ['coordinator'],
};
export const newsNav: readonly NavEntry[] = [
  {
    place: 'office',
    group: 'registers',
    href: '/office/news',
    label: 'registers.news.title',
    icon: 'news',
    action: 'news.view',
    order: 250,
  },
];

/** News stand under /office/news, the site's lasting pages under /office/pages. */
const PATHS: Readonly<Record<ArticleKind, string>> = { news: '/office/news', page: '/office/pages' };

async function list(call: Call, kind: ArticleKind): Promise<Reply> {
  const { l } = call;
  const q = asked(call, 'q');
  const path = PATHS[kind];
  const found = await articles(call.sql, call.space.id, {
    kind,
    published: false,
    cursor: asked(call, 'after') || null,
    limit: q ? 1000 : 30,
  });
  const rows = found.rows.filter((row) => {
    const words = folds(Object.values(row.title).join(' '));
    return folds(q).every((beginning) => words.some((word) => word.startsWith(beginning)));
  });
  const add = call.can('news.edit') && (
    <LinkButton look="main" icon="plus" href={l.href(`${path}/new`)}>
      {l.t(`registers.${kind}.add`)}
    </LinkButton>
  );
  return page(
    officePage(
      call,
      { title: l.t(`registers.${kind}.title`), actions: add },
      <div class="flow">
        <Tabs
          l={l}
          label={l.t('registers.news.title')}
          items={(['news', 'page'] as const).map((one) => ({
            href: l.href(PATHS[one]),
            label: l.t(`registers.${one}.title`),
            ...(one === kind && { current: true }),
          }))}
        />
        <FilterBar l={l} action={l.href(path)} search={{ value: q, label: l.t('registers.news.search') }} />
        <DataTable<Article>
          l={l}
          caption={l.t(`registers.${kind}.title`)}
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              label: l.t('registers.title'),
              head: true,
              cell: (row) => <a href={l.href(`${path}/${row.id}`)}>{l.pick(row.title)}</a>,
            },
            {
              key: 'when',
              label: l.t('registers.when'),
              cell: (row) => (row.happenedOn ? l.date(row.happenedOn) : '–'),
            },
            {
              key: 'in',
              label: l.t('registers.news.in'),
              cell: (row) =>
                LANGUAGES.filter((one) => row.body[one])
                  .map((one) => l.t(`office.language.${one}`))
                  .join(', ') || '–',
            },
            { key: 'state', label: l.t('registers.state'), cell: (row) => <State call={call} row={row} /> },
          ]}
          empty={
            <EmptyState title={l.t(q ? 'registers.nothingFound' : 'registers.news.none')} icon="news" action={add}>
              {l.t(q ? 'registers.nothingFoundMore' : 'registers.news.noneMore')}
            </EmptyState>
          }
        />
        <Pagination
          l={l}
          first={asked(call, 'after') ? l.href(path) : undefined}
          next={found.next && !q ? listHref(call, path, { after: found.next }) : undefined}
        />
      </div>,
    ),
  );
}

function State({ call: { l }, row }: { call: Call; row: Article }) {
  if (row.withdrawnAt) return <StateChip tone="bad">{l.t('registers.news.withdrawn')}</StateChip>;
  if (row.publishedAt) return <StateChip tone="good">{l.t('registers.news.shown')}</StateChip>;
  return <StateChip tone="neutral">{l.t('registers.news.draft')}</StateChip>;
}

async function articleOf(call: Call, kind: ArticleKind): Promise<Article> {
  const found = await article(call.sql, call.space.id, kind, idOf(call));
  if (!found) throw notFound(idOf(call));
  return found;
}

async function form(call: Call, kind: ArticleKind, old: Article | null, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const path = PATHS[kind];
  const sent = problem ? ((call.request.body ?? {}) as Record<string, string>) : null;
  const { summary, errors } = problemParts(l, problem);
  const words = (name: 'title' | 'summary' | 'body') => (sent ? text3(sent as never, name) : old?.[name]);
  const title = old ? l.pick(old.title) : l.t(`registers.${kind}.add`);
  const shown = old?.publishedAt && !old.withdrawnAt;
  const canEdit = call.can('news.edit');
  return page(
    officePage(
      call,
      {
        title,
        crumbs: [{ label: l.t(`registers.${kind}.title`), href: l.href(path) }, { label: title }],
        subheading: old && <State call={call} row={old} />,
        actions: old && canEdit && (
          <form method="post" action={l.href(`${path}/${old.id}/${shown ? 'withdraw' : 'publish'}`)}>
            <Button look={shown ? 'danger' : 'main'} icon={shown ? 'hidden' : 'globe'}>
              {l.t(shown ? 'registers.news.withdraw' : 'registers.news.publish')}
            </Button>
          </form>
        ),
      },
      canEdit ? (
        <form class="form flow" method="post" action={l.href(old ? `${path}/${old.id}` : path)}>
          {summary}
          <Text3Fields l={l} name="title" label={l.t('registers.title')} value={words('title')} {...errors('title')} />
          <DateField
            l={l}
            name="happenedOn"
            label={l.t('registers.when')}
            value={sent?.happenedOn ?? old?.happenedOn ?? ''}
            {...errors('happenedOn')}
          />
          <Text3Fields
            l={l}
            name="summary"
            rows={2}
            label={l.t('registers.news.summary')}
            value={words('summary')}
            {...errors('summary')}
          />
          <Text3Fields
            l={l}
            name="body"
            rows={10}
            label={l.t('registers.news.body')}
            value={words('body')}
            {...errors('body')}
          />
          <ButtonRow>
            <Button look="main" icon="check">
              {l.t('registers.save')}
            </Button>
            <LinkButton look="quiet" href={l.href(path)}>
              {l.t('ui.cancel')}
            </LinkButton>
          </ButtonRow>
        </form>
      ) : (
        <div class="prose" lang={l.pickLanguage(old?.body)}>
          {l
            .pick(old?.body)
            .split(/\n\s*\n/)
            .map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
        </div>
      ),
    ),
    problem?.status ?? 200,
  );
}

const ArticleForm = z.object({
  ...text3Shape('title'),
  ...text3Shape('summary', 1000),
  ...text3Shape('body', 50_000),
  happenedOn: dayOrNull,
});

async function save(call: Call, kind: ArticleKind, old: Article | null): Promise<Reply> {
  return await orAgain(
    async () => {
      const read = readForm(ArticleForm, call.request);
      const given = {
        kind,
        title: text3(read, 'title'),
        summary: text3(read, 'summary'),
        body: text3(read, 'body'),
        happenedOn: read.happenedOn,
      };
      const id = old ? old.id : await writeArticle(call.sql, byOf(call), given);
      if (old) await editArticle(call.sql, byOf(call), { ...given, id });
      return seeOther(call.l.href(`${PATHS[kind]}/${id}`), { key: 'registers.saved' });
    },
    (problem) => form(call, kind, old, problem),
  );
}

/** On the site, or off it; either can be taken back at once. */
async function turn(call: Call, kind: ArticleKind, to: 'publish' | 'withdraw'): Promise<Reply> {
  const { id } = await articleOf(call, kind);
  const act = to === 'publish' ? publishArticle : withdrawArticle;
  await act(call.sql, byOf(call), { kind, id });
  const home = call.l.href(`${PATHS[kind]}/${id}`);
  return seeOther(home, {
    key: to === 'publish' ? 'registers.news.nowShown' : 'registers.news.nowHidden',
    undo: `${home}/${to === 'publish' ? 'withdraw' : 'publish'}`,
  });
}

function routes(kind: ArticleKind): readonly Page[] {
  const route = (method: 'GET' | 'POST', below: string, action: string, handle: Page['handle']): Page => ({
    method,
    path: PATHS[kind] + below,
    action,
    languages: 'paths',
    handle,
  });
  return [
    route('GET', '', 'news.view', (call) => list(call, kind)),
    route('GET', '/new', 'news.edit', (call) => form(call, kind, null)),
    route('POST', '', 'news.edit', (call) => save(call, kind, null)),
    route('GET', '/:id', 'news.view', async (call) => form(call, kind, await articleOf(call, kind))),
    route('POST', '/:id', 'news.edit', async (call) => save(call, kind, await articleOf(call, kind))),
    route('POST', '/:id/publish', 'news.edit', (call) => turn(call, kind, 'publish')),
    route('POST', '/:id/withdraw', 'news.edit', (call) => turn(call, kind, 'withdraw')),
  ];
}

export const newsRoutes: readonly Page[] = [...routes('news'), ...routes('page')];

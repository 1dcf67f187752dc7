import { type Call, type NavEntry, officePage, type Page, type Rules } from '../../kernel/access/index.ts';
import type { Hit, Kind, Todo } from '../../kernel/kinds/index.ts';
import { page, type Reply } from '../../platform/http/index.ts';
import { Card, CardGrid, EmptyState, LinkButton, Section, StateChip } from '../../ui/index.ts';
import { readerSections } from './figures/reader-home.tsx';

/** What may wait for a person, from any room. */
export type TodoSource = (call: Call) => Promise<readonly Todo[]>;
/** Where the search box looks. Each source answers only what this person may see. */
export type SearchSource = {
  readonly label: string;
  readonly action: string;
  readonly find: (call: Call, text: string) => Promise<readonly Hit[]>;
};

export const homeRules: Rules = { 'office.home': 'signed_in', 'office.search': 'signed_in' };
export const homeNav: readonly NavEntry[] = [
  { place: 'office', href: '/office', label: 'office.home.nav', icon: 'home', action: 'office.home', order: 0 },
];

export function homePages(
  kinds: readonly Kind[],
  todos: readonly TodoSource[],
  searches: readonly SearchSource[],
): readonly Page[] {
  return [
    {
      method: 'GET',
      path: '/office',
      action: 'office.home',
      languages: 'paths',
      handle: (call) => home(call, [...todos, ...kinds.map((kind) => kind.todos)]),
    },
    {
      method: 'GET',
      path: '/office/search',
      action: 'office.search',
      languages: 'paths',
      handle: (call) => search(call, searches),
    },
  ];
}

async function home(call: Call, sources: readonly TodoSource[]): Promise<Reply> {
  const { l } = call;
  const todos = (await Promise.all(sources.map((source) => source(call)))).flat();
  const waiting = todos
    .filter((todo) => todo.count > 0)
    .sort((a, b) => Number(b.urgent ?? false) - Number(a.urgent ?? false));
  const reading = await readerSections(call);
  const shortcuts = call.nav.filter((entry) => entry.place === 'office' && entry.href !== '/office').slice(0, 6);
  return page(
    officePage(
      call,
      { title: l.t('office.home.title'), heading: l.t('office.home.hello', { name: call.actor?.name ?? '' }) },
      <div class="flow">
        {(waiting.length > 0 || !reading) && (
          <Section title={l.t('office.home.today')}>
            {waiting.length === 0 ? (
              <EmptyState title={l.t('office.home.nothing')} icon="done">
                {l.t('office.home.nothingMore')}
              </EmptyState>
            ) : (
              <CardGrid>
                {waiting.map((todo) => (
                  <Card
                    key={todo.href + todo.text}
                    title={todo.text}
                    href={l.href(todo.href)}
                    footer={<StateChip tone={todo.urgent ? 'warn' : 'info'}>{l.number(todo.count)}</StateChip>}
                  />
                ))}
              </CardGrid>
            )}
          </Section>
        )}
        {reading}
        {shortcuts.length > 0 && (
          <Section title={l.t('office.home.places')}>
            <div class="btn-row">
              {shortcuts.map((entry) => (
                <LinkButton key={entry.href} href={l.href(entry.href)} icon={entry.icon}>
                  {l.t(entry.label)}
                </LinkButton>
              ))}
            </div>
          </Section>
        )}
      </div>,
    ),
  );
}

async function search(call: Call, sources: readonly SearchSource[]): Promise<Reply> {
  const { l } = call;
  const text = typeof call.query.q === 'string' ? call.query.q.trim().slice(0, 200) : '';
  const open = sources.filter((source) => call.can(source.action));
  const found = text
    ? await Promise.all(open.map(async (source) => ({ label: source.label, hits: await source.find(call, text) })))
    : [];
  const groups = found.filter((group) => group.hits.length > 0);
  return page(
    officePage(
      call,
      { title: l.t('office.search.title', { text: text || '…' }) },
      groups.length === 0 ? (
        <EmptyState title={l.t(text ? 'office.search.none' : 'office.search.empty')} icon="search">
          {l.t('office.search.hint')}
        </EmptyState>
      ) : (
        <div class="flow">
          {groups.map((group) => (
            <Section key={group.label} title={l.t(group.label)}>
              <ul class="list">
                {group.hits.map((hit) => (
                  <li key={hit.href}>
                    <a href={l.href(hit.href)}>{hit.title}</a> <span class="soft">{hit.note}</span>
                  </li>
                ))}
              </ul>
            </Section>
          ))}
        </div>
      ),
    ),
  );
}

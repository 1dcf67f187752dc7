import { type Call, officePage } from '../../../kernel/access/index.ts';
import {
  countSubjects,
  type FoundSubject,
  findSubjects,
  type SubjectKind,
  typesInUse,
} from '../../../kernel/subjects/index.ts';
import { page, type Reply, uuidParam } from '../../../platform/http/index.ts';
import {
  Badge,
  DataTable,
  DateField,
  EmptyState,
  FilterBar,
  LinkButton,
  Pagination,
  Select,
} from '../../../ui/index.ts';
import { asked, isDay, listHref, SHELF, typeWords } from './common.tsx';

/** One register: search, type, place and day as filters; fifty to a page, in the order of the language. */
export async function subjectList(call: Call, kind: SubjectKind): Promise<Reply> {
  const { l, sql, space } = call;
  const { path, edit } = SHELF[kind];
  const filters = {
    q: asked(call, 'q'),
    type: asked(call, 'type'),
    within: asked(call, 'within'),
    at: asked(call, 'at'),
  };
  const within = uuidParam.safeParse(filters.within).success ? filters.within : '';
  const at = isDay(filters.at) ? filters.at : '';
  const search = {
    kind,
    text: filters.q,
    language: l.language,
    ...(filters.type && { types: [filters.type] }),
    ...(within && { within }),
    ...(at && { at }),
  };
  const [found, total, types, oblasts] = await Promise.all([
    findSubjects(sql, space.id, { ...search, cursor: asked(call, 'after') || null }),
    countSubjects(sql, space.id, search),
    typesInUse(sql, space.id, kind),
    findSubjects(sql, space.id, {
      kind: 'place',
      types: ['oblast', 'city', 'rayon'],
      language: l.language,
      limit: 200,
    }),
  ]);
  const active = [filters.type, within, at].filter(Boolean).length;
  const canEdit = call.can(edit);
  return page(
    officePage(
      call,
      {
        title: l.t(`registers.${kind}.title`),
        actions: canEdit && (
          <>
            <LinkButton look="main" icon="plus" href={l.href(`${path}/new`)}>
              {l.t(`registers.${kind}.add`)}
            </LinkButton>
            <LinkButton icon="upload" href={l.href(`/office/imports/new?kind=${kind}`)}>
              {l.t('registers.import.nav')}
            </LinkButton>
          </>
        ),
      },
      <div class="flow">
        <FilterBar
          l={l}
          action={l.href(path)}
          search={{ value: filters.q, label: l.t(`registers.${kind}.search`) }}
          active={active}
          clear={listHref(call, path, { q: filters.q })}
        >
          {types.length > 0 && (
            <Select
              l={l}
              name="type"
              label={l.t('registers.type')}
              prompt={l.t('registers.all')}
              value={filters.type}
              choices={types.map((type) => ({ value: type, label: typeWords(l, type) }))}
            />
          )}
          <Select
            l={l}
            name="within"
            label={l.t('registers.within')}
            prompt={l.t('registers.everywhere')}
            value={within}
            choices={oblasts.rows.map((place) => ({
              value: place.id,
              label: `${l.pick(place.name)}, ${typeWords(l, place.type)}`,
            }))}
          />
          <DateField l={l} name="at" label={l.t('registers.onDay')} value={at} />
        </FilterBar>
        <DataTable<FoundSubject>
          l={l}
          caption={l.t(`registers.${kind}.title`)}
          rows={found.rows}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'name',
              label: l.t('registers.name'),
              head: true,
              cell: (row) => <a href={l.href(`${path}/${row.id}`)}>{l.pick(row.name) || '–'}</a>,
            },
            ...(kind === 'person'
              ? []
              : [
                  {
                    key: 'type',
                    label: l.t('registers.type'),
                    cell: (row: FoundSubject) => (row.type === null ? '–' : <Badge>{typeWords(l, row.type)}</Badge>),
                  },
                ]),
            {
              key: 'place',
              label: l.t('registers.place'),
              cell: (row) => (row.placeName ? l.pick(row.placeName) : '–'),
            },
            ...(found.rows.some((row) => row.code !== null)
              ? [{ key: 'code', label: l.t('registers.code'), cell: (row: FoundSubject) => row.code ?? '–' }]
              : []),
          ]}
          empty={
            <EmptyState
              title={l.t(filters.q || active ? 'registers.nothingFound' : `registers.${kind}.none`)}
              icon="search"
              action={
                canEdit && (
                  <LinkButton href={l.href(`/office/imports/new?kind=${kind}`)} icon="upload">
                    {l.t('registers.import.nav')}
                  </LinkButton>
                )
              }
            >
              {l.t(filters.q || active ? 'registers.nothingFoundMore' : 'registers.noneMore')}
            </EmptyState>
          }
        />
        <Pagination
          l={l}
          note={l.t('registers.count', { n: total })}
          first={asked(call, 'after') ? listHref(call, path, filters) : undefined}
          next={found.next ? listHref(call, path, { ...filters, after: found.next }) : undefined}
        />
      </div>,
    ),
  );
}

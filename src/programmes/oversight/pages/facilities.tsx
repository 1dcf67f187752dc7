import { type Call, officePage } from '../../../kernel/access/index.ts';
import { countSubjects, findSubjects, type SubjectSearch, today } from '../../../kernel/subjects/index.ts';
import { page, type Reply, uuidParam } from '../../../platform/http/index.ts';
import { DataTable, EmptyState, FilterBar, Pagination, Select } from '../../../ui/index.ts';
import { FACILITY_TYPES } from '../checklist.ts';
import { TYPES } from '../lists.ts';
import { pastVisits } from '../past.ts';
import { asked, score100, typeName } from './common.tsx';
import { FACILITIES } from './rounds.tsx';

/** Facilities by name, type and oblast, with what the last visit found. */
export async function facilitiesPage(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const on = today(call.now());
  const [text, type, oblast] = [asked(call, 'q'), asked(call, 'type'), asked(call, 'oblast')];
  const search: SubjectSearch = {
    kind: 'thing',
    types: TYPES.includes(type as (typeof TYPES)[number]) ? [type] : TYPES,
    at: on,
    language: l.language,
    ...(text && { text }),
    ...(uuidParam.safeParse(oblast).success && { within: oblast }),
  };
  const [found, all, oblasts] = await Promise.all([
    findSubjects(sql, space.id, { ...search, cursor: asked(call, 'after') || null }),
    countSubjects(sql, space.id, search),
    findSubjects(sql, space.id, { kind: 'place', types: ['oblast'], language: l.language }),
  ]);
  const visits = await pastVisits(
    sql,
    space.id,
    found.rows.map((row) => row.id),
  );
  const last = new Map(visits.map((visit) => [visit.facilityId, visit]));
  const query = new URLSearchParams(
    Object.entries({ q: text, type, oblast, after: found.next ?? '' }).filter(([, value]) => value),
  );
  return page(
    officePage(
      call,
      { title: l.t('oversight.facilities.title'), subheading: l.t('oversight.facilities.count', { n: all }) },
      <div class="flow">
        <FilterBar
          l={l}
          action={l.href(FACILITIES)}
          search={{ value: text, label: l.t('oversight.facilities.search') }}
          active={[type, oblast].filter(Boolean).length}
          clear={l.href(FACILITIES)}
        >
          <Select
            l={l}
            name="type"
            label={l.t('oversight.type')}
            prompt={l.t('oversight.all')}
            value={type}
            choices={FACILITY_TYPES.map(({ key, name }) => ({ value: key, label: l.pick(name) }))}
          />
          <Select
            l={l}
            name="oblast"
            label={l.t('oversight.oblast')}
            prompt={l.t('oversight.all')}
            value={oblast}
            choices={oblasts.rows.map(({ id, name }) => ({ value: id, label: l.pick(name) }))}
          />
        </FilterBar>
        <DataTable
          l={l}
          caption={l.t('oversight.facilities.title')}
          rows={found.rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title={l.t(text ? 'oversight.facilities.notFound' : 'oversight.facilities.none')}
              icon="facility"
            >
              {l.t(text ? 'oversight.facilities.notFoundMore' : 'oversight.facilities.noneMore')}
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              label: l.t('oversight.facility'),
              head: true,
              cell: (row) => <a href={l.href(`${FACILITIES}/${row.id}`)}>{l.pick(row.name)}</a>,
            },
            { key: 'type', label: l.t('oversight.type'), cell: (row) => typeName(l, row.type) },
            { key: 'place', label: l.t('oversight.place'), cell: (row) => l.pick(row.placeName) || '–' },
            {
              key: 'last',
              label: l.t('oversight.lastVisit'),
              cell: (row) => {
                const visit = last.get(row.id);
                return visit ? l.date(visit.day) : '–';
              },
            },
            {
              key: 'score',
              label: l.t('oversight.score'),
              numeric: true,
              cell: (row) => score100(l, last.get(row.id)?.score.mean ?? null),
            },
          ]}
        />
        <Pagination l={l} next={found.next ? `?${query}` : undefined} />
      </div>,
    ),
  );
}

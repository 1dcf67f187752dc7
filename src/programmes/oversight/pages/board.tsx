import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import { type Activity, activity } from '../../../kernel/activities/index.ts';
import { today } from '../../../kernel/subjects/index.ts';
import { page, type Reply, text } from '../../../platform/http/index.ts';
import { type Locale, slug } from '../../../platform/i18n/index.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  DataTable,
  EmptyState,
  FilterBar,
  LinkButton,
  Select,
  Stat,
  StateChip,
  StatRow,
  Tabs,
} from '../../../ui/index.ts';
import { visitFlow } from '../flows.ts';
import { fixRate, problemsNow, type Standing, standingsOf } from '../standing.ts';
import { asked, crumb, fixRateWords, idOf, LateChip, placeWords, score100, typeName, VisitChip } from './common.tsx';
import { PROBLEMS, ROUNDS } from './rounds.tsx';

export const VISITS = '/office/oversight/visits';

/** What the tabs ask for: everything, what is late, what came back, what waits to be checked. */
const VIEWS = ['all', 'late', 'returned', 'waiting'] as const;
type View = (typeof VIEWS)[number];

const IN_VIEW: Readonly<Record<View, (visit: Standing) => boolean>> = {
  all: () => true,
  late: (visit) => visit.late !== null,
  returned: (visit) => visit.state === 'returned',
  waiting: (visit) => visit.state === 'done',
};

type Filter = { readonly view: View; readonly state: string; readonly oblast: string; readonly monitor: string };

function filterOf(call: Call): Filter {
  const view = VIEWS.find((one) => one === asked(call, 'view')) ?? 'all';
  return { view, state: asked(call, 'state'), oblast: asked(call, 'oblast'), monitor: asked(call, 'monitor') };
}

const oblastOf = (visit: Standing) => visit.places.find((place) => place.type === 'oblast' || place.type === 'city');

function matches(filter: Filter, visit: Standing): boolean {
  return (
    IN_VIEW[filter.view](visit) &&
    (!filter.state || visit.state === filter.state) &&
    (!filter.oblast || oblastOf(visit)?.id === filter.oblast) &&
    (!filter.monitor || visit.task.actorId === filter.monitor)
  );
}

type Board = {
  readonly round: Activity;
  readonly all: readonly Standing[];
  readonly rows: readonly Standing[];
  readonly filter: Filter;
  readonly names: ReadonlyMap<string, string>;
};

async function boardOf(call: Call): Promise<Board> {
  const { sql, space } = call;
  const round = await activity(sql, space.id, idOf(call));
  if (round?.kind !== 'oversight') throw notFound(idOf(call));
  const all = await standingsOf(sql, space.id, round.id, today(call.now()));
  const names = await accountNames(sql, space.id, [...new Set(all.map((visit) => visit.task.actorId))]);
  const filter = filterOf(call);
  return { round, all, rows: all.filter((visit) => matches(filter, visit)), filter, names };
}

/** The round's board: who goes where, what came in, what came back, who is late. */
export async function boardPage(call: Call): Promise<Reply> {
  const { l } = call;
  const { round, all, rows, filter, names } = await boardOf(call);
  const rate = fixRate((await problemsNow(call.sql, call.space.id, { activityId: round.id })).map((one) => one.state));
  const here = `${ROUNDS}/${round.id}`;
  const scores = all.flatMap((visit) => visit.score?.mean ?? []);
  const mean = scores.length > 0 ? scores.reduce((sum, one) => sum + one, 0) / scores.length : null;
  const made = all.filter((visit) => visit.record).length;
  const expected = all.filter((visit) => visit.state !== 'cancelled').length;
  return page(
    officePage(
      call,
      {
        title: l.pick(round.title),
        crumbs: [crumb(l, 'oversight.rounds.title', ROUNDS), { label: l.pick(round.title) }],
        subheading: l.period(round.startsOn, round.endsOn),
        actions: (
          <LinkButton icon="download" href={`${l.href(`${here}/visits.csv`)}${queryOf(filter)}`}>
            {l.t('oversight.csv')}
          </LinkButton>
        ),
      },
      <div class="flow">
        <StatRow>
          <Stat value={l.t('oversight.ofBase', { n: made, base: expected })} label={l.t('oversight.rounds.made')} />
          <Stat
            value={score100(l, mean)}
            label={l.t('oversight.board.mean')}
            note={l.t('oversight.board.meanOf', { n: scores.length })}
          />
          <Stat
            value={l.t('oversight.ofBase', { n: rate.fixed, base: rate.base })}
            label={l.t('oversight.fixRate.title')}
            note={fixRateWords(l, rate)}
            href={l.href(`${PROBLEMS}?round=${round.id}`)}
          />
        </StatRow>
        <Tabs
          l={l}
          label={l.t('oversight.board.views')}
          items={VIEWS.map((view) => ({
            href: `${l.href(here)}${queryOf({ ...filter, view })}`,
            label: l.t(`oversight.board.view.${view}`),
            count: all.filter(IN_VIEW[view]).length,
            current: view === filter.view,
          }))}
        />
        <Filters call={call} here={here} filter={filter} all={all} names={names} />
        <VisitTable l={l} rows={rows} names={names} caption={l.pick(round.title)} />
      </div>,
    ),
  );
}

function queryOf(filter: Filter): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) if (value && value !== 'all') query.set(key, value);
  const words = query.toString();
  return words ? `?${words}` : '';
}

type FilterProps = Pick<Board, 'filter' | 'all' | 'names'> & { call: Call; here: string };

function Filters({ call: { l }, here, filter, all, names }: FilterProps) {
  const count = (test: (visit: Standing) => boolean): string => l.number(all.filter(test).length);
  const oblasts = new Map(all.flatMap((visit) => oblastOf(visit) ?? []).map((place) => [place.id, l.pick(place.name)]));
  const states = visitFlow.states.filter((state) => all.some((visit) => visit.state === state));
  return (
    <FilterBar
      l={l}
      action={l.href(here)}
      active={[filter.state, filter.oblast, filter.monitor].filter(Boolean).length}
      clear={l.href(here)}
      keep={filter.view === 'all' ? {} : { view: filter.view }}
    >
      <Select
        l={l}
        name="state"
        label={l.t('oversight.state')}
        prompt={l.t('oversight.all')}
        value={filter.state}
        choices={states.map((state) => ({
          value: state,
          label: `${l.t(`oversight.visit.state.${state}`)} (${count((visit) => visit.state === state)})`,
        }))}
      />
      <Select
        l={l}
        name="oblast"
        label={l.t('oversight.oblast')}
        prompt={l.t('oversight.all')}
        value={filter.oblast}
        choices={[...oblasts].map(([value, label]) => ({ value, label }))}
      />
      <Select
        l={l}
        name="monitor"
        label={l.t('oversight.monitor')}
        prompt={l.t('oversight.all')}
        value={filter.monitor}
        choices={[...names].map(([value, label]) => ({ value, label })).sort((a, b) => l.compare(a.label, b.label))}
      />
    </FilterBar>
  );
}

type TableProps = { l: Locale; rows: readonly Standing[]; names: ReadonlyMap<string, string>; caption: string };

/** Visits in a table; cards on a phone. */
export function VisitTable({ l, rows, names, caption }: TableProps) {
  return (
    <DataTable
      l={l}
      caption={caption}
      rows={rows}
      rowKey={(visit) => visit.task.id}
      rowTone={(visit) => (visit.late === 'overdue' ? 'bad' : visit.record?.aside ? 'warn' : undefined)}
      empty={
        <EmptyState title={l.t('oversight.board.none')} icon="checklist">
          {l.t('oversight.board.noneMore')}
        </EmptyState>
      }
      columns={[
        {
          key: 'facility',
          label: l.t('oversight.facility'),
          head: true,
          cell: (visit) => (
            <>
              <a href={l.href(`${VISITS}/${visit.task.id}`)}>{l.pick(visit.facility?.name) || '–'}</a>{' '}
              <small class="soft">
                {typeName(l, visit.facility?.type, 'short')}, {placeWords(l, visit.places)}
              </small>
            </>
          ),
        },
        { key: 'monitor', label: l.t('oversight.monitor'), cell: (visit) => names.get(visit.task.actorId) ?? '–' },
        { key: 'window', label: l.t('oversight.window'), cell: (visit) => l.period(visit.task.from, visit.task.to) },
        {
          key: 'state',
          label: l.t('oversight.state'),
          cell: (visit) => (
            <>
              <VisitChip l={l} state={visit.state} /> <LateChip l={l} late={visit.late} />{' '}
              {visit.record?.aside && <StateChip tone="warn">{l.t('oversight.setAside')}</StateChip>}{' '}
              {visit.task.blocked && <StateChip tone="bad">{l.t('oversight.conflict')}</StateChip>}
            </>
          ),
        },
        {
          key: 'visited',
          label: l.t('oversight.visitedOn'),
          cell: (visit) => (visit.record?.occurredOn ? l.date(visit.record.occurredOn) : '–'),
        },
        {
          key: 'score',
          label: l.t('oversight.score'),
          numeric: true,
          cell: (visit) => score100(l, visit.score?.mean ?? null),
        },
      ]}
    />
  );
}

/** A cell of a file that a spreadsheet opens: never read as a formula. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+([.,]\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The board as it is filtered, for a spreadsheet: UTF-8 with its mark, machine dates, the score out of 100. */
export async function boardCsv(call: Call): Promise<Reply> {
  const { l } = call;
  const { round, rows, names } = await boardOf(call);
  const head = [
    'facility',
    'type',
    'place',
    'monitor',
    'from',
    'to',
    'state',
    'late',
    'visitedOn',
    'received',
    'score',
  ];
  const lines = rows.map((visit) => [
    l.pick(visit.facility?.name),
    typeName(l, visit.facility?.type),
    placeWords(l, visit.places, true),
    names.get(visit.task.actorId) ?? '',
    visit.task.from,
    visit.task.to,
    l.t(`oversight.visit.state.${visit.state}`),
    visit.late ? l.t(`oversight.late.${visit.late}`) : '',
    visit.record?.occurredOn ?? '',
    visit.record?.receivedAt.toISOString() ?? '',
    visit.score?.mean == null ? '' : String(Math.round(visit.score.mean * 1000) / 10),
  ]);
  const words = [head.map((key) => l.t(`oversight.${key}`)), ...lines]
    .map((line) => line.map(cell).join(','))
    .join('\r\n');
  const name = `${slug(round.title.en ?? round.title.ky ?? 'round')}-${call.l.language}.csv`;
  return text(`\ufeff${words}\r\n`, 'text/csv; charset=utf-8', {
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-cache',
  });
}

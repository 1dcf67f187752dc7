import { type Call, listAccounts, officePage } from '../../../kernel/access/index.ts';
import { activities } from '../../../kernel/activities/index.ts';
import { forms } from '../../../kernel/forms/index.ts';
import type { Todo } from '../../../kernel/kinds/index.ts';
import { type ListFilter, listRecords, type RecordRow, waitingCounts } from '../../../kernel/records/index.ts';
import { findSubjects, subjects } from '../../../kernel/subjects/index.ts';
import { page, type Reply, seeOther, uuidParam } from '../../../platform/http/index.ts';
import { folds } from '../../../platform/i18n/index.ts';
import { Badge, DataTable, DateField, EmptyState, FilterBar, Pagination, Select, Tabs } from '../../../ui/index.ts';
import { asked, isDay, listHref } from '../registers/common.tsx';
import { StateChips } from './words.tsx';

const STATES = [
  ...(['waiting', 'accepted', 'returned', 'rejected', 'withdrawn'] as const),
  ...(['aside', 'conflict', 'incomplete', 'superseded'] as const),
];
const FILTERS = ['q', 'form', 'activity', 'person', 'state', 'from', 'to'] as const;
type Filters = Readonly<Record<(typeof FILTERS)[number], string>>;
const PATH = '/office/records';

/** What the address asks for; what makes no sense in it is left out, as if it were not asked. */
function filtersOf(call: Call): Filters {
  const read = Object.fromEntries(FILTERS.map((name) => [name, asked(call, name)])) as Filters;
  const id = (text: string): string => (uuidParam.safeParse(text).success ? text.toLowerCase() : '');
  return {
    q: read.q,
    form: id(read.form),
    activity: id(read.activity),
    person: id(read.person),
    state: STATES.some((state) => state === read.state) ? read.state : '',
    from: isDay(read.from) ? read.from : '',
    to: isDay(read.to) ? read.to : '',
  };
}

/** Records of the space, the latest first. */
export async function recordList(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const filters = filtersOf(call);
  if (uuidParam.safeParse(filters.q).success) return seeOther(l.href(`${PATH}/${filters.q.toLowerCase()}`));
  const [formRows, activityRows, accounts, counts] = await Promise.all([
    forms(sql, space.id),
    activities(sql, space.id),
    listAccounts(sql, space.id),
    waitingCounts(sql, space.id),
  ]);
  const found = folds(filters.q).length > 0 ? await foundBy(call, filters.q, accounts) : null;
  const listed = await listRecords(sql, space.id, toFilter(filters, found), asked(call, 'after') || null);
  const about = await subjects(sql, space.id, [
    ...new Set(listed.rows.map((row) => row.subjectId).filter((id) => id !== null)),
  ]);
  const titles = new Map(formRows.map((form) => [form.id, l.pick(form.title)]));
  const who = new Map(accounts.map((account) => [account.id, account.name]));
  const active = FILTERS.filter((name) => name !== 'q' && name !== 'state' && filters[name]).length;
  const stateTab = (state: string, count: number | null) => ({
    href: listHref(call, PATH, { ...filters, state }),
    label: l.t(state ? `office.records.state.${state}` : 'office.records.all'),
    ...(count !== null && { count }),
    current: filters.state === state,
  });
  return page(
    officePage(
      call,
      { title: l.t('office.records.title'), subheading: l.t('office.records.lead') },
      <div class="flow">
        <Tabs
          l={l}
          label={l.t('office.records.state')}
          items={[
            stateTab('', null),
            stateTab('waiting', counts.waiting),
            stateTab('aside', counts.aside),
            stateTab('conflict', counts.conflict),
            stateTab('incomplete', counts.incomplete),
          ]}
        />
        <FilterBar
          l={l}
          action={l.href(PATH)}
          search={{ value: filters.q, label: l.t('office.records.search') }}
          active={active}
          clear={l.href(PATH)}
        >
          <Filter call={call} name="form" value={filters.form} choices={[...titles]} />
          <Filter
            call={call}
            name="activity"
            value={filters.activity}
            choices={activityRows.map((activity) => [activity.id, l.pick(activity.title)])}
          />
          <Filter call={call} name="person" value={filters.person} choices={[...who]} />
          <Filter
            call={call}
            name="state"
            value={filters.state}
            choices={STATES.map((state) => [state, l.t(`office.records.state.${state}`)])}
          />
          <DateField l={l} name="from" label={l.t('office.records.from')} value={filters.from} />
          <DateField l={l} name="to" label={l.t('office.records.to')} value={filters.to} />
        </FilterBar>
        <RecordTable
          call={call}
          rows={listed.rows}
          title={(row) => titles.get(row.formId) || row.formKey}
          about={(row) => l.pick(about.get(row.subjectId ?? '')?.name)}
          who={(row) => who.get(row.authorId ?? '') ?? l.t('office.records.stranger')}
          filtered={active > 0 || filters.q !== '' || filters.state !== ''}
        />
        <Pagination
          l={l}
          first={asked(call, 'after') ? listHref(call, PATH, filters) : undefined}
          next={listed.next ? listHref(call, PATH, { ...filters, after: listed.next }) : undefined}
        />
      </div>,
    ),
  );
}

function Filter(props: {
  call: Call;
  name: 'form' | 'activity' | 'person' | 'state';
  value: string;
  choices: readonly (readonly [string, string])[];
}) {
  const { l } = props.call;
  return (
    <Select
      l={l}
      name={props.name}
      label={l.t(`office.records.${props.name}`)}
      prompt={l.t('office.records.any')}
      value={props.value}
      choices={props.choices.map(([value, label]) => ({ value, label }))}
    />
  );
}

type Named = { readonly id: string; readonly name: string };
type Found = NonNullable<ListFilter['anyOf']>;

/** Subjects and senders whose names begin so; a search that finds nobody finds no record. */
async function foundBy(call: Call, text: string, accounts: readonly Named[]): Promise<Found> {
  const { rows } = await findSubjects(call.sql, call.space.id, {
    text,
    ended: true,
    limit: 200,
    language: call.l.language,
  });
  const wanted = folds(text);
  const authors = accounts.filter((account) => {
    const words = folds(account.name);
    return wanted.every((beginning) => words.some((word) => word.startsWith(beginning)));
  });
  return { subjectIds: rows.map((row) => row.id), authorIds: authors.map((account) => account.id) };
}

function toFilter(filters: Filters, anyOf: Found | null): ListFilter {
  return {
    ...(filters.form && { formId: filters.form }),
    ...(filters.activity && { activityId: filters.activity }),
    ...(filters.person && { authorId: filters.person }),
    ...(filters.state && { state: filters.state as NonNullable<ListFilter['state']> }),
    ...(filters.from && { from: filters.from }),
    ...(filters.to && { to: filters.to }),
    ...(anyOf && { anyOf }),
  };
}

function RecordTable(props: {
  call: Call;
  rows: readonly RecordRow[];
  title: (row: RecordRow) => string;
  about: (row: RecordRow) => string;
  who: (row: RecordRow) => string;
  filtered: boolean;
}) {
  const { l } = props.call;
  return (
    <DataTable
      l={l}
      caption={l.t('office.records.title')}
      rows={props.rows}
      rowKey={(row) => row.id}
      rowTone={(row) => (row.conflict ? 'bad' : row.aside ? 'warn' : undefined)}
      empty={
        <EmptyState title={l.t(props.filtered ? 'office.records.noneFound' : 'office.records.none')} icon="inbox">
          {l.t(props.filtered ? 'office.records.noneFoundMore' : 'office.records.noneMore')}
        </EmptyState>
      }
      columns={[
        {
          key: 'form',
          label: l.t('office.records.form'),
          head: true,
          cell: (row) => <a href={l.href(`${PATH}/${row.id}`)}>{props.title(row)}</a>,
        },
        { key: 'about', label: l.t('office.records.about'), plain: true, cell: (row) => props.about(row) },
        {
          key: 'happened',
          label: l.t('office.records.happened'),
          cell: (row) => (
            <>
              {row.occurredOn ? l.date(row.occurredOn) : '–'}{' '}
              {row.clockOff && <Badge>{l.t('office.records.clock')}</Badge>}
            </>
          ),
        },
        { key: 'who', label: l.t('office.records.person'), plain: true, cell: (row) => props.who(row) },
        { key: 'received', label: l.t('office.records.received'), cell: (row) => l.dateTime(row.receivedAt) },
        {
          key: 'state',
          label: l.t('office.records.state'),
          plain: true,
          cell: (row) => <StateChips l={l} record={row} />,
        },
      ]}
    />
  );
}

/** What waits for whoever decides on records: lines of the office's home. */
export async function recordTodos(call: Call): Promise<readonly Todo[]> {
  if (!call.can('records.resolve')) return [];
  const counts = await waitingCounts(call.sql, call.space.id);
  return (['aside', 'conflict', 'incomplete'] as const).map((state) => ({
    text: call.l.t(`office.records.todo.${state}`),
    href: `${PATH}?state=${state}`,
    count: counts[state],
    ...(state !== 'incomplete' && { urgent: true }),
  }));
}

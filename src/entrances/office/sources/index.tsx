import { z } from 'zod';
import { type Call, type NavEntry, officePage, type Page, type Rules } from '../../../kernel/access/index.ts';
import {
  addSource,
  addVersion,
  comparable,
  endVersion,
  rowsOf,
  type Source,
  type SourceRow,
  type SourceVersion,
  source,
  sources,
  versionsOf,
} from '../../../kernel/sources/index.ts';
import {
  page,
  type Reply,
  readFields,
  readForm,
  readUploads,
  seeOther,
  uuidParam,
} from '../../../platform/http/index.ts';
import { folds } from '../../../platform/i18n/index.ts';
import { notFound, Problem } from '../../../platform/problem.ts';
import {
  Button,
  ButtonRow,
  DataTable,
  DateField,
  EmptyState,
  FileField,
  FilterBar,
  LinkButton,
  Section,
  Select,
  StateChip,
  TextField,
} from '../../../ui/index.ts';
import {
  asked,
  byOf,
  dayNeeded,
  dayOrNull,
  idOf,
  orAgain,
  problemParts,
  short,
  Text3Fields,
  text3,
  text3Shape,
} from '../registers/common.tsx';
import { readSourceRows } from './rows.ts';

export const sourceRules: Rules = {
  'sources.view': ['coordinator', 'reviewer', 'auditor'],
  'sources.edit': ['coordinator'],
};
export const sourceNav: readonly NavEntry[] = [
  {
    place: 'office',
    group: 'registers',
    href: '/office/sources',
    label: 'registers.sources.title',
    icon: 'book',
    action: 'sources.view',
    order: 240,
  },
];

const MAX_SOURCE_BYTES = 5 * 1024 * 1024;

async function list(call: Call): Promise<Reply> {
  const { l } = call;
  const q = asked(call, 'q');
  const all = await sources(call.sql, call.space.id);
  const rows = all.filter((row) => {
    const words = folds([row.key, ...Object.values(row.title)].join(' '));
    return folds(q).every((beginning) => words.some((word) => word.startsWith(beginning)));
  });
  const add = call.can('sources.edit') && (
    <LinkButton look="main" icon="plus" href={l.href('/office/sources/new')}>
      {l.t('registers.sources.add')}
    </LinkButton>
  );
  return page(
    officePage(
      call,
      { title: l.t('registers.sources.title'), actions: add },
      <div class="flow">
        <FilterBar
          l={l}
          action={l.href('/office/sources')}
          search={{ value: q, label: l.t('registers.sources.search') }}
        />
        <DataTable<Source>
          l={l}
          caption={l.t('registers.sources.title')}
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              label: l.t('registers.title'),
              head: true,
              cell: (row) => <a href={l.href(`/office/sources/${row.id}`)}>{l.pick(row.title)}</a>,
            },
            { key: 'key', label: l.t('registers.code'), cell: (row) => row.key },
          ]}
          empty={
            <EmptyState title={l.t(q ? 'registers.nothingFound' : 'registers.sources.none')} icon="book" action={add}>
              {l.t(q ? 'registers.nothingFoundMore' : 'registers.sources.noneMore')}
            </EmptyState>
          }
        />
      </div>,
    ),
  );
}

async function sourceOf(call: Call): Promise<Source> {
  const found = await source(call.sql, call.space.id, idOf(call));
  if (!found) throw notFound(idOf(call));
  return found;
}

/** The versions with their days, and two of them side by side: which rows stayed, changed, came and went. */
async function show(call: Call, problem?: Problem): Promise<Reply> {
  const { l, sql, space } = call;
  const found = await sourceOf(call);
  const versions = await versionsOf(sql, space.id, found.id);
  const [newest, before] = versions;
  const right = versions.find((version) => version.id === asked(call, 'right')) ?? newest;
  const left =
    versions.find((version) => version.id === asked(call, 'left')) ?? (right === newest ? before : undefined);
  const [leftRows, rightRows] = await Promise.all([
    left ? rowsOf(sql, space.id, left.id) : [],
    right ? rowsOf(sql, space.id, right.id) : [],
  ]);
  const today = call.now().toISOString().slice(0, 10);
  const canEdit = call.can('sources.edit');
  const { summary } = problemParts(l, problem);
  const home = `/office/sources/${found.id}`;
  const choices = versions.map((version) => ({ value: version.id, label: version.version }));
  return page(
    officePage(
      call,
      {
        title: l.pick(found.title),
        crumbs: [
          { label: l.t('registers.sources.title'), href: l.href('/office/sources') },
          { label: l.pick(found.title) },
        ],
        actions: canEdit && (
          <LinkButton look="main" icon="plus" href={l.href(`${home}/new`)}>
            {l.t('registers.sources.addVersion')}
          </LinkButton>
        ),
      },
      <div class="flow">
        {summary}
        <DataTable<SourceVersion>
          l={l}
          caption={l.t('registers.sources.versions')}
          rows={versions}
          rowKey={(version) => version.id}
          columns={[
            { key: 'version', label: l.t('registers.sources.version'), head: true, cell: (version) => version.version },
            {
              key: 'when',
              label: l.t('registers.sources.inForce'),
              cell: (version) => l.period(version.validFrom, version.validTo),
            },
            {
              key: 'state',
              label: l.t('registers.state'),
              cell: (version) => <Force call={call} version={version} today={today} />,
            },
            {
              key: 'digest',
              label: 'SHA-256',
              cell: (version) => <code title={version.sha256}>{version.sha256.slice(0, 12)}</code>,
            },
            {
              key: 'do',
              label: l.t('registers.edit'),
              quiet: true,
              cell: (version) =>
                canEdit &&
                !version.validTo && (
                  <details>
                    <summary>{l.t('registers.sources.end')}</summary>
                    <form method="post" action={l.href(`${home}/versions/${version.id}/end`)} class="flow">
                      <DateField l={l} name="on" id={`end-${version.id}`} required label={l.t('registers.lastDay')} />
                      <TextField
                        l={l}
                        name="reason"
                        id={`why-${version.id}`}
                        label={l.t('registers.reason')}
                        maxLength={500}
                      />
                      <Button size="small" look="danger">
                        {l.t('registers.sources.end')}
                      </Button>
                    </form>
                  </details>
                ),
            },
          ]}
          empty={
            <EmptyState title={l.t('registers.sources.noVersion')} icon="book">
              {l.t('registers.sources.noVersionMore')}
            </EmptyState>
          }
        />
        {right && (
          <Section title={l.t(left ? 'registers.sources.beside' : 'registers.sources.rows')} id="rows">
            {versions.length > 1 && (
              <form method="get" action={l.href(home)} class="inline-form">
                <Select
                  l={l}
                  name="left"
                  required
                  label={l.t('registers.sources.left')}
                  choices={choices}
                  value={left?.id ?? ''}
                />
                <Select
                  l={l}
                  name="right"
                  required
                  label={l.t('registers.sources.right')}
                  choices={choices}
                  value={right.id}
                />
                <Button>{l.t('registers.sources.compare')}</Button>
              </form>
            )}
            <DataTable<Beside>
              l={l}
              caption={l.t('registers.sources.rows')}
              rows={beside(leftRows, rightRows)}
              rowKey={(row) => `${row.left?.rowKey ?? ''}|${row.right?.rowKey ?? ''}`}
              columns={[
                {
                  key: 'key',
                  label: l.t('registers.sources.row'),
                  head: true,
                  cell: (row) => (row.right ?? row.left)?.rowKey ?? '',
                },
                ...(left
                  ? [
                      {
                        key: 'left',
                        label: left.version,
                        cell: (row: Beside) => <RowText call={call} row={row.left} />,
                      },
                    ]
                  : []),
                { key: 'right', label: right.version, cell: (row) => <RowText call={call} row={row.right} /> },
                ...(left
                  ? [
                      {
                        key: 'state',
                        label: l.t('registers.state'),
                        cell: (row: Beside) => (
                          <StateChip tone={TONES[row.state]}>{l.t(`registers.sources.${row.state}`)}</StateChip>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </Section>
        )}
      </div>,
    ),
    problem?.status ?? 200,
  );
}

function Force({ call: { l }, version, today }: { call: Call; version: SourceVersion; today: string }) {
  if (version.validFrom > today) return <StateChip tone="info">{l.t('registers.sources.coming')}</StateChip>;
  if (version.validTo && version.validTo < today)
    return <StateChip tone="neutral">{l.t('registers.sources.ended')}</StateChip>;
  return <StateChip tone="good">{l.t('registers.sources.holds')}</StateChip>;
}

function RowText({ call: { l }, row }: { call: Call; row: SourceRow | null }) {
  if (!row) return <>–</>;
  return (
    <>
      <strong>{l.pick(row.title)}</strong>
      <p>{l.pick(row.text)}</p>
    </>
  );
}

type Beside = {
  left: SourceRow | null;
  right: SourceRow | null;
  state: 'same' | 'reworded' | 'otherMeaning' | 'came' | 'went';
};
const TONES = { same: 'neutral', reworded: 'info', otherMeaning: 'warn', came: 'good', went: 'bad' } as const;

/** Rows of two versions with one key or one declared meaning stand side by side; only those of one meaning may be compared. */
function beside(left: readonly SourceRow[], right: readonly SourceRow[]): Beside[] {
  const used = new Set<SourceRow>();
  const pairs = right.map((row): Beside => {
    const partner =
      left.find((other) => comparable(other, row) && !used.has(other)) ??
      left.find((other) => other.rowKey === row.rowKey && !used.has(other)) ??
      null;
    if (!partner) return { left: null, right: row, state: 'came' };
    used.add(partner);
    if (!comparable(partner, row)) return { left: partner, right: row, state: 'otherMeaning' };
    const same = JSON.stringify([partner.title, partner.text]) === JSON.stringify([row.title, row.text]);
    return { left: partner, right: row, state: same ? 'same' : 'reworded' };
  });
  return [
    ...pairs,
    ...left.filter((row) => !used.has(row)).map((row): Beside => ({ left: row, right: null, state: 'went' })),
  ];
}

async function newSource(call: Call, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const sent = (problem ? (call.request.body ?? {}) : {}) as Record<string, string>;
  const { summary, errors } = problemParts(l, problem);
  return page(
    officePage(
      call,
      {
        title: l.t('registers.sources.add'),
        crumbs: [
          { label: l.t('registers.sources.title'), href: l.href('/office/sources') },
          { label: l.t('registers.sources.add') },
        ],
      },
      <form class="form flow" method="post" action={l.href('/office/sources')}>
        {summary}
        <TextField
          l={l}
          name="key"
          required
          label={l.t('registers.code')}
          hint={l.t('registers.sources.keyHint')}
          maxLength={80}
          value={sent.key ?? ''}
          {...errors('key')}
        />
        <Select
          l={l}
          name="kind"
          required
          label={l.t('registers.type')}
          value={sent.kind ?? ''}
          choices={KINDS.map((kind) => ({ value: kind, label: l.t(`registers.sources.kind.${kind}`) }))}
        />
        <Text3Fields
          l={l}
          name="title"
          label={l.t('registers.title')}
          value={text3(sent as never, 'title')}
          {...errors('title')}
        />
        <Button look="main" icon="check">
          {l.t('registers.save')}
        </Button>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

const KINDS = ['standard', 'law', 'budget', 'stations', 'results', 'other'] as const;
const SourceForm = z.object({ key: short(80), kind: z.enum(KINDS), ...text3Shape('title') });

async function createSource(call: Call): Promise<Reply> {
  return await orAgain(
    async () => {
      const read = readForm(SourceForm, call.request);
      const title = text3(read, 'title');
      if (Object.keys(title).length === 0)
        throw new Problem(422, 'projects.noTitle', {}, [{ at: 'title', key: 'projects.noTitle' }]);
      const id = await addSource(call.sql, byOf(call), { key: read.key, kind: read.kind, title });
      return seeOther(call.l.href(`/office/sources/${id}/new`), { key: 'registers.saved' });
    },
    (problem) => newSource(call, problem),
  );
}

async function newVersion(call: Call, problem?: Problem, sent: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const { l } = call;
  const found = await sourceOf(call);
  const { summary, errors } = problemParts(l, problem);
  return page(
    officePage(
      call,
      {
        title: l.t('registers.sources.addVersion'),
        crumbs: [
          { label: l.t('registers.sources.title'), href: l.href('/office/sources') },
          { label: l.pick(found.title), href: l.href(`/office/sources/${found.id}`) },
          { label: l.t('registers.sources.addVersion') },
        ],
      },
      <form
        class="form flow"
        method="post"
        encType="multipart/form-data"
        action={l.href(`/office/sources/${found.id}/versions`)}
      >
        {summary}
        <TextField
          l={l}
          name="version"
          required
          label={l.t('registers.sources.version')}
          maxLength={80}
          width="medium"
          value={sent.version ?? ''}
          {...errors('version')}
        />
        <DateField
          l={l}
          name="validFrom"
          required
          label={l.t('registers.from')}
          value={sent.validFrom ?? ''}
          {...errors('validFrom')}
        />
        <DateField
          l={l}
          name="validTo"
          label={l.t('registers.lastDay')}
          hint={l.t('registers.sources.openHint')}
          value={sent.validTo ?? ''}
          {...errors('validTo')}
        />
        <FileField
          l={l}
          name="file"
          required
          accept=".xlsx"
          label={l.t('registers.sources.file')}
          hint={l.t('registers.sources.fileHint')}
          {...errors('file')}
        />
        <ButtonRow>
          <Button look="main" icon="upload">
            {l.t('registers.save')}
          </Button>
          <LinkButton look="quiet" href={l.href(`/office/sources/${found.id}`)}>
            {l.t('ui.cancel')}
          </LinkButton>
        </ButtonRow>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

const VersionForm = z.object({ version: short(80).min(1), validFrom: dayNeeded, validTo: dayOrNull });

async function createVersion(call: Call): Promise<Reply> {
  const found = await sourceOf(call);
  let sent: Record<string, string> = {};
  return await orAgain(
    async () => {
      const { fields, files } = await readUploads(call.request, MAX_SOURCE_BYTES, 1);
      sent = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
      const read = readFields(VersionForm, fields);
      const [file] = files;
      if (!file)
        throw new Problem(422, 'registers.import.noFile', {}, [{ at: 'file', key: 'registers.import.noFile' }]);
      await addVersion(call.sql, byOf(call), { source: found.id, ...read, rows: await readSourceRows(file.bytes) });
      return seeOther(call.l.href(`/office/sources/${found.id}`), { key: 'registers.saved' });
    },
    (problem) => newVersion(call, problem, sent),
  );
}

async function end(call: Call): Promise<Reply> {
  const found = await sourceOf(call);
  return await orAgain(
    async () => {
      const read = readForm(z.object({ on: dayNeeded, reason: short(500).optional() }), call.request);
      const versionId = uuidParam.parse(idOf(call, 'version'));
      const versions = await versionsOf(call.sql, call.space.id, found.id);
      if (!versions.some((version) => version.id === versionId)) throw notFound(versionId);
      await endVersion(call.sql, byOf(call), { versionId, on: read.on, reason: read.reason || null });
      return seeOther(call.l.href(`/office/sources/${found.id}`), { key: 'registers.saved' });
    },
    (problem) => show(call, problem),
  );
}

const route = (method: 'GET' | 'POST', path: string, action: string, handle: Page['handle']): Page => ({
  method,
  path,
  action,
  languages: 'paths',
  handle,
});

export const sourceRoutes: readonly Page[] = [
  route('GET', '/office/sources', 'sources.view', list),
  route('POST', '/office/sources', 'sources.edit', createSource),
  route('GET', '/office/sources/new', 'sources.edit', (call) => newSource(call)),
  route('GET', '/office/sources/:id', 'sources.view', (call) => show(call)),
  route('GET', '/office/sources/:id/new', 'sources.edit', (call) => newVersion(call)),
  route('POST', '/office/sources/:id/versions', 'sources.edit', createVersion),
  route('POST', '/office/sources/:id/versions/:version/end', 'sources.edit', end),
];

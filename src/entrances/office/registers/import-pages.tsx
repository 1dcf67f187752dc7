import { Fragment } from 'preact';
import { z } from 'zod';
import { type Call, officePage, type Page } from '../../../kernel/access/index.ts';
import {
  applyImport,
  type DraftRow,
  type ImportDraft,
  type ImportRow,
  importById,
  MAX_IMPORT_BYTES,
  MAX_IMPORT_ROWS,
  previewImport,
  type RowDecision,
  recentImports,
  SUBJECT_KINDS,
  type SubjectKind,
  undoImport,
} from '../../../kernel/subjects/index.ts';
import { page, type Reply, readFields, readForm, readUploads, seeOther } from '../../../platform/http/index.ts';
import { notFound, Problem } from '../../../platform/problem.ts';
import {
  Alert,
  Button,
  ButtonRow,
  Checkbox,
  DataTable,
  EmptyState,
  FileField,
  LinkButton,
  Section,
  Select,
  Stat,
  StateChip,
  StatRow,
} from '../../../ui/index.ts';
import { asked, byOf, idOf, orAgain, problemParts, SHELF, typeWords } from './common.tsx';
import { allUses } from './uses.ts';

/** Rows that the preview shows of each sort; the rest are counted. */
const SHOWN = 200;

const kindOf = (text: string): SubjectKind => SUBJECT_KINDS.find((kind) => kind === text) ?? 'person';

/** Importing people needs the right to edit people, importing places the right to edit places. */
function demandKind(call: Call, kind: SubjectKind): void {
  if (!call.can(SHELF[kind].edit)) throw new Problem(403, 'access.notYours');
}

async function uploadPage(call: Call, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const kind = kindOf(asked(call, 'kind'));
  demandKind(call, kind);
  const { summary } = problemParts(l, problem);
  const lines = (await recentImports(call.sql, call.space.id, 20)).filter((line) => call.can(SHELF[line.kind].edit));
  return page(
    officePage(
      call,
      {
        title: l.t('registers.import.title', { what: l.t(`registers.${kind}.title`) }),
        crumbs: [
          { label: l.t(`registers.${kind}.title`), href: l.href(SHELF[kind].path) },
          { label: l.t('registers.import.nav') },
        ],
      },
      <div class="flow">
        {summary}
        <form
          class="form flow"
          method="post"
          encType="multipart/form-data"
          action={l.href(`/office/imports?kind=${kind}`)}
        >
          <p class="lead">{l.t('registers.import.how')}</p>
          <p>{l.t(`registers.import.columns.${kind}`)}</p>
          <FileField
            l={l}
            name="file"
            required
            accept=".xlsx,.csv,.txt,.tsv"
            label={l.t('registers.import.file')}
            hint={l.t('registers.import.limits', { rows: MAX_IMPORT_ROWS, megabytes: MAX_IMPORT_BYTES / 1_048_576 })}
          />
          <Button look="main" icon="upload">
            {l.t('registers.import.look')}
          </Button>
        </form>
        {lines.length > 0 && (
          <Section title={l.t('registers.import.before')}>
            <DataTable
              l={l}
              caption={l.t('registers.import.before')}
              rows={lines}
              rowKey={(line) => line.id}
              columns={[
                {
                  key: 'file',
                  label: l.t('registers.import.file'),
                  head: true,
                  cell: (line) => <a href={l.href(`/office/imports/${line.id}`)}>{line.fileName}</a>,
                },
                { key: 'kind', label: l.t('registers.type'), cell: (line) => l.t(`registers.${line.kind}.title`) },
                { key: 'when', label: l.t('registers.when'), cell: (line) => l.dateTime(line.createdAt) },
                {
                  key: 'state',
                  label: l.t('registers.state'),
                  cell: (line) => <ImportState call={call} line={line} />,
                },
                {
                  key: 'count',
                  label: l.t('registers.import.standing'),
                  numeric: true,
                  cell: (line) => l.number(line.count),
                },
              ]}
            />
          </Section>
        )}
      </div>,
    ),
    problem?.status ?? 200,
  );
}

function ImportState({ call: { l }, line }: { call: Call; line: { appliedAt: Date | null; undoneAt: Date | null } }) {
  if (line.undoneAt) return <StateChip tone="neutral">{l.t('registers.takenBack')}</StateChip>;
  if (line.appliedAt) return <StateChip tone="good">{l.t('registers.import.applied')}</StateChip>;
  return <StateChip tone="info">{l.t('registers.import.waiting')}</StateChip>;
}

async function upload(call: Call): Promise<Reply> {
  const kind = kindOf(asked(call, 'kind'));
  demandKind(call, kind);
  return await orAgain(
    async () => {
      const { files } = await readUploads(call.request, MAX_IMPORT_BYTES, 1);
      const [file] = files;
      if (!file)
        throw new Problem(422, 'registers.import.noFile', {}, [{ at: 'file', key: 'registers.import.noFile' }]);
      const { importId } = await previewImport(call.sql, byOf(call), {
        kind,
        fileName: file.name,
        bytes: file.bytes,
        language: call.l.language,
      });
      return seeOther(call.l.href(`/office/imports/${importId}`));
    },
    (problem) => uploadPage(call, problem),
  );
}

type Found = ImportRow<ImportDraft>;

async function importOf(call: Call): Promise<Found> {
  const found = await importById<ImportDraft>(call.sql, call.space.id, idOf(call));
  if (!found) throw notFound(idOf(call));
  demandKind(call, found.kind);
  return found;
}

async function showImport(
  call: Call,
  problem?: Problem,
  undone?: Awaited<ReturnType<typeof undoImport>>,
): Promise<Reply> {
  const { l } = call;
  const found = await importOf(call);
  const { rows, columns } = found.rows;
  const wrong = rows.filter((row) => row.errors.length > 0);
  const alike = rows.filter((row) => row.errors.length === 0 && row.twins.length > 0);
  const good = rows.length - wrong.length;
  const waiting = !found.appliedAt;
  const { summary } = problemParts(l, problem);
  const { path } = SHELF[found.kind];
  return page(
    officePage(
      call,
      {
        title: found.fileName,
        crumbs: [
          { label: l.t(`registers.${found.kind}.title`), href: l.href(path) },
          { label: l.t('registers.import.nav'), href: l.href(`/office/imports/new?kind=${found.kind}`) },
          { label: found.fileName },
        ],
        subheading: <ImportState call={call} line={found} />,
      },
      <div class="flow">
        {summary}
        {undone && (
          <Alert tone="info" title={l.t('registers.import.removed', { n: undone.removed })}>
            {undone.stays.length > 0 && (
              <>
                <p>{l.t('registers.import.stays', { n: undone.stays.length })}</p>
                <ul>
                  {undone.stays.slice(0, SHOWN).map((one) => (
                    <li key={one.id}>
                      <a href={l.href(`${path}/${one.id}`)}>{l.pick(one.name)}</a>: {l.t(one.why)}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </Alert>
        )}
        <StatRow>
          <Stat value={l.number(rows.length)} label={l.t('registers.import.rows')} />
          <Stat value={l.number(wrong.length)} label={l.t('registers.import.wrongRows')} />
          <Stat value={l.number(alike.length)} label={l.t('registers.import.alike')} />
        </StatRow>
        <p class="soft">
          {l.t('registers.import.understood')}
          {columns.map((column) => (
            <Fragment key={column.column}>
              {' '}
              <StateChip tone={column.field ? 'good' : 'neutral'}>
                {column.head}: {column.field ? l.t(`registers.field.${column.field}`) : l.t('registers.import.ignored')}
              </StateChip>
            </Fragment>
          ))}
        </p>
        {wrong.length > 0 && (
          <Section title={l.t('registers.import.wrong')} id="wrong">
            <DataTable
              l={l}
              caption={l.t('registers.import.wrong')}
              rows={wrong.flatMap((row) => row.errors).slice(0, SHOWN)}
              rowKey={(error) => `${error.at}${error.key}`}
              columns={[
                { key: 'at', label: l.t('registers.import.cell'), head: true, cell: (error) => error.at },
                { key: 'head', label: l.t('registers.import.column'), cell: (error) => error.head },
                { key: 'value', label: l.t('registers.import.value'), cell: (error) => error.value || '–' },
                { key: 'why', label: l.t('registers.reason'), cell: (error) => l.t(error.key, { day: '' }) },
              ]}
            />
          </Section>
        )}
        {waiting ? (
          <form method="post" class="flow" action={l.href(`/office/imports/${found.id}/apply`)}>
            {alike.length > 0 && <Twins call={call} rows={alike.slice(0, SHOWN)} path={path} />}
            {wrong.length > 0 && (
              <Checkbox l={l} name="leaveWrong" label={l.t('registers.import.leaveWrong', { n: wrong.length })} />
            )}
            <ButtonRow>
              <Button look="main" icon="check" disabled={good === 0}>
                {l.t('registers.import.apply', { n: good })}
              </Button>
              <LinkButton look="quiet" href={l.href(`/office/imports/new?kind=${found.kind}`)}>
                {l.t('registers.import.another')}
              </LinkButton>
            </ButtonRow>
          </form>
        ) : (
          !found.undoneAt && (
            <form method="post" action={l.href(`/office/imports/${found.id}/undo`)}>
              <Button look="danger" icon="undo">
                {l.t('registers.import.undo')}
              </Button>
            </form>
          )
        )}
        <Section title={l.t('registers.import.rows')} id="rows">
          <DataTable<DraftRow>
            l={l}
            caption={l.t('registers.import.rows')}
            rows={rows.filter((row) => row.errors.length === 0).slice(0, SHOWN)}
            rowKey={(row) => String(row.row)}
            columns={[
              { key: 'row', label: l.t('registers.import.row'), numeric: true, cell: (row) => row.row },
              {
                key: 'name',
                label: l.t('registers.name'),
                head: true,
                cell: (row) => Object.values(row.name).join(' · '),
              },
              { key: 'about', label: l.t('registers.import.about'), cell: (row) => about(call, row) || '–' },
            ]}
            empty={<EmptyState title={l.t('registers.import.nothingRight')} icon="warning" />}
          />
          {good > SHOWN && <p class="soft">{l.t('registers.import.more', { n: good - SHOWN })}</p>}
        </Section>
      </div>,
    ),
    problem?.status ?? 200,
  );
}

function about({ l }: Call, row: DraftRow): string {
  const { person } = row;
  return [
    typeWords(l, row.type),
    person?.sex && l.t(`registers.sex.${person.sex}`),
    person?.bornOn ? l.date(person.bornOn) : person?.bornYear && String(person.bornYear),
    person?.phone,
    row.code,
    row.from && l.date(row.from),
  ]
    .filter(Boolean)
    .join(', ');
}

/** For each row that may be somebody already there: enter it, leave it out, or enter it and say that they are one. */
function Twins({ call: { l }, rows, path }: { call: Call; rows: readonly DraftRow[]; path: string }) {
  return (
    <Section title={l.t('registers.import.alike')} lead={l.t('registers.import.alikeWhy')} id="alike">
      <DataTable<DraftRow>
        l={l}
        caption={l.t('registers.import.alike')}
        rows={rows}
        rowKey={(row) => String(row.row)}
        columns={[
          { key: 'row', label: l.t('registers.import.row'), numeric: true, cell: (row) => row.row },
          { key: 'name', label: l.t('registers.name'), head: true, cell: (row) => Object.values(row.name)[0] ?? '' },
          {
            key: 'twin',
            label: l.t('registers.twins'),
            cell: (row) =>
              row.twins.map((twin) => (
                <p key={twin.id ?? twin.row}>
                  {twin.id ? (
                    <a href={l.href(`${path}/${twin.id}`)}>{twin.name}</a>
                  ) : (
                    l.t('registers.import.sameFile', { row: twin.row ?? 0, name: twin.name })
                  )}{' '}
                  <span class="soft small">
                    {l.percent(twin.score)}: {twin.reasons.map((key) => l.t(key)).join(', ')}
                  </span>
                </p>
              )),
          },
          {
            key: 'do',
            label: l.t('registers.import.decide'),
            cell: (row) => (
              <Select
                l={l}
                name={`row${row.row}`}
                required
                label={l.t('registers.import.decideRow', { row: row.row })}
                choices={[
                  { value: '', label: l.t('registers.import.enter') },
                  { value: 'skip', label: l.t('registers.import.skip') },
                  ...row.twins
                    .filter((twin) => twin.id !== null)
                    .map((twin) => ({
                      value: twin.id ?? '',
                      label: l.t('registers.import.isSame', { name: twin.name }),
                    })),
                ]}
              />
            ),
          },
        ]}
      />
    </Section>
  );
}

async function apply(call: Call): Promise<Reply> {
  const found = await importOf(call);
  return await orAgain(
    async () => {
      const form = readForm(z.record(z.string(), z.unknown()), call.request);
      const { leaveWrong } = readFields(z.object({ leaveWrong: z.literal('yes').optional() }), {
        leaveWrong: form.leaveWrong,
      });
      const twins = new Map(found.rows.rows.map((row) => [row.row, row.twins.map((twin) => twin.id)]));
      const decisions: Record<number, RowDecision> = {};
      for (const [name, value] of Object.entries(form)) {
        const row = Number(/^row(\d{1,7})$/.exec(name)?.[1] ?? Number.NaN);
        if (value === 'skip' && twins.has(row)) decisions[row] = 'skip';
        else if (typeof value === 'string' && value && twins.get(row)?.includes(value))
          decisions[row] = { same: value };
      }
      const entered = await applyImport(call.sql, byOf(call), {
        importId: found.id,
        leaveWrong: leaveWrong === 'yes',
        decisions,
      });
      return seeOther(call.l.href(`/office/imports/${found.id}`), {
        key: 'registers.import.done',
        params: { n: entered },
        undo: call.l.href(`/office/imports/${found.id}/undo`),
      });
    },
    (problem) => showImport(call, problem),
  );
}

async function undo(call: Call): Promise<Reply> {
  const found = await importOf(call);
  return await orAgain(
    async () => showImport(call, undefined, await undoImport(call.sql, byOf(call), found.id, allUses)),
    (problem) => showImport(call, problem),
  );
}

const route = (method: 'GET' | 'POST', path: string, handle: Page['handle']): Page => ({
  method,
  path,
  action: 'imports.use',
  languages: 'paths',
  handle,
});

export const importPages: readonly Page[] = [
  route('GET', '/office/imports/new', (call) => uploadPage(call)),
  route('POST', '/office/imports', upload),
  route('GET', '/office/imports/:id', (call) => showImport(call)),
  route('POST', '/office/imports/:id/apply', apply),
  route('POST', '/office/imports/:id/undo', undo),
];

import { type Call, officePage } from '../../../kernel/access/index.ts';
import { type EvidenceRow, type Measure, rowsById } from '../../../kernel/evidence/index.ts';
import { figure } from '../../../kernel/indicators/index.ts';
import { attachmentsOf, record, visibleFile } from '../../../kernel/records/index.ts';
import { type Subject, subjects } from '../../../kernel/subjects/index.ts';
import { page, type Reply, stream } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/problem.ts';
import { csv, labelsFor, pseudonym, valueText } from '../../../reports/donor/index.ts';
import {
  Breakable,
  DataTable,
  EmptyState,
  Facts,
  LinkButton,
  Pagination,
  Section,
  StateChip,
} from '../../../ui/index.ts';
import { asked, idOf, listHref } from '../registers/common.tsx';
import { csvFile } from './project.tsx';
import { chosenPeriod, type Figures, mayOpen, periodsOf, visibleProject, worksHere } from './reader.ts';
import { crumbsOf, periodWords } from './words.tsx';

const PAGE = 50;

/** The rows that a value stands on. @throws Problem 404 for a cell that is not there, or hidden from this reader */
async function standsOn(call: Call) {
  const indicatorId = idOf(call);
  const plain = await figure(call.sql, call.space.id, { indicatorId, periods: [] });
  const found = await visibleProject(call, plain.indicator.projectId);
  const chosen = chosenPeriod(periodsOf(found, call.now()), asked(call, 'period'));
  const options = { indicatorId, periods: [chosen], digests: true, suppress: !worksHere(call) };
  const drawn = await figure(call.sql, call.space.id, options);
  const key = asked(call, 'cell');
  const cell = drawn.periods[0]?.cells.find((one) => one.key === key);
  if (!cell || cell.hidden) throw notFound('cell');
  return { found, chosen, cell, key, indicator: drawn.indicator };
}

/** "Show the evidence": each row with its record, the newest happening first. */
export async function evidenceList(call: Call, { measures }: Figures): Promise<Reply> {
  const { l } = call;
  const { found, chosen, cell, key, indicator } = await standsOn(call);
  const labels = await labelsFor(call.sql, call.space.id, l, measures, [indicator.definition], [cell]);
  const all = (await rowsById(call.sql, call.space.id, cell.evidenceIds)).toReversed();
  const at = Math.max(0, Math.min(Number.parseInt(asked(call, 'page'), 10) || 0, Math.floor((all.length - 1) / PAGE)));
  const rows = all.slice(at * PAGE, (at + 1) * PAGE);
  const names = await namesOf(call, rows);
  const path = `/office/indicators/${indicator.id}`;
  const query = { period: chosen.key, cell: key };
  const onPage = (n: number) => listHref(call, `${path}/evidence`, { ...query, page: n > 0 ? String(n) : '' });
  const title = [l.pick(indicator.title), labels.cell(cell.at)].filter(Boolean).join(': ');
  return page(
    officePage(
      call,
      {
        title: l.t('figures.evidence.title', { title }),
        crumbs: crumbsOf(call, found, {
          label: l.pick(indicator.title),
          href: listHref(call, path, { period: chosen.key }),
        }),
        subheading: `${periodWords(call, chosen)} · ${valueText(l, indicator, cell.value)}`,
        actions: (
          <LinkButton href={listHref(call, `${path}/evidence.csv`, query)} icon="download">
            {l.t('figures.evidenceCsv')}
          </LinkButton>
        ),
      },
      <div class="flow">
        <p class="soft">{l.t('figures.evidence.explain', { n: cell.evidence })}</p>
        <EvidenceTable call={call} rows={rows} names={names} measures={measures} />
        <Pagination
          l={l}
          first={at > 1 ? onPage(0) : undefined}
          previous={at > 0 ? onPage(at - 1) : undefined}
          next={(at + 1) * PAGE < all.length ? onPage(at + 1) : undefined}
          note={l.t('figures.evidence.range', {
            from: all.length === 0 ? 0 : at * PAGE + 1,
            to: Math.min(all.length, (at + 1) * PAGE),
            all: all.length,
          })}
        />
        <p class="soft small">
          {l.t('figures.digest')}: <Breakable text={cell.digest ?? ''} />
        </p>
      </div>,
    ),
  );
}

export async function evidenceListCsv(call: Call): Promise<Reply> {
  const { cell, indicator } = await standsOn(call);
  const rows = await rowsById(call.sql, call.space.id, cell.evidenceIds);
  const names = await namesOf(call, rows);
  const head = 'evidence measure record happened_on recorded_at quantity denominator basis subject place'.split(' ');
  const lines = rows.map((row) => [
    ...[row.id, row.measure, row.recordId, row.occurredOn, row.recordedAt.toISOString(), row.quantity, row.denominator],
    ...[row.basis, names.who(row), names.where(row)],
  ]);
  return csvFile(csv([head, ...lines]), `evidence-${indicator.code}`);
}

type Names = { readonly who: (row: EvidenceRow) => string; readonly where: (row: EvidenceRow) => string };

/** People by name for those who work here, by a pseudonym for others; places and facilities by name for all. */
export async function namesOf(call: Call, rows: readonly EvidenceRow[]): Promise<Names> {
  const ids = rows.flatMap((row) => [row.subjectId, row.placeId]).filter((id) => id !== null);
  const named: ReadonlyMap<string, Subject> = await subjects(call.sql, call.space.id, [...new Set(ids)]);
  const open = worksHere(call);
  return {
    who: ({ subjectId }) => {
      if (subjectId === null) return '';
      const subject = named.get(subjectId);
      return subject && (open || subject.kind !== 'person')
        ? call.l.pick(subject.name)
        : pseudonym(call.space.id, subjectId);
    },
    where: ({ placeId }) => (placeId ? call.l.pick(named.get(placeId)?.name) : ''),
  };
}

export function EvidenceTable(props: {
  call: Call;
  rows: readonly EvidenceRow[];
  names: Names;
  measures: readonly Measure[];
}) {
  const { call, rows, names, measures } = props;
  const { l } = call;
  return (
    <DataTable
      l={l}
      caption={l.t('figures.evidence')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={
        <EmptyState title={l.t('figures.evidence.none')} icon="shield">
          {l.t('figures.evidence.none.more')}
        </EmptyState>
      }
      columns={[
        {
          key: 'day',
          label: l.t('figures.happened'),
          head: true,
          cell: (row) => <a href={l.href(recordHref(call, row))}>{l.date(row.occurredOn)}</a>,
        },
        { key: 'measure', label: l.t('figures.counts'), cell: (row) => measureTitle(call, measures, row.measure) },
        { key: 'who', label: l.t('figures.about'), cell: (row) => names.who(row) },
        { key: 'where', label: l.t('donor.dimension.place'), cell: (row) => names.where(row) },
        {
          key: 'quantity',
          label: l.t('figures.quantity'),
          numeric: true,
          cell: (row) =>
            row.denominator === null
              ? l.number(row.quantity)
              : `${l.number(row.quantity)} / ${l.number(row.denominator)}`,
        },
        {
          key: 'basis',
          label: l.t('figures.basis'),
          cell: (row) => (
            <StateChip tone={row.basis === 'counted' ? 'good' : 'info'}>{l.t(`figures.basis.${row.basis}`)}</StateChip>
          ),
        },
        { key: 'recorded', label: l.t('figures.recorded'), cell: (row) => l.dateTime(row.recordedAt) },
      ]}
    />
  );
}

/** Those who work here open the record; others the row with its pictures. */
const recordHref = (call: Call, row: EvidenceRow): string =>
  worksHere(call) ? `/office/records/${row.recordId}` : `/office/evidence/${row.id}`;

function measureTitle(call: Call, measures: readonly Measure[], key: string): string {
  return call.l.pick(measures.find((measure) => measure.key === key)?.title) || key;
}

async function openRow(call: Call): Promise<EvidenceRow> {
  const [row] = await rowsById(call.sql, call.space.id, [idOf(call)]);
  if (!row || !(await mayOpen(call, row))) throw notFound('evidence');
  return row;
}

/** One row for a reader who may not open the record: what counts, when it came and was accepted, and pictures without position data. */
export async function evidenceRow(call: Call, { measures }: Figures): Promise<Reply> {
  const { l } = call;
  const row = await openRow(call);
  const names = await namesOf(call, [row]);
  const stands = await record(call.sql, call.space.id, row.recordId);
  const files = (await attachmentsOf(call.sql, call.space.id, row.recordId)).filter((file) =>
    visibleFile(call.actor, file),
  );
  const facts = [
    { term: l.t('figures.counts'), value: measureTitle(call, measures, row.measure) },
    { term: l.t('figures.happened'), value: l.date(row.occurredOn) },
    { term: l.t('figures.about'), value: names.who(row) || '–' },
    { term: l.t('donor.dimension.place'), value: names.where(row) || '–' },
    { term: l.t('figures.quantity'), value: l.number(row.quantity) },
    { term: l.t('figures.basis'), value: l.t(`figures.basis.${row.basis}`) },
    { term: l.t('figures.received'), value: stands ? l.dateTime(stands.receivedAt) : '–' },
    { term: l.t('figures.recorded'), value: l.dateTime(row.recordedAt) },
    ...(row.endedAt && row.endCause
      ? [{ term: l.t(`figures.ended.${row.endCause}`), value: l.dateTime(row.endedAt) }]
      : []),
    { term: l.t('figures.record'), value: <code>{row.recordId}</code> },
    { term: l.t('figures.row'), value: <code>{row.id}</code> },
  ];
  return page(
    officePage(
      call,
      { title: l.t('figures.row.title'), crumbs: [{ label: l.t('figures.title'), href: l.href('/office/figures') }] },
      <div class="flow">
        <Facts facts={facts} />
        {files.length > 0 && (
          <Section title={l.t('figures.pictures')}>
            <ul class="photos">
              {files.map((file, i) => (
                <li key={file.name}>
                  <img
                    src={`/office/evidence/${row.id}/files/${encodeURIComponent(file.name)}`}
                    alt={l.t('figures.picture', { n: i + 1 })}
                    loading="lazy"
                  />
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>,
    ),
  );
}

/** A picture of a row's record, as this reader may see it. */
export async function evidenceFile(call: Call): Promise<Reply> {
  const row = await openRow(call);
  const file = (await attachmentsOf(call.sql, call.space.id, row.recordId)).find(
    (one) => one.name === call.params.name,
  );
  const seen = file ? visibleFile(call.actor, file) : null;
  const bytes = seen ? await call.files.read(seen.sha256) : null;
  if (!seen || !bytes) throw notFound('file');
  return stream(bytes, seen.mediaType, { 'cache-control': 'private, max-age=3600' });
}

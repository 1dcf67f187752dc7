import type { Call } from '../../../kernel/access/index.ts';
import type { EvidenceRow } from '../../../kernel/evidence/index.ts';
import { type Indicator, indicatorsOf, measuresOf } from '../../../kernel/indicators/index.ts';
import { DataTable, Section, StateChip } from '../../../ui/index.ts';
import { projectsOf, type RecordDeps } from './reader.ts';

/** What counts because of this record, and the indicators whose figures it feeds. Drawn after `figuresFed`. */
export function Evidence(props: {
  call: Call;
  deps: RecordDeps;
  rows: readonly EvidenceRow[];
  indicators: readonly Indicator[];
}) {
  const { call, deps, rows, indicators } = props;
  const { l } = call;
  if (rows.length === 0)
    return (
      <Section title={l.t('office.records.evidence')}>
        <p class="soft">{l.t('office.records.evidence.none')}</p>
      </Section>
    );
  return (
    <Section title={l.t('office.records.evidence')} lead={l.t('office.records.evidence.lead')}>
      <DataTable
        l={l}
        caption={l.t('office.records.evidence')}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'measure',
            label: l.t('office.records.evidence.counts'),
            head: true,
            cell: (row) => l.pick(deps.measures.find((one) => one.key === row.measure)?.title) || row.measure,
          },
          {
            key: 'quantity',
            label: l.t('office.records.evidence.quantity'),
            numeric: true,
            cell: (row) =>
              row.denominator === null
                ? l.number(row.quantity)
                : `${l.number(row.quantity)} / ${l.number(row.denominator)}`,
          },
          { key: 'day', label: l.t('office.records.happened'), cell: (row) => l.date(row.occurredOn) },
          {
            key: 'state',
            label: l.t('office.records.state'),
            cell: (row) =>
              row.endedAt ? (
                <StateChip tone="neutral">
                  {l.t('office.records.evidence.ended', { time: l.dateTime(row.endedAt) })}
                </StateChip>
              ) : (
                <StateChip tone="good">{l.t('office.records.evidence.live')}</StateChip>
              ),
          },
        ]}
      />
      {indicators.length > 0 && (
        <>
          <h3>{l.t('office.records.figures')}</h3>
          <ul class="list">
            {indicators.map((indicator) => (
              <li key={indicator.id}>
                {call.can('figures.read') ? (
                  <a href={l.href(`/office/indicators/${indicator.id}`)}>{l.pick(indicator.title)}</a>
                ) : (
                  l.pick(indicator.title)
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** The indicators that count at least one of the rows' measures, in the projects of the rows. */
export async function figuresFed(call: Call, rows: readonly EvidenceRow[]): Promise<readonly Indicator[]> {
  const counted = new Set(rows.map((row) => row.measure));
  const projects = await projectsOf(call, rows);
  const all = await Promise.all(projects.map((id) => indicatorsOf(call.sql, call.space.id, id)));
  return all.flat().filter((indicator) => measuresOf(indicator.definition).some((measure) => counted.has(measure)));
}

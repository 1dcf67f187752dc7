import type { Locale } from '../../../platform/i18n/index.ts';
import type { ProblemPart } from '../../../platform/problem.ts';
import { DataTable, StateChip } from '../../../ui/index.ts';

type Finding = {
  readonly id: string;
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly severity: 'error' | 'warning';
  readonly part: ProblemPart;
};

/** A finding as the kernel keeps it: its place is 'survey!12!label', or 'survey' for a whole sheet. */
function findingOf(part: ProblemPart, i: number): Finding {
  const [sheet = '', row = '', ...column] = part.at.split('!');
  return {
    id: String(i),
    sheet,
    row: /^\d+$/.test(row) ? Number(row) : 0,
    column: column.join('!'),
    value: String(part.details?.value ?? ''),
    severity: part.details?.severity === 'warning' ? 'warning' : 'error',
    part,
  };
}

/** What the compiler says of a workbook: where, what stands there, what is wrong and the nearest right word. */
export function Findings({
  l,
  caption,
  kept,
}: {
  readonly l: Locale;
  readonly caption: string;
  readonly kept: readonly ProblemPart[];
}) {
  return (
    <DataTable
      l={l}
      caption={caption}
      rows={kept.map(findingOf)}
      rowKey={(finding) => finding.id}
      rowTone={(finding) => (finding.severity === 'error' ? 'bad' : 'warn')}
      columns={[
        { key: 'sheet', label: l.t('office.forms.sheet'), cell: (finding) => finding.sheet || null },
        { key: 'row', label: l.t('office.forms.row'), numeric: true, cell: (finding) => finding.row || null },
        { key: 'column', label: l.t('office.forms.column'), cell: (finding) => finding.column || null },
        { key: 'value', label: l.t('office.forms.value'), cell: (finding) => <code>{finding.value}</code> },
        {
          key: 'what',
          label: l.t('office.forms.wrong'),
          head: true,
          cell: ({ part }) => l.t(part.key, part.details),
        },
        {
          key: 'severity',
          label: l.t('office.forms.severity'),
          cell: (finding) => (
            <StateChip tone={finding.severity === 'error' ? 'bad' : 'warn'}>
              {l.t(`office.forms.severity.${finding.severity}`)}
            </StateChip>
          ),
        },
      ]}
    />
  );
}

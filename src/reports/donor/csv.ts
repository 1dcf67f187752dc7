import { rowsById } from '../../kernel/evidence/index.ts';
import { frozenEvidence } from '../../kernel/freezes/index.ts';
import { subjects } from '../../kernel/subjects/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Locale } from '../../platform/i18n/index.ts';
import { type Labels, pseudonym } from './labels.ts';
import type { DonorReport } from './report.ts';

type Value = string | number | null | undefined;

/** Comma-separated values as spreadsheets read them: UTF-8 with its mark, CRLF, and no text that a spreadsheet would run as a formula. */
export function csv(rows: readonly (readonly Value[])[]): string {
  const cell = (value: Value): string => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** One line per value: the total and every category of each indicator, live and, in a frozen report, as it was reported. */
export function figuresCsv(l: Locale, report: DonorReport, labels: Labels): string {
  const head =
    `project indicator title version unit from to cell category live frozen target baseline evidence digest hidden`.split(
      ' ',
    );
  const rows = report.lines.flatMap(({ indicator, target, baseline, live, frozen }) => {
    const keys = [...new Set([...live, ...(frozen ?? [])].map((cell) => cell.key))].sort();
    return keys.map((key): Value[] => {
      const now = live.find((cell) => cell.key === key);
      const then = frozen?.find((cell) => cell.key === key);
      const at = (now ?? then)?.at ?? {};
      return [
        ...[report.project.code, indicator.code, l.pick(indicator.title), indicator.version, l.pick(indicator.unit)],
        ...[report.period.from, report.period.to, key, labels.cell(at), now?.value, then?.value],
        ...(key === '' ? [target, baseline] : [null, null]),
        ...[now?.evidence, (frozen ? then : now)?.digest, now?.hidden || then?.hidden ? 1 : 0],
      ];
    });
  });
  return csv([head, ...rows]);
}

/** One line per row of evidence under each figure, with the record that it stands on: from the number back to the sheet. */
export async function evidenceCsv(db: Db, spaceId: string, report: DonorReport, names: boolean): Promise<string> {
  const head =
    'project indicator evidence measure record happened_on recorded_at quantity denominator basis subject place ended_at end_cause'.split(
      ' ',
    );
  const rows: Value[][] = [head];
  for (const { indicator, live } of report.lines) {
    const ids = report.freeze
      ? await frozenEvidence(db, spaceId, report.freeze.id, indicator.id)
      : (live.find((cell) => cell.key === '')?.evidenceIds ?? []);
    const evidence = await rowsById(db, spaceId, ids);
    const places = [...new Set(evidence.map((row) => row.placeId).filter((id) => id !== null))];
    const about = [...new Set(evidence.map((row) => row.subjectId).filter((id) => id !== null))];
    const named = await subjects(db, spaceId, [...places, ...about]);
    const who = (id: string | null): string => {
      const subject = id ? named.get(id) : undefined;
      if (!id) return '';
      return subject && (names || subject.kind !== 'person') ? firstName(subject.name) : pseudonym(spaceId, id);
    };
    for (const row of evidence)
      rows.push([
        ...[report.project.code, indicator.code, row.id, row.measure, row.recordId, row.occurredOn],
        ...[row.recordedAt.toISOString(), row.quantity, row.denominator, row.basis, who(row.subjectId)],
        ...[row.placeId ? firstName(named.get(row.placeId)?.name ?? {}) : '', row.endedAt?.toISOString(), row.endCause],
      ]);
  }
  return csv(rows);
}

const firstName = (name: Readonly<Record<string, string | undefined>>): string => name.ky ?? name.ru ?? name.en ?? '';

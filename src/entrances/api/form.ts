import { accountNames, type Call } from '../../kernel/access/index.ts';
import { type FormInfo, form, formOfKey, questionsOf, versionsOfForm } from '../../kernel/forms/index.ts';
import { type ExportFilter, type RecordDetail, recordsForExport } from '../../kernel/records/index.ts';
import { uuidParam } from '../../platform/http/index.ts';
import { notFound } from '../../platform/problem.ts';
import { type Cell, type CellType, type Table, tablesOf } from './tables.ts';

/** A form with the tables that its records fill. */
export type FormData = { readonly form: FormInfo; readonly root: Table };

/** The form of the address, by its id or by its key. @throws Problem 404 */
export async function openFormData(call: Call): Promise<FormData> {
  const asked = String(call.params.form ?? '').replaceAll('\0', '');
  const found = uuidParam.safeParse(asked).success
    ? await form(call.sql, call.space.id, asked)
    : await formOfKey(call.sql, call.space.id, asked);
  if (!found) throw notFound(asked.slice(0, 80));
  const versions = await versionsOfForm(call.sql, call.space.id, found.id);
  const questions = await Promise.all(versions.map((version) => questionsOf(call.sql, call.space.id, version.id)));
  return { form: found, root: tablesOf(questions) };
}

/** A record beside the name of who sent it. */
export type Row = { readonly record: RecordDetail; readonly sender: string | null };

/** The records of a form in batches, with their senders' names. */
export async function* batches(
  call: Call,
  filter: ExportFilter,
  window: { readonly skip?: number; readonly top?: number } = {},
): AsyncGenerator<readonly Row[]> {
  const names = new Map<string, string>();
  for await (const records of recordsForExport(call.sql, call.space.id, filter, window)) {
    const unknown = new Set(records.map((one) => one.authorId).filter((id) => id !== null && !names.has(id)));
    for (const [id, name] of await accountNames(call.sql, call.space.id, [...unknown] as string[])) names.set(id, name);
    yield records.map((record) => ({ record, sender: names.get(record.authorId ?? '') ?? null }));
  }
}

/** What stands beside the answers of every record. */
export const ABOUT: readonly { readonly name: string; readonly type: CellType; readonly of: (row: Row) => Cell }[] = [
  { name: 'record_id', type: 'text', of: ({ record }) => record.id },
  { name: 'received_at', type: 'dateTime', of: ({ record }) => record.receivedAt.toISOString() },
  { name: 'occurred_on', type: 'date', of: ({ record }) => record.occurredOn },
  { name: 'captured_at', type: 'dateTime', of: ({ record }) => record.capturedAt?.toISOString() ?? null },
  { name: 'form_version', type: 'text', of: ({ record }) => record.formVersion },
  { name: 'state', type: 'text', of: ({ record }) => record.verdict },
  { name: 'waits', type: 'text', of: ({ record }) => waitsFor(record) },
  { name: 'sent_by', type: 'text', of: ({ sender }) => sender },
  { name: 'door', type: 'text', of: ({ record }) => record.door },
  { name: 'activity_id', type: 'text', of: ({ record }) => record.activityId },
  { name: 'subject_id', type: 'text', of: ({ record }) => record.subjectId },
  { name: 'first_version_id', type: 'text', of: ({ record }) => record.rootId },
];

/** What a person must still look at, as words of the data. */
function waitsFor(record: RecordDetail): string | null {
  const flags = (['aside', 'conflict', 'incomplete'] as const).filter((flag) => record[flag]);
  return [...flags, ...(record.clockOff ? ['clock_off'] : [])].join(' ') || null;
}

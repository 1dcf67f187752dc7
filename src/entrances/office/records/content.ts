import { validateSubmission } from '@demilge/xform';
import { accountNames, type Call } from '../../../kernel/access/index.ts';
import { parsedForm, type Question, questionsOf, versionsOfForm } from '../../../kernel/forms/index.ts';
import { projects } from '../../../kernel/projects/index.ts';
import type { Attachment, Conflict, RecordRow } from '../../../kernel/records/index.ts';
import { subjects } from '../../../kernel/subjects/index.ts';
import { pseudonym } from '../../../reports/donor/index.ts';
import { type Line, linesOf, subjectIdsIn } from './answers.ts';
import { seesPeople } from './reader.ts';

/** The version by which a record is read: its own, or the newest where the space does not have its own. */
export async function readingVersion(call: Call, row: RecordRow): Promise<string | null> {
  return row.formVersionId ?? (await versionsOfForm(call.sql, call.space.id, row.formId))[0]?.id ?? null;
}

export async function questionsFor(call: Call, row: RecordRow): Promise<readonly Question[]> {
  const versionId = await readingVersion(call, row);
  return versionId ? await questionsOf(call.sql, call.space.id, versionId) : [];
}

/** The second content of an id, read by the same questions as the first. */
export async function linesOfConflict(call: Call, row: RecordRow, conflict: Conflict): Promise<readonly Line[]> {
  const versionId = await readingVersion(call, row);
  if (!versionId) return [];
  const definition = await parsedForm(call.sql, call.space.id, versionId);
  return linesOf(await questionsFor(call, row), validateSubmission(definition, conflict.xml).answers);
}

/** Names of the subjects and projects that answers and records speak of, for this reader: people under a pseudonym for those outside. */
export async function subjectNames(
  call: Call,
  lines: readonly Line[],
  more: readonly (string | null)[] = [],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set([...subjectIdsIn(lines), ...more.filter((id) => id !== null)])];
  const found = await subjects(call.sql, call.space.id, ids);
  const rest = ids.filter((id) => !found.has(id));
  const ofProjects = rest.length > 0 ? await projects(call.sql, call.space.id) : [];
  return new Map([
    ...ofProjects.filter(({ id }) => rest.includes(id)).map(({ id, title }) => [id, call.l.pick(title)] as const),
    ...[...found].map(
      ([id, one]) =>
        [
          id,
          one.kind === 'person' && !seesPeople(call) ? pseudonym(call.space.id, id) : call.l.pick(one.name),
        ] as const,
    ),
  ]);
}

/** Names of accounts for those who may read them; null stands for a stranger at a public form. */
export async function senders(call: Call, ids: readonly (string | null)[]): Promise<(id: string | null) => string> {
  const known = seesPeople(call)
    ? await accountNames(call.sql, call.space.id, [...new Set(ids.filter((id) => id !== null))])
    : new Map<string, string>();
  return (id) => {
    if (!seesPeople(call)) return call.l.t('office.records.notNamed');
    return (id && known.get(id)) || call.l.t('office.records.stranger');
  };
}

/** The file that an answer names, where the bytes are here. */
export function fileOfLine(line: Line, files: readonly Attachment[]): Attachment | null {
  return (line.value && files.find((file) => file.name === line.value && file.sha256)) || null;
}

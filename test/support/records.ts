import { createHash } from 'node:crypto';
import { type Sql, uuidv7 } from '../../src/platform/db/index.ts';

export type TestRecord = {
  spaceId: string;
  formKey: string;
  occurredOn: string;
  answers?: Record<string, unknown>;
  id?: string;
  subjectId?: string | null;
  activityId?: string | null;
  /** The record that this one corrects, and the first of the chain. */
  supersedes?: { id: string; rootId: string };
  receivedAt?: Date;
};

/** Puts a record as if it had come in whole, for tests of what follows from records. Gives its id and root. */
export async function putRecord(sql: Sql, given: TestRecord): Promise<{ id: string; rootId: string }> {
  const id = given.id ?? uuidv7();
  const rootId = given.supersedes?.rootId ?? id;
  const receivedAt = given.receivedAt ?? new Date();
  const formId = '00000000-0000-4000-8000-000000000001';
  await sql`insert into record (space_id, id, form_id, form_key, form_version, activity_id, subject_id, author_id, door, root_id,
      supersedes, answers, xml, xml_sha256, occurred_on, received_at)
    values (${given.spaceId}, ${id}, ${formId}, ${given.formKey}, '1', ${given.activityId ?? null}, ${given.subjectId ?? null},
      ${null}, 'seed', ${rootId}, ${given.supersedes?.id ?? null}, ${sql.json((given.answers ?? {}) as never)}, '<data/>',
      ${createHash('sha256').update(id).digest('hex')}, ${given.occurredOn}, ${receivedAt})`;
  await sql`insert into record_now (space_id, record_id, form_id, received_at) values (${given.spaceId}, ${id}, ${formId}, ${receivedAt})`;
  return { id, rootId };
}

import { activities } from '../../../kernel/activities/index.ts';
import { assignmentsIn } from '../../../kernel/assignments/index.ts';
import { projectUse } from '../../../kernel/projects/index.ts';
import { listRecords } from '../../../kernel/records/index.ts';
import type { UseCheck } from '../../../kernel/subjects/index.ts';

const PORTION = 200;

/** What records tell about stays in the register. */
const recordUse: UseCheck = async (db, spaceId, ids) => {
  const used = new Map<string, string>();
  for (let from = 0; from < ids.length; from += PORTION) {
    const subjectIds = ids.slice(from, from + PORTION);
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page = await listRecords(db, spaceId, { subjectIds }, cursor, PORTION);
      for (const { subjectId } of page.rows) if (subjectId) used.set(subjectId, 'registers.import.staysRecorded');
      cursor = page.next;
    }
  }
  return used;
};

/** What somebody is asked to record stays too. */
const assignmentUse: UseCheck = async (db, spaceId, ids) => {
  const asked = new Set(ids);
  const used = new Map<string, string>();
  for (const { id } of await activities(db, spaceId))
    for (const { subjectId } of await assignmentsIn(db, spaceId, id))
      if (asked.has(subjectId)) used.set(subjectId, 'registers.import.staysAssigned');
  return used;
};

/** Every room above the subjects that may need one of them. */
export const allUses: readonly UseCheck[] = [recordUse, assignmentUse, projectUse];

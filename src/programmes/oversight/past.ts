import { listRecords, type RecordDetail, recordsById } from '../../kernel/records/index.ts';
import { libraryOf } from '../../kernel/sources/index.ts';
import { subject } from '../../kernel/subjects/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { PASSPORT } from './card.ts';
import type { Seen } from './compare.ts';
import { VISIT_FORM } from './keys.ts';
import { JUDGED_BY } from './lines.ts';
import { type Score, scoreOf } from './score.ts';
import { facilityType } from './standing.ts';

/** A visit to a facility with its score by the type and the lines of its day. */
export type PastVisit = {
  readonly record: RecordDetail;
  readonly facilityId: string;
  readonly day: string;
  readonly type: string | null;
  readonly score: Score;
};

/** Visits to any of the facilities that were not corrected, rejected or withdrawn, the earliest first. */
export async function pastVisits(
  db: Db,
  spaceId: string,
  facilityIds: readonly string[],
): Promise<readonly PastVisit[]> {
  const { rows } = await listRecords(db, spaceId, { formKey: VISIT_FORM, subjectIds: facilityIds }, null, 500);
  const standing = rows.filter((row) => row.verdict !== 'rejected' && row.verdict !== 'withdrawn' && !row.aside);
  const records = await recordsById(
    db,
    spaceId,
    standing.map((row) => row.id),
  );
  const library = await libraryOf(db, spaceId, JUDGED_BY);
  const visits = await Promise.all(
    records.map(async (record) => {
      const facilityId = record.subjectId ?? '';
      const day = record.occurredOn ?? record.receivedAt.toISOString().slice(0, 10);
      const type = (await subject(db, spaceId, facilityId, day))?.type ?? null;
      return {
        record,
        facilityId,
        day,
        type,
        score: scoreOf(record.answers, facilityType(type), day, library.at(day)),
      };
    }),
  );
  return visits.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** What a visit found, beside the rows of the standard that was in force on its day. */
export async function seenAt(db: Db, spaceId: string, visit: PastVisit): Promise<Seen> {
  const rows = (await libraryOf(db, spaceId, [PASSPORT])).at(visit.day).get(PASSPORT)?.rows ?? [];
  return { items: visit.score.items, rows: new Map(rows.map((row) => [row.rowKey, row])) };
}

/**
 * Where a line over visits must be cut: before a visit whose facility or type is not that of the visit before. Pure.
 * @returns indexes into the visits
 */
export function breaksOf(visits: readonly Pick<PastVisit, 'facilityId' | 'type'>[]): readonly number[] {
  return visits.flatMap((visit, i) => {
    const before = visits[i - 1];
    return before && (before.facilityId !== visit.facilityId || before.type !== visit.type) ? [i] : [];
  });
}

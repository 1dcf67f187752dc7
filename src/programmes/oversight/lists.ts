import type { MediaList } from '../../kernel/kinds/index.ts';
import { ancestorsOf, type FoundSubject, findSubjects, today } from '../../kernel/subjects/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { FACILITY_TYPES } from './checklist.ts';

/** Types of subjects that are facilities. */
export const TYPES = FACILITY_TYPES.map((type) => type.key);
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Every facility that exists on the day, in the order of the language. */
export async function allFacilities(db: Db, spaceId: string, day: string): Promise<readonly FoundSubject[]> {
  const there: FoundSubject[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await findSubjects(db, spaceId, { kind: 'thing', types: TYPES, at: day, cursor, limit: 200 });
    there.push(...page.rows);
    cursor = page.next;
    if (!cursor) return there;
  }
}

/** The facilities that exist today, as the form chooses from them: by name in Kyrgyz, with type and oblast for the logic. */
export const facilitiesList: MediaList = async (db, spaceId) => {
  const day = today();
  const there = await allFacilities(db, spaceId, day);
  const above = await ancestorsOf(
    db,
    spaceId,
    there.map((one) => one.id),
    day,
  );
  const rows = there.map((one) => {
    const oblast = above.get(one.id)?.find((place) => place.type === 'oblast');
    return [
      one.id,
      one.name.ky ?? one.name.ru ?? '',
      one.name.ru ?? one.name.ky ?? '',
      one.type ?? '',
      oblast?.name.en ?? '',
    ]
      .map(cell)
      .join(',');
  });
  return `name,label,label_ru,type,oblast\n${rows.join('\n')}\n`;
};

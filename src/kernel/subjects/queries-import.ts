import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import type { SubjectKind } from './model.ts';

export type ImportRow<Draft> = {
  id: string;
  kind: SubjectKind;
  fileName: string;
  rows: Draft;
  createdAt: Date;
  createdBy: string;
  appliedAt: Date | null;
  undoneAt: Date | null;
};

const COLUMNS = `id, kind, file_name as "fileName", created_at as "createdAt", created_by as "createdBy",
  applied_at as "appliedAt", undone_at as "undoneAt"`;

export async function insertImport(
  tx: Db,
  spaceId: string,
  row: { id: string; kind: SubjectKind; fileName: string; rows: unknown; createdBy: string },
): Promise<void> {
  await tx`insert into subject_import (space_id, id, kind, file_name, rows, created_by)
    values (${spaceId}, ${row.id}, ${row.kind}, ${row.fileName}, ${tx.json(row.rows as never)}, ${row.createdBy})`;
}

export async function importById<Draft>(db: Db, spaceId: string, id: string): Promise<ImportRow<Draft> | null> {
  const [row] = await db<ImportRow<Draft>[]>`select ${db.unsafe(COLUMNS)}, rows from subject_import
    where space_id = ${spaceId} and id = ${id}`;
  return row ?? null;
}

/** Takes the import for this transaction, so that two clicks apply it once. */
export async function lockImport(tx: Db, spaceId: string, id: string): Promise<void> {
  await tx`select 1 from subject_import where space_id = ${spaceId} and id = ${id} for update`;
}

export type ImportLine = Omit<ImportRow<never>, 'rows'> & { count: number };

/** The last imports, newest first, with how many subjects stand of each. */
export async function recentImports(db: Db, spaceId: string, limit: number): Promise<ImportLine[]> {
  return await db<ImportLine[]>`select ${db.unsafe(COLUMNS)},
      (select count(*) from subject s where s.space_id = i.space_id and s.import_id = i.id and s.removed_at is null) as count
    from subject_import i where space_id = ${spaceId} order by created_at desc, id desc limit ${limit}`;
}

export async function markApplied(tx: Db, spaceId: string, id: string): Promise<void> {
  await tx`update subject_import set applied_at = now() where space_id = ${spaceId} and id = ${id}`;
}

export async function markImportUndone(tx: Db, spaceId: string, id: string): Promise<void> {
  await tx`update subject_import set undone_at = now() where space_id = ${spaceId} and id = ${id}`;
}

/** Fresh statistics after a load: plans made for the empty table read it whole for every row that points to it. */
export async function refreshStatistics(tx: Db): Promise<void> {
  await tx`analyze subject`;
}

export type KnownPlace = {
  id: string;
  type: string | null;
  code: string | null;
  names: Text3[];
  parentId: string | null;
};

/** Every place with all its names and what it is part of now. */
export async function knownPlaces(db: Db, spaceId: string): Promise<KnownPlace[]> {
  return await db<KnownPlace[]>`select s.id, s.type, s.code,
      (select coalesce(jsonb_agg(n.name), '[]') from subject_name n where n.space_id = s.space_id and n.subject_id = s.id) as names,
      (select r.object_id from relation r where r.space_id = s.space_id and r.subject_id = s.id and r.kind = 'part_of'
        and r.undone_at is null order by r.valid_from desc nulls last, r.stated_at desc limit 1) as "parentId"
    from subject s where s.space_id = ${spaceId} and s.kind = 'place' and s.removed_at is null`;
}

export type KnownNamed = {
  id: string;
  type: string | null;
  code: string | null;
  names: Text3[];
  placeId: string | null;
};

/** Organisations or things with all their names, for finding those that a file brings again. */
export async function knownNamed(db: Db, spaceId: string, kind: SubjectKind): Promise<KnownNamed[]> {
  return await db<KnownNamed[]>`select s.id, s.type, s.code,
      (select coalesce(jsonb_agg(n.name), '[]') from subject_name n where n.space_id = s.space_id and n.subject_id = s.id) as names,
      (select r.object_id from relation r where r.space_id = s.space_id and r.subject_id = s.id
        and r.kind in ('located_in', 'part_of') and r.undone_at is null
        order by r.valid_from desc nulls last, r.stated_at desc limit 1) as "placeId"
    from subject s where s.space_id = ${spaceId} and s.kind = ${kind} and s.removed_at is null`;
}

export type Imported = { id: string; name: Text3 };

/** What an import brought and still stands. */
export async function importedSubjects(db: Db, spaceId: string, importId: string): Promise<Imported[]> {
  return await db<Imported[]>`select s.id, n.name from subject s
    left join lateral (select name from subject_name where space_id = s.space_id and subject_id = s.id
      order by valid_from desc nulls last, id desc limit 1) n on true
    where s.space_id = ${spaceId} and s.import_id = ${importId} and s.removed_at is null`;
}

/** Ids of an import's subjects that a live fact of another hand names, or that somebody gave a second name. */
export async function touchedSince(db: Db, spaceId: string, importId: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select s.id from subject s
    join relation r on r.space_id = s.space_id and (r.subject_id = s.id or r.object_id = s.id)
      and r.undone_at is null and r.import_id is distinct from ${importId}
    where s.space_id = ${spaceId} and s.import_id = ${importId} and s.removed_at is null
    union
    select s.id from subject s join subject_name n on n.space_id = s.space_id and n.subject_id = s.id
    where s.space_id = ${spaceId} and s.import_id = ${importId} and s.removed_at is null
    group by s.id having count(*) > 1`;
  return rows.map((row) => row.id);
}

/** Facts that the import itself stated: from whom to whom. */
export async function importedRelations(
  db: Db,
  spaceId: string,
  importId: string,
): Promise<{ id: string; subjectId: string; objectId: string }[]> {
  return await db<{ id: string; subjectId: string; objectId: string }[]>`select id, subject_id as "subjectId",
    object_id as "objectId" from relation where space_id = ${spaceId} and import_id = ${importId} and undone_at is null`;
}

/** Takes subjects out of the register: they keep their rows for the audit, leave every list, and their personal details go. */
export async function removeSubjects(
  tx: Db,
  spaceId: string,
  ids: readonly string[],
  by: string | null,
): Promise<void> {
  const some = ids as string[];
  await tx`update subject set removed_at = now() where space_id = ${spaceId} and id = any(${some})`;
  await tx`delete from subject_word where space_id = ${spaceId} and subject_id = any(${some})`;
  await tx`delete from person_detail where space_id = ${spaceId} and subject_id = any(${some})`;
  await tx`update relation set undone_at = now(), undone_by = ${by} where space_id = ${spaceId} and undone_at is null
    and (subject_id = any(${some}) or object_id = any(${some}))`;
}

import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import type { DraftRow, ImportDraft } from './import-preview.ts';
import type { By } from './model.ts';
import {
  insertNames,
  insertRelations,
  insertSubjects,
  insertWords,
  type NewRelation,
  subjectsByIds,
  upsertDetails,
} from './queries.ts';
import {
  importById,
  importedRelations,
  importedSubjects,
  lockImport,
  markApplied,
  markImportUndone,
  refreshStatistics,
  removeSubjects,
  touchedSince,
} from './queries-import.ts';
import { state } from './relate.ts';
import { searchWords } from './sound.ts';

/** For a row with a likely twin: leave it out, or enter it and say that it is the same as somebody in the register. */
export type RowDecision = 'skip' | { readonly same: string };

const CHUNK = 1_000;

/**
 * Enters an import, all of it or nothing. Rows with errors are left out only when `leaveWrong` says so.
 * @returns how many subjects were entered
 * @throws Problem 404; 409 subjects.import.appliedAlready; 422 subjects.import.hasErrors with a part per cell (the first hundred)
 */
export async function applyImport(
  db: Db,
  by: By,
  given: { importId: string; leaveWrong?: boolean; decisions?: Readonly<Record<number, RowDecision>> },
): Promise<number> {
  return await transaction(db, async (tx) => {
    await lockImport(tx, by.spaceId, given.importId);
    const found = await importById<ImportDraft>(tx, by.spaceId, given.importId);
    if (!found) throw notFound(given.importId);
    if (found.appliedAt) throw new Problem(409, 'subjects.import.appliedAlready');
    const wrong = found.rows.rows.filter((row) => row.errors.length > 0);
    if (wrong.length > 0 && !given.leaveWrong) {
      const parts = wrong.flatMap((row) => row.errors).slice(0, 100);
      throw new Problem(
        422,
        'subjects.import.hasErrors',
        { rows: wrong.length },
        parts.map(({ at, key }) => ({ at, key })),
      );
    }
    const decisions = given.decisions ?? {};
    const left = new Set(wrong.map((row) => row.row));
    for (const [row, decision] of Object.entries(decisions)) if (decision === 'skip') left.add(Number(row));
    const rows = withoutOrphans(found.rows.rows, left);
    const ids = new Map(rows.map((row) => [row.row, uuidv7()]));
    for (let from = 0; from < rows.length; from += CHUNK)
      await enterSubjects(tx, by, found.kind, given.importId, rows.slice(from, from + CHUNK), ids);
    if (rows.length >= CHUNK) await refreshStatistics(tx);
    for (let from = 0; from < rows.length; from += CHUNK)
      await enterFacts(tx, by, found.kind, given.importId, rows.slice(from, from + CHUNK), ids);
    await enterDecisions(tx, by, found.kind, decisions, ids);
    await markApplied(tx, by.spaceId, given.importId);
    await audit(tx, {
      spaceId: by.spaceId,
      actorId: by.accountId,
      action: 'subject.import',
      thingKind: 'import',
      thingId: given.importId,
      details: { kind: found.kind, entered: rows.length, left: found.rows.rows.length - rows.length },
    });
    return rows.length;
  });
}

/** A row whose place is a row that is left out cannot be entered either. */
function withoutOrphans(all: readonly DraftRow[], left: ReadonlySet<number>): DraftRow[] {
  const gone = new Set(left);
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const row of all) if (row.placeRow !== null && gone.has(row.placeRow)) gone.add(row.row);
  }
  return all.filter((row) => !gone.has(row.row));
}

type Ids = ReadonlyMap<number, string>;

async function enterSubjects(
  tx: Db,
  by: By,
  kind: ImportKind,
  importId: string,
  rows: readonly DraftRow[],
  ids: Ids,
): Promise<void> {
  await insertSubjects(
    tx,
    by.spaceId,
    rows.map((row) => ({
      id: ids.get(row.row)!,
      kind,
      type: row.type,
      code: row.code,
      attributes: row.attributes,
      starts_on: row.from,
      ends_on: null,
      created_by: by.accountId,
      import_id: importId,
      name: row.name,
    })),
  );
}

type ImportKind = Parameters<typeof insertSubjects>[2][number]['kind'];

async function enterFacts(
  tx: Db,
  by: By,
  kind: ImportKind,
  importId: string,
  rows: readonly DraftRow[],
  ids: Ids,
): Promise<void> {
  const idOf = (row: DraftRow): string => ids.get(row.row)!;
  await insertNames(
    tx,
    by.spaceId,
    rows.map((row) => ({ id: uuidv7(), subject_id: idOf(row), name: row.name, valid_from: null, valid_to: null })),
  );
  await insertWords(
    tx,
    by.spaceId,
    rows.map((row) => ({ subject_id: idOf(row), words: searchWords([...Object.values(row.name), row.code ?? '']) })),
  );
  const people = rows.filter((row) => row.person !== null);
  if (people.length > 0)
    await upsertDetails(
      tx,
      by.spaceId,
      people.map((row) => ({
        subject_id: idOf(row),
        sex: row.person?.sex ?? null,
        born_on: row.person?.bornOn ?? null,
        born_year: row.person?.bornYear ?? null,
        phone: row.person?.phone ?? null,
        note: row.person?.note ?? null,
      })),
    );
  const placed = rows
    .map((row) => ({ row, objectId: row.placeId ?? (row.placeRow === null ? null : (ids.get(row.placeRow) ?? null)) }))
    .filter(({ objectId }) => objectId !== null);
  await insertRelations(
    tx,
    by.spaceId,
    placed.map(
      ({ row, objectId }): NewRelation => ({
        id: uuidv7(),
        subject_id: idOf(row),
        kind: kind === 'place' ? 'part_of' : 'located_in',
        object_id: objectId,
        valid_from: row.from,
        valid_to: null,
        share: null,
        attributes: {},
        reason: null,
        stated_at: by.at ?? new Date(),
        stated_by: by.accountId,
        import_id: importId,
      }),
    ),
  );
}

async function enterDecisions(
  tx: Db,
  by: By,
  kind: ImportKind,
  decisions: Readonly<Record<number, RowDecision>>,
  ids: Ids,
): Promise<void> {
  const same = Object.entries(decisions).flatMap(([row, decision]) => {
    const id = ids.get(Number(row));
    return id && decision !== 'skip' ? [{ id, other: decision.same }] : [];
  });
  const others = await subjectsByIds(
    tx,
    by.spaceId,
    same.map(({ other }) => other),
    '9999-12-31',
  );
  const known = new Set(others.filter((other) => other.kind === kind && !other.removedAt).map((other) => other.id));
  for (const { id, other } of same) {
    if (!known.has(other)) throw notFound(other);
    await state(tx, by, { subjectId: id, kind: 'same_as', objectId: other });
  }
}

/** Asks another room which of these subjects it needs. @returns id → message key of the reason */
export type UseCheck = (db: Db, spaceId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export type UndoneImport = {
  readonly removed: number;
  /** What stays because something else needs it, with the message key of why. */
  readonly stays: readonly {
    readonly id: string;
    readonly name: Readonly<Record<string, string>>;
    readonly why: string;
  }[];
};

/**
 * Takes back an import: whatever nothing else uses leaves the register. What a later fact, record or project needs stays, and so does
 * the place that it lies in.
 * @throws Problem 404; 409 subjects.import.notApplied, subjects.import.undoneAlready
 */
export async function undoImport(db: Db, by: By, importId: string, checks: readonly UseCheck[]): Promise<UndoneImport> {
  return await transaction(db, async (tx) => {
    await lockImport(tx, by.spaceId, importId);
    const found = await importById<ImportDraft>(tx, by.spaceId, importId);
    if (!found) throw notFound(importId);
    if (!found.appliedAt) throw new Problem(409, 'subjects.import.notApplied');
    if (found.undoneAt) throw new Problem(409, 'subjects.import.undoneAlready');
    const entered = await importedSubjects(tx, by.spaceId, importId);
    const ids = entered.map((one) => one.id);
    const why = new Map<string, string>();
    for (const check of checks)
      for (const [id, key] of await check(tx, by.spaceId, ids)) if (!why.has(id)) why.set(id, key);
    for (const id of await touchedSince(tx, by.spaceId, importId))
      if (!why.has(id)) why.set(id, 'subjects.import.staysRelated');
    const facts = await importedRelations(tx, by.spaceId, importId);
    const brought = new Set(ids);
    for (let before = -1; before !== why.size; ) {
      before = why.size;
      for (const fact of facts)
        if (why.has(fact.subjectId) && brought.has(fact.objectId) && !why.has(fact.objectId))
          why.set(fact.objectId, 'subjects.import.staysHolds');
    }
    const gone = ids.filter((id) => !why.has(id));
    await removeSubjects(tx, by.spaceId, gone, by.accountId);
    await markImportUndone(tx, by.spaceId, importId);
    await audit(tx, {
      spaceId: by.spaceId,
      actorId: by.accountId,
      action: 'subject.undoImport',
      thingKind: 'import',
      thingId: importId,
      details: { removed: gone.length, stayed: why.size },
    });
    const stays = entered.filter((one) => why.has(one.id)).map((one) => ({ ...one, why: why.get(one.id)! }));
    return { removed: gone.length, stays };
  });
}

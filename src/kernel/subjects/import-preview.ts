import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import {
  type ImportColumn,
  type ImportField,
  mapColumns,
  neededFields,
  readBirth,
  readDay,
  readSex,
  readType,
} from './import-columns.ts';
import { cellName, type Grid, readGrid } from './import-file.ts';
import { makePlaceFinder, type PlaceFinder } from './import-places.ts';
import { namedTwins, peopleTwins, type Twin } from './import-twins.ts';
import type { By, PersonDetail, SubjectKind } from './model.ts';
import { insertImport, knownPlaces } from './queries-import.ts';

/** What is wrong with one cell: `at` is its name in the sheet ('B7'), `value` what stands there. */
export type CellError = {
  readonly at: string;
  readonly row: number;
  readonly head: string;
  readonly value: string;
  readonly key: string;
};

/** One row as it was understood. `placeRow` points to another row of the same file. */
export type DraftRow = {
  readonly row: number;
  readonly name: Text3;
  readonly type: string | null;
  readonly code: string | null;
  readonly from: string | null;
  readonly placeId: string | null;
  readonly placeRow: number | null;
  readonly person: Partial<PersonDetail> | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly errors: readonly CellError[];
  readonly twins: readonly Twin[];
};

export type ImportDraft = {
  readonly sheet: string;
  readonly columns: readonly ImportColumn[];
  readonly rows: readonly DraftRow[];
};

export type ImportPreview = ImportDraft & {
  readonly importId: string;
  readonly wrong: number;
  readonly alike: number;
};

/**
 * Reads a file of people, places, organisations or things and keeps what it understood, without entering anyone yet.
 * People's names go under `language`.
 * @throws Problem 413 or 422 subjects.import.* for a file that cannot be read or lacks the column with names
 */
export async function previewImport(
  db: Db,
  by: By & { readonly accountId: string },
  given: {
    kind: SubjectKind;
    fileName: string;
    bytes: Uint8Array;
    language?: 'ky' | 'ru' | 'en';
    /** Columns (0 is A) whose meaning a person chose. */
    mapping?: Readonly<Record<number, ImportField | null>>;
  },
): Promise<ImportPreview> {
  const grid = await readGrid(given.fileName, given.bytes);
  const columns = mapColumns(given.kind, grid.head).map((column) =>
    given.mapping && column.column in given.mapping
      ? { ...column, field: given.mapping[column.column] ?? null }
      : column,
  );
  const needed = neededFields(given.kind);
  if (!columns.some((column) => column.field && needed.includes(column.field)))
    throw new Problem(422, 'subjects.import.noNameColumn', {
      heads: columns
        .map((column) => column.head)
        .join(', ')
        .slice(0, 500),
    });

  const places = makePlaceFinder(await knownPlaces(db, by.spaceId));
  const understood = understand(grid, columns, given.kind, given.language ?? 'ky', places);
  const twins =
    given.kind === 'person'
      ? await peopleTwins(
          db,
          by.spaceId,
          understood.map((row) => ({
            row: row.row,
            person: { name: Object.values(row.name)[0] ?? '', ...row.person, village: row.placeId },
          })),
        )
      : await namedTwins(db, by.spaceId, given.kind, understood);
  const rows = understood.map((row) => ({ ...row, twins: twins.get(row.row) ?? [] }));
  const draft: ImportDraft = { sheet: grid.sheet, columns, rows };
  const importId = uuidv7();
  await transaction(db, async (tx) => {
    await insertImport(tx, by.spaceId, {
      id: importId,
      kind: given.kind,
      fileName: given.fileName.slice(0, 200),
      rows: draft,
      createdBy: by.accountId,
    });
    await audit(tx, {
      spaceId: by.spaceId,
      actorId: by.accountId,
      action: 'subject.previewImport',
      thingKind: 'import',
      thingId: importId,
      details: { kind: given.kind, rows: rows.length },
    });
  });
  return {
    ...draft,
    importId,
    wrong: rows.filter((row) => row.errors.length > 0).length,
    alike: rows.filter((row) => row.twins.length > 0).length,
  };
}

function understand(
  grid: Grid,
  columns: readonly ImportColumn[],
  kind: SubjectKind,
  language: 'ky' | 'ru' | 'en',
  places: PlaceFinder,
): DraftRow[] {
  const read = grid.rows.map((row) => readRow(row, columns, kind, language));
  if (kind === 'place') for (const row of read) places.addRow(row.row, row.name, row.type, row.code);
  const column = columns.find((one) => one.field === 'place');
  if (!column) return read;
  const texts = new Map(grid.rows.map((row) => [row.number, row.cells.get(column.column)]));
  return read.map((row) => {
    const text = texts.get(row.row);
    if (!text) return row;
    const found = places.find(text, row.row);
    places.setParent(row.row, found);
    if (typeof found === 'object')
      return { ...row, ...('id' in found ? { placeId: found.id } : { placeRow: found.row }) };
    const error = cellError(row.row, column, text, found === 'none' ? 'placeUnknown' : 'placeMany');
    return { ...row, errors: [...row.errors, error] };
  });
}

function cellError(row: number, column: ImportColumn, value: string, key: string): CellError {
  return {
    at: cellName(column.column, row),
    row,
    head: column.head,
    value: value.slice(0, 100),
    key: `subjects.import.${key}`,
  };
}

function readRow(
  row: Grid['rows'][number],
  columns: readonly ImportColumn[],
  kind: SubjectKind,
  language: 'ky' | 'ru' | 'en',
): DraftRow {
  const errors: CellError[] = [];
  const text = (field: ImportField): string | undefined => {
    const column = columns.find((one) => one.field === field);
    return column && row.cells.get(column.column);
  };
  /** Reads a cell that may stay empty; what cannot be read is an error of that cell. */
  const value = <T>(field: ImportField, read: (text: string) => T | null, key: string): T | null => {
    const column = columns.find((one) => one.field === field);
    const given = column && row.cells.get(column.column);
    if (!column || given === undefined) return null;
    const made = read(given);
    if (made === null) errors.push(cellError(row.number, column, given, key));
    return made;
  };
  const name: Text3 =
    kind === 'person'
      ? { [language]: text('name') }
      : Object.fromEntries((['ky', 'ru', 'en'] as const).map((one) => [one, text(`name_${one}`)]));
  const named = Object.fromEntries(
    Object.entries(name).filter(([, one]) => one !== undefined && /\p{L}/u.test(one)),
  ) as Text3;
  if (Object.keys(named).length === 0) {
    const column = columns.find((one) => one.field && neededFields(kind).includes(one.field));
    if (column) errors.push(cellError(row.number, column, row.cells.get(column.column) ?? '', 'noName'));
  }
  const birth = value('born', (given) => readBirth(given, new Date().getFullYear()), 'birth');
  const sex = value('sex', readSex, 'sex');
  const phone = value('phone', (given) => (/^\+?[\d\s()-]{6,20}$/.test(given) ? given : null), 'phone');
  const type = value('type', (given) => readType(kind, given), 'type');
  const from = value('from', readDay, 'day');
  const latitude = value('latitude', (given) => degrees(given, 90), 'degrees');
  const longitude = value('longitude', (given) => degrees(given, 180), 'degrees');
  const at = latitude !== null && longitude !== null ? { at: { lat: latitude, lon: longitude } } : {};
  return {
    row: row.number,
    name: named,
    type,
    code: text('code')?.slice(0, 100) ?? null,
    from,
    placeId: null,
    placeRow: null,
    person: kind === 'person' ? { ...birth, sex, phone, note: text('note') ?? null } : null,
    attributes: at,
    errors,
    twins: [],
  };
}

function degrees(text: string, most: number): number | null {
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) && Math.abs(value) <= most ? value : null;
}

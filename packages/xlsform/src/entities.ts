import type { Place, Report } from './diagnostics.ts';
import { hasBrokenReference, isName } from './references.ts';
import { plain, type Table, type TableRow } from './table.ts';

/** One declared list of entities and what the form does with it. */
export interface EntityDeclaration {
  readonly list: string;
  readonly row: TableRow;
  readonly entityId: string | undefined;
  readonly createIf: string | undefined;
  readonly updateIf: string | undefined;
  readonly label: string | undefined;
  /** Whether each submission may make a new entity. */
  readonly creates: boolean;
  /** Whether each submission may change an existing entity. */
  readonly updates: boolean;
}

/** Reads the entities sheet and reports what cannot be declared together. */
export function readEntities(table: Table | undefined, report: Report): EntityDeclaration[] {
  const declarations: EntityDeclaration[] = [];
  if (!table) return declarations;
  for (const row of table.rows) {
    const place = (key: string): Place => ({
      sheet: 'entities',
      row: row.row,
      column: row.fields.get(key)?.header ?? key,
    });
    for (const [key, field] of row.fields) {
      if (typeof field.value === 'string' && hasBrokenReference(field.value)) {
        report.error('PYREF_001', place(key), { value: field.value });
      }
    }
    const list = plain(row, 'list_name');
    if (list === undefined) {
      report.error('NAMES_015', place('list_name'));
      continue;
    }
    if (!checkListName(list, place('list_name'), report)) continue;
    if (declarations.some((each) => each.list === list)) {
      report.error('NAMES_014', place('list_name'), { value: list });
      continue;
    }
    declarations.push(declare(row, list, place, report));
  }
  return declarations;
}

function checkListName(list: string, place: Place, report: Report): boolean {
  const before = list.startsWith('__') ? 'NAMES_010' : list.includes('.') ? 'NAMES_011' : undefined;
  const code = before ?? (isName(list) ? undefined : 'NAMES_008');
  if (code) report.error(code, place, { value: list });
  return code === undefined;
}

function declare(row: TableRow, list: string, place: (key: string) => Place, report: Report): EntityDeclaration {
  const entityId = plain(row, 'entity_id');
  const createIf = plain(row, 'create_if');
  const updateIf = plain(row, 'update_if');
  const label = plain(row, 'label');
  const updates = entityId !== undefined;
  const creates = createIf !== undefined || entityId === undefined;
  if (updateIf !== undefined && entityId === undefined) {
    report.error('ENTITY_007', place('entity_id'), { value: list });
  } else if (updates && creates && updateIf === undefined) {
    report.error('ENTITY_006', place('update_if'), { value: list });
  }
  if (creates && label === undefined) report.error('ENTITY_005', place('label'), { value: list });
  return { list, row, entityId, createIf, updateIf, label, creates, updates };
}

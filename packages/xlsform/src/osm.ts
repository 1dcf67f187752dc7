import { type Field, plain, type Table } from './table.ts';

/** One tag that a mapper may set. */
export interface Tag {
  readonly key: string;
  readonly label: Field | undefined;
  readonly row: number;
}

/** Reads the osm sheet: list → tags. */
export function readTags(table: Table | undefined): Map<string, Tag[]> {
  const lists = new Map<string, Tag[]>();
  for (const row of table?.rows ?? []) {
    const list = plain(row, 'list_name');
    const key = plain(row, 'name');
    if (list === undefined || key === undefined) continue;
    const tags = lists.get(list) ?? [];
    tags.push({ key, label: row.fields.get('label'), row: row.row });
    lists.set(list, tags);
  }
  return lists;
}

import type { Db } from '../../platform/db/index.ts';
import type { ListPlace } from './queries.ts';
import { countForExport, type ExportFilter, exportRows } from './queries-export.ts';
import type { RecordDetail } from './record.ts';

/** How many records are fetched at a time: enough to keep the database busy, few enough to hold. */
const BATCH = 500;

/**
 * The records of a form with their answers, the latest first, without those that a correction has replaced; a batch at a time, the
 * next one on its way while the caller writes the last.
 */
export async function* recordsForExport(
  db: Db,
  spaceId: string,
  filter: ExportFilter,
  { skip = 0, top = Number.POSITIVE_INFINITY }: { readonly skip?: number; readonly top?: number } = {},
): AsyncGenerator<readonly RecordDetail[]> {
  const ask = (after: ListPlace | null, left: number) =>
    exportRows(db, spaceId, filter, after, after ? 0 : skip, Math.min(BATCH, left));
  let left = top;
  let coming: Promise<readonly RecordDetail[]> | null = left > 0 ? ask(null, left) : null;
  while (coming) {
    const rows: readonly RecordDetail[] = await coming;
    left -= rows.length;
    const last = rows.at(-1);
    const more: boolean = rows.length === BATCH && left > 0 && last !== undefined;
    coming = more && last ? ask(last, left) : null;
    // A caller that stops early leaves this one unread; its failure is nobody's news then.
    coming?.catch(() => {});
    if (rows.length > 0) yield rows;
  }
}

/** How many records that export has. */
export async function exportCount(db: Db, spaceId: string, filter: ExportFilter): Promise<number> {
  return await countForExport(db, spaceId, filter);
}

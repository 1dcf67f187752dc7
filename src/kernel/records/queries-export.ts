import type { Db, Fragment } from '../../platform/db/index.ts';
import { DETAIL, JOINED, type ListPlace, NOT_SUPERSEDED } from './queries.ts';
import type { RecordDetail } from './record.ts';

/** A bound on the time of receipt, as clients of feeds ask for it. */
export type ReceivedBound = { readonly op: 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne'; readonly at: Date };
export type ExportFilter = {
  readonly formId: string;
  readonly received?: readonly ReceivedBound[];
  readonly verdict?: string;
};

const OPERATOR = { lt: '<', le: '<=', gt: '>', ge: '>=', eq: '=', ne: '<>' } as const;

function chosen(db: Db, spaceId: string, { formId, received = [], verdict }: ExportFilter): Fragment {
  const bounds = received.map(({ op, at }) => db`and n.received_at ${db.unsafe(OPERATOR[op])} ${at}`);
  return db`n.space_id = ${spaceId} and n.form_id = ${formId} and ${db.unsafe(NOT_SUPERSEDED)}
    ${bounds.length > 0 ? bounds.reduce((all, one) => db`${all} ${one}`) : db``}
    ${verdict ? db`and n.verdict = ${verdict}` : db``}`;
}

/** One batch of a form's records, the latest first, from after a place on. */
export async function exportRows(
  db: Db,
  spaceId: string,
  filter: ExportFilter,
  after: ListPlace | null,
  skip: number,
  limit: number,
): Promise<readonly RecordDetail[]> {
  return await db<RecordDetail[]>`select ${db.unsafe(DETAIL)} from ${db.unsafe(JOINED)}
    where ${chosen(db, spaceId, filter)}
    ${after ? db`and (n.received_at, n.record_id) < (${after.receivedAt}, ${after.id})` : db``}
    order by n.received_at desc, n.record_id desc limit ${limit} offset ${skip}`;
}

export async function countForExport(db: Db, spaceId: string, filter: ExportFilter): Promise<number> {
  const [row] = await db<{ n: number }[]>`select count(*)::int as n from ${db.unsafe(JOINED)}
    where ${chosen(db, spaceId, filter)}`;
  return row?.n ?? 0;
}

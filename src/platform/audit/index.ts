import type { Db, Fragment } from '../db/index.ts';
import { uuidv7 } from '../db/index.ts';

export type AuditLine = {
  readonly spaceId: string;
  readonly actorId: string | null;
  /** The verb, as in the rules: 'visit.return'. */
  readonly action: string;
  readonly thingKind: string;
  readonly thingId: string | null;
  /** Never personal data or secrets: ids, counts and reasons. */
  readonly details?: Readonly<Record<string, unknown>>;
};

/** Writes the line in the caller's transaction, so that the act and its line stand or fall together. */
export async function audit(tx: Db, line: AuditLine): Promise<void> {
  await tx`insert into audit_line (space_id, id, actor_id, action, thing_kind, thing_id, details)
    values (${line.spaceId}, ${uuidv7()}, ${line.actorId}, ${line.action}, ${line.thingKind}, ${line.thingId},
            ${tx.json((line.details ?? {}) as never)})`;
}

/** The same line as a part of the caller's statement: one for each row of `source`, so that the act and its line are one trip. */
export function auditFrom(db: Db, line: AuditLine, source: string): Fragment {
  return db`insert into audit_line (space_id, id, actor_id, action, thing_kind, thing_id, details)
    select ${line.spaceId}, ${uuidv7()}, ${line.actorId}::uuid, ${line.action}, ${line.thingKind}, ${line.thingId}::uuid,
      ${db.json((line.details ?? {}) as never)}::jsonb from ${db(source)}`;
}

/** What happened to one thing, newest first. */
export async function auditOf(db: Db, spaceId: string, thingId: string): Promise<readonly AuditRow[]> {
  return await db<AuditRow[]>`select at, actor_id as "actorId", action, details from audit_line
    where space_id = ${spaceId} and thing_id = ${thingId} order by at desc, id desc limit 200`;
}

export type AuditRow = { at: Date; actorId: string | null; action: string; details: Record<string, unknown> };

import type { PendingQuery, Row } from 'postgres';
import type { Db } from '../../platform/db/index.ts';
import type { Replaced } from './queries.ts';

/** A piece of SQL with its values. */
export type Piece = PendingQuery<Row[]>;

/** Which rows existed: at one moment, or on the way from one to a later one, cause by cause. */
export type Moment =
  | { readonly kind: 'at'; readonly at: Date }
  /**
   * late: what existed at `from`, and what was recorded since of records that were not replaced.
   * corrected: besides, what was corrected is replaced.
   * withdrawn: besides, what was withdrawn is gone; only records that were redefined still have the rows that stood at `from`.
   */
  | {
      readonly kind: 'step';
      readonly from: Date;
      readonly to: Date;
      readonly step: 'late' | 'corrected' | 'withdrawn';
      readonly replaced: Replaced;
    };

/** Rows whose attribute (one value or several) has one of these. */
export type RowCondition = { readonly key: string; readonly oneOf: readonly string[] };

/** Which evidence is meant. */
export type RowChoice = {
  readonly spaceId: string;
  readonly measures: readonly string[];
  readonly filter: readonly RowCondition[];
  readonly estimates: boolean;
  /** Rows of these activities; null for all of the space. */
  readonly activities: readonly string[] | null;
  /** Whose values that people reported by hand (measure kernel.reported) belong here. */
  readonly reported: { readonly projectId: string; readonly indicator: string };
  readonly moment: Moment;
};

export const REPORTED = 'kernel.reported';

/** The condition on `evidence e` as a piece of SQL. */
export function rowsWhere(db: Db, choice: RowChoice): Piece {
  const ours =
    choice.activities === null ? db`true` : db`e.activity_id = any(${choice.activities as string[]}::uuid[])`;
  const { projectId, indicator } = choice.reported;
  const scope = choice.measures.includes(REPORTED)
    ? db`case when e.measure = ${REPORTED} then e.attributes @> ${db.json({ project: projectId, indicator })} else ${ours} end`
    : ours;
  const filter = choice.filter.reduce(
    (all, { key, oneOf }) => db`${all} and e.attributes -> ${key} ?| ${oneOf as string[]}`,
    db``,
  );
  return db`e.space_id = ${choice.spaceId} and e.measure = any(${choice.measures as string[]}) and ${scope} ${filter}
    ${choice.estimates ? db`` : db`and e.basis <> 'estimated'`} and ${existed(db, choice.moment)}`;
}

function existed(db: Db, moment: Moment): Piece {
  if (moment.kind === 'at')
    return db`(e.recorded_at <= ${moment.at} and (e.ended_at is null or e.ended_at > ${moment.at}))`;
  const { from, to, step, replaced } = moment;
  const none: readonly string[] = [];
  const ofRoots = (roots: readonly string[]): Piece => db`e.root_id = any(${roots as string[]}::uuid[])`;
  const stood = db`e.recorded_at <= ${from} and (e.ended_at is null or e.ended_at > ${from})`;
  const stands = db`(e.ended_at is null or e.ended_at > ${to})`;
  const came = db`e.recorded_at > ${from} and e.recorded_at <= ${to} and ${stands}`;
  const notYet = [...(step === 'late' ? replaced.corrected : none), ...replaced.redefined];
  const gone =
    step === 'late'
      ? db`true`
      : step === 'corrected'
        ? db`(${stands} or not ${ofRoots(replaced.corrected)})`
        : db`(${stands} or ${ofRoots(replaced.redefined)})`;
  return db`((${stood} and ${gone}) or (${came} and not ${ofRoots(notYet)}))`;
}

import type { JudgedRecord } from '../../kernel/records/index.ts';
import { attachmentsOf, record as recordOf, recordsRelatedTo } from '../../kernel/records/index.ts';
import { libraryOf } from '../../kernel/sources/index.ts';
import { ancestors, subject } from '../../kernel/subjects/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { interviewsOf, text } from './answers.ts';
import type { Domain, FacilityType, Side, Verdict } from './checklist.ts';
import { CHECKLIST } from './items.ts';
import { ANSWER_FORM } from './keys.ts';
import { JUDGED_BY } from './lines.ts';
import { problems } from './queries.ts';
import { meanOf, scoreOf } from './score.ts';

/** The key of the source whose rows the checklist stands on. */
export const PASSPORT = 'primary-care-passport';
/** Fewer talks than this are not summed up: the staff could guess who spoke. */
const FEW_TALKS = 5;

/** A score card as it is shown and frozen: the visit's verdicts, what was found and what the facility said. No person is named in it. */
export type Card = {
  readonly assignmentId: string;
  readonly recordId: string;
  readonly facilityId: string;
  readonly facility: Text3;
  readonly type: FacilityType | null;
  /** Village, aimak, rayon, oblast. */
  readonly places: readonly { readonly id: string; readonly type: string | null; readonly name: Text3 }[];
  readonly position: { readonly lat: number; readonly lon: number } | null;
  readonly visitedOn: string;
  readonly formVersion: string;
  /** The version of the standard in force on the day of the visit. */
  readonly standard: { readonly id: string; readonly version: string; readonly validFrom: string } | null;
  readonly mean: number | null;
  /** Where the mean met the standard on the day of the visit, and below which it was far from it; null before the first line. */
  readonly standardLine: { readonly met: number; readonly partly: number } | null;
  readonly domains: readonly {
    readonly domain: Domain;
    readonly points: number;
    readonly of: number;
    readonly score: number | null;
  }[];
  readonly sides: Readonly<Record<Side, number | null>>;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly items: readonly CardItem[];
  readonly problems: readonly CardProblem[];
  /** Null when too few patients spoke to keep them unknown. */
  readonly talks: {
    readonly count: number;
    readonly waiting: number | null;
    readonly politeness: number | null;
  } | null;
  readonly answer: { readonly on: string; readonly position: string | null; readonly comment: string | null } | null;
};

export type CardItem = {
  readonly id: string;
  readonly domain: Domain;
  readonly row: string;
  readonly rowNumber: number | null;
  readonly rowTitle: Text3 | null;
  readonly rowText: Text3 | null;
  readonly verdict: Verdict;
  readonly value: number | null;
  readonly base: number | null;
  /** The picture for all eyes, where there is one. */
  readonly photo: { readonly name: string; readonly sha256: string } | null;
};

export type CardProblem = {
  readonly id: string;
  readonly number: number;
  readonly description: string;
  readonly row: string;
  readonly severity: string;
  readonly photo: { readonly name: string; readonly sha256: string } | null;
};

/** Draws the card of a visit from its record. Pure but for reading. */
export async function cardOf(db: Db, spaceId: string, visit: JudgedRecord): Promise<Card> {
  const day = visit.occurredOn ?? visit.receivedAt.toISOString().slice(0, 10);
  const facilityId = visit.subjectId ?? '';
  const [facility, places, library, files, found] = await Promise.all([
    subject(db, spaceId, facilityId, day),
    ancestors(db, spaceId, facilityId, day),
    libraryOf(db, spaceId, [PASSPORT, ...JUDGED_BY]),
    attachmentsOf(db, spaceId, visit.id),
    problems(db, spaceId, visit.assignmentId ? { assignmentId: visit.assignmentId } : { ids: [] }),
  ]);
  const tables = library.at(day);
  const standard = tables.get(PASSPORT)?.version ?? null;
  const rows = new Map(tables.get(PASSPORT)?.rows.map((row) => [row.rowKey, row]));
  const type = facility?.type === 'fmc' || facility?.type === 'fgp' || facility?.type === 'fap' ? facility.type : null;
  const score = scoreOf(visit.answers, type, day, tables);
  const photo = (name: string | null): CardItem['photo'] => {
    const file = files.find((one) => one.name === name);
    return file?.displaySha256 ? { name: file.name, sha256: file.displaySha256 } : null;
  };
  return {
    assignmentId: visit.assignmentId ?? '',
    recordId: visit.id,
    facilityId,
    facility: facility?.name ?? {},
    type,
    places: places.map(({ id, type, name }) => ({ id, type, name })),
    position: positionOf(facility?.attributes),
    visitedOn: day,
    formVersion: visit.formVersion,
    standard: standard ? { id: standard.id, version: standard.version, validFrom: standard.validFrom } : null,
    mean: score.mean,
    standardLine: score.standard && { met: score.standard.met, partly: score.standard.partly },
    domains: score.domains,
    sides: score.sides,
    counts: score.counts,
    items: score.items.map(({ item, verdict, value, base }) => {
      const row = rows.get(item.row);
      return {
        id: item.id,
        domain: item.domain,
        row: item.row,
        rowNumber: row?.ordinal ?? null,
        rowTitle: row?.title ?? null,
        rowText: row?.text ?? null,
        verdict,
        value: base !== null && base < FEW_TALKS ? null : value,
        base,
        photo: photo(text((visit.answers[item.domain] ?? {}) as Readonly<Record<string, unknown>>, `photo_${item.id}`)),
      };
    }),
    problems: found
      .filter((one) => one.recordId === visit.id)
      .map((one) => ({
        id: one.id,
        number: one.number,
        description: one.description,
        row: one.passportRow,
        severity: one.severity,
        photo: photo(one.photoBefore),
      })),
    talks: talksOf(visit),
    answer: await answerOf(db, spaceId, visit.id),
  };
}

function talksOf(visit: JudgedRecord): Card['talks'] {
  const talks = interviewsOf(visit.answers);
  if (talks.length < FEW_TALKS) return null;
  const mean = (pick: (talk: (typeof talks)[number]) => number | null): number | null =>
    meanOf(talks.flatMap((talk) => pick(talk) ?? []));
  return {
    count: talks.length,
    waiting: mean((talk) => talk.waiting_minutes),
    politeness: mean((talk) => talk.politeness),
  };
}

async function answerOf(db: Db, spaceId: string, visitId: string): Promise<Card['answer']> {
  const related = await recordsRelatedTo(db, spaceId, visitId);
  const last = related.filter((one) => one.formKey === ANSWER_FORM && !one.superseded && !one.aside).at(-1);
  const found = last ? await recordOf(db, spaceId, last.id) : null;
  if (!found) return null;
  return {
    on: found.occurredOn ?? '',
    position: text(found.answers, 'position'),
    comment: text(found.answers, 'comment'),
  };
}

/** Where the facility stands on the map: an import keeps the point under `at`. */
export function positionOf(attributes: Readonly<Record<string, unknown>> | undefined): Card['position'] {
  const at = attributes?.at;
  const { lat, lon } = (typeof at === 'object' && at !== null ? at : (attributes ?? {})) as Readonly<
    Record<string, unknown>
  >;
  return typeof lat === 'number' && typeof lon === 'number' ? { lat, lon } : null;
}

/** Items whose words may be shown beside the verdict, by id. */
export const ITEMS = new Map(CHECKLIST.map((item) => [item.id, item]));

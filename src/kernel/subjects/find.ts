import type { Db } from '../../platform/db/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import { type SubjectKind, today } from './model.ts';
import { countMatches, type FindFilter, type FoundSubject, findPage } from './queries-find.ts';
import { searchPrefixes } from './sound.ts';

export type SubjectSearch = {
  readonly kind?: SubjectKind;
  readonly types?: readonly string[];
  /** A place: only what lies within it on the day, at any depth. */
  readonly within?: string;
  /** What a person typed: the beginnings of words, in any order, folded; Latin letters search by sound. */
  readonly text?: string;
  readonly ids?: readonly string[];
  /** 'YYYY-MM-DD', today unless told: names, types, places and existence are those of this day. */
  readonly at?: string;
  /** Also those that had ended or not begun on the day. */
  readonly ended?: boolean;
  readonly language?: Language;
  readonly cursor?: string | null;
  /** 1…200, 50 unless told. */
  readonly limit?: number;
};

/** One page of subjects in alphabetical order of the language. @returns the rows, and the cursor of the next page or null */
export async function findSubjects(
  db: Db,
  spaceId: string,
  search: SubjectSearch = {},
): Promise<{ rows: readonly FoundSubject[]; next: string | null }> {
  const limit = Math.min(Math.max(search.limit ?? 50, 1), 200);
  const rows = await findPage(db, spaceId, filterOf(search), readCursor(search.cursor), limit + 1);
  const last = rows[limit - 1];
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? makeCursor(last) : null };
}

/** How many there were on the day. "20 facilities" is an answer at a date. */
export async function countSubjects(db: Db, spaceId: string, search: SubjectSearch = {}): Promise<number> {
  return await countMatches(db, spaceId, filterOf(search));
}

function filterOf(search: SubjectSearch): FindFilter {
  const { kind, types, within, ids } = search;
  return {
    ...(kind && { kind }),
    ...(types && { types }),
    ...(within && { within }),
    ...(ids && { ids }),
    prefixes: searchPrefixes(search.text ?? ''),
    at: search.at ?? today(),
    existing: !search.ended,
    language: search.language ?? 'ky',
  };
}

function makeCursor(row: FoundSubject): string {
  return Buffer.from(JSON.stringify([row.sort, row.id])).toString('base64url');
}

/** @throws Problem 422 platform.input.wrong for a cursor that we did not make */
function readCursor(cursor: string | null | undefined): { sort: string; id: string } | null {
  if (!cursor) return null;
  try {
    const [sort, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (
      typeof sort === 'string' &&
      typeof id === 'string' &&
      /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) &&
      !sort.includes('\0')
    )
      return { sort, id };
  } catch {
    // Falls through to the one answer for everything that is not a cursor.
  }
  throw new Problem(422, 'platform.input.wrong');
}

import type { Db } from '../../platform/db/index.ts';
import { rowsOfAll, type SourceRow, type SourceVersion, sources, versionsOf } from './queries.ts';

/** A version that is in force, with its rows. */
export type Table = { readonly version: SourceVersion; readonly rows: readonly SourceRow[] };
/** What is in force on one day, by the key of the source; a source without a version on that day is left out. */
export type Tables = ReadonlyMap<string, Table>;

/** Several sources with their whole history, read once and asked for many days. */
export type Library = {
  /** What was in force on the day, as it was known at the moment (now, without one). */
  readonly at: (day: string, asOf?: Date) => Tables;
  /** Every moment at which a version was added, ended or taken back, the earliest first. */
  readonly moments: readonly Date[];
};

/**
 * The version in force on the day as it was known at a moment: of those that had begun and stood, the last to begin, unless its stated
 * end had passed. Pure.
 */
export function versionInForce(
  versions: readonly SourceVersion[],
  day: string,
  asOf: Date | null = null,
): SourceVersion | null {
  const known = (at: Date | null): boolean => at !== null && (asOf === null || at <= asOf);
  let found: SourceVersion | null = null;
  for (const one of versions)
    if (
      one.validFrom <= day &&
      known(one.addedAt) &&
      !known(one.undoneAt) &&
      (!found || one.validFrom > found.validFrom)
    )
      found = one;
  const over = found?.statedTo != null && known(found.statedToAt) && found.statedTo < day;
  return over ? null : found;
}

/** The version of the source that was in force on the day; null before the first, after the last and in a gap. */
export async function versionAt(db: Db, spaceId: string, key: string, day: string): Promise<SourceVersion | null> {
  return (await libraryOf(db, spaceId, [key])).at(day).get(key)?.version ?? null;
}

/** Reads all versions of the sources; keys that the space does not have are passed over. */
export async function libraryOf(db: Db, spaceId: string, keys: readonly string[]): Promise<Library> {
  const known = keys.length === 0 ? [] : (await sources(db, spaceId)).filter((one) => keys.includes(one.key));
  const versions = known.length === 0 ? [] : await versionsOf(db, spaceId, ...known.map((one) => one.id));
  const rows = await rowsOfAll(
    db,
    spaceId,
    versions.map((version) => version.id),
  );
  const shelves = known.map(({ key }) => [key, versions.filter((version) => version.sourceKey === key)] as const);
  const times = versions.flatMap((one) =>
    [one.addedAt, one.statedToAt, one.undoneAt].flatMap((at) => at?.getTime() ?? []),
  );
  return {
    at: (day, asOf) =>
      new Map(
        shelves.flatMap(([key, shelf]) => {
          const version = versionInForce(shelf, day, asOf ?? null);
          return version ? [[key, { version, rows: rows.get(version.id) ?? [] }] as const] : [];
        }),
      ),
    moments: [...new Set(times)].sort((a, b) => a - b).map((time) => new Date(time)),
  };
}

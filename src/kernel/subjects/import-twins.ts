import type { Db } from '../../platform/db/index.ts';
import { fold, type Text3 } from '../../platform/i18n/index.ts';
import { LIKELY, type Likable, type Likeness, likeness, nameParts } from './likeness.ts';
import type { SubjectKind } from './model.ts';
import { allPeople } from './queries-find.ts';
import { knownNamed, knownPlaces } from './queries-import.ts';
import { likable } from './read.ts';

/** Somebody or something in the register, or an earlier row of the file, that a row may be. */
export type Twin = Likeness & { readonly id: string | null; readonly row: number | null; readonly name: string };

/** More candidates than this under one key tell nothing: it is the commonest name of the country. */
const CROWD = 200;
const MOST_TWINS = 3;
const PORTION = 2_000;

type Line = { readonly row: number; readonly person: Likable };

/**
 * For each row of people, who in the register and above it in the file is likely the same. Only pairs that share two parts of the name
 * (or the only one) are compared; the register streams past the file, so memory grows with the file alone.
 */
export async function peopleTwins(
  db: Db,
  spaceId: string,
  lines: readonly Line[],
): Promise<ReadonlyMap<number, Twin[]>> {
  const twins = new Map<number, Twin[]>();
  const note = (row: number, twin: Twin): void => {
    const list = twins.get(row) ?? [];
    list.push(twin);
    list.sort((a, b) => b.score - a.score);
    twins.set(row, list.slice(0, MOST_TWINS));
  };
  const byKey = new Map<string, Line[]>();
  for (const line of lines) {
    const compared = new Set<Line>();
    for (const key of keysOf(line.person.name)) {
      const block = byKey.get(key) ?? [];
      for (const other of block) {
        if (compared.has(other)) continue;
        compared.add(other);
        const found = likeness(line.person, other.person);
        if (found.score >= LIKELY) note(line.row, { ...found, id: null, row: other.row, name: other.person.name });
      }
      if (block.length < CROWD) block.push(line);
      byKey.set(key, block);
    }
  }
  for await (const portion of allPeople(db, spaceId, PORTION))
    for (const known of portion)
      for (const name of Object.values(known.name)) {
        const compared = new Set<Line>();
        for (const key of keysOf(name))
          for (const line of byKey.get(key) ?? []) {
            if (compared.has(line)) continue;
            compared.add(line);
            const found = likeness(line.person, likable(known, name));
            if (found.score >= LIKELY) note(line.row, { ...found, id: known.id, row: null, name });
          }
      }
  return twins;
}

/** Every pair of a name's parts, or the one part. */
function keysOf(name: string): string[] {
  const { given, father, surname } = nameParts(name);
  const parts = [...new Set([...given, father, surname].filter((part) => part !== null))].sort();
  if (parts.length === 1) return parts;
  return parts.flatMap((a, i) => parts.slice(i + 1).map((b) => `${a} ${b}`));
}

type NamedLine = {
  readonly row: number;
  readonly name: Text3;
  readonly type: string | null;
  readonly code: string | null;
  readonly placeId: string | null;
  readonly placeRow: number | null;
};

/** For each row of places, organisations or things, those of the same code, or of the same name, type and place. */
export async function namedTwins(
  db: Db,
  spaceId: string,
  kind: SubjectKind,
  lines: readonly NamedLine[],
): Promise<ReadonlyMap<number, Twin[]>> {
  const known =
    kind === 'place'
      ? (await knownPlaces(db, spaceId)).map((place) => ({ ...place, placeId: place.parentId }))
      : await knownNamed(db, spaceId, kind);
  const byKey = new Map<string, Omit<Twin, keyof Likeness>[]>();
  const put = (key: string, twin: Omit<Twin, keyof Likeness>): void => {
    byKey.set(key, [...(byKey.get(key) ?? []).slice(0, MOST_TWINS - 1), twin]);
  };
  for (const one of known)
    for (const key of keysOfNamed(one.names, one.type, one.code, one.placeId))
      put(key, { id: one.id, row: null, name: Object.values(one.names[0] ?? {})[0] ?? '' });
  const twins = new Map<number, Twin[]>();
  for (const line of lines) {
    const keys = keysOfNamed(
      [line.name],
      line.type,
      line.code,
      line.placeId ?? (line.placeRow ? `row ${line.placeRow}` : null),
    );
    const found = new Map(keys.flatMap((key) => byKey.get(key) ?? []).map((twin) => [twin.id ?? twin.row, twin]));
    if (found.size > 0)
      twins.set(
        line.row,
        [...found.values()].map((twin) => ({ ...twin, score: 1, reasons: ['subjects.like.name'], against: [] })),
      );
    for (const key of keys) put(key, { id: null, row: line.row, name: Object.values(line.name)[0] ?? '' });
  }
  return twins;
}

function keysOfNamed(
  names: readonly Text3[],
  type: string | null,
  code: string | null,
  place: string | null,
): string[] {
  const folded = new Set(names.flatMap((name) => Object.values(name)).map(fold));
  const keys = [...folded].map((name) => `name ${name} ${type ?? ''} ${place ?? ''}`);
  return code ? [...keys, `code ${fold(code)}`] : keys;
}

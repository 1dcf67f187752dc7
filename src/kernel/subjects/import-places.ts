import type { Db } from '../../platform/db/index.ts';
import { fold, type Text3 } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import { readPlaceWords } from './import-columns.ts';
import { type KnownPlace, knownPlaces } from './queries-import.ts';

/** Where a place cell leads: to a place of the register, to a row of the file, to none, or to several. */
export type PlaceFound = { readonly id: string } | { readonly row: number } | 'none' | 'many';

type Entry = {
  readonly key: string;
  readonly id: string | null;
  readonly row: number | null;
  readonly type: string | null;
  readonly code: string | null;
};

export type PlaceFinder = {
  /** Makes a row of the file findable by those below and above it. */
  readonly addRow: (row: number, name: Text3, type: string | null, code: string | null) => void;
  /** Says what a row is part of, so that longer addresses lead to it. */
  readonly setParent: (row: number, parent: PlaceFound) => void;
  /** A place of the register goes before a row of the file; `asking` is the row that asks and is not its own place. */
  readonly find: (text: string, asking: number) => PlaceFound;
};

/** Finds places by what people write: «Көк-Ой», «Көк-Ой айылы, Талас району», a code, or the name of another row. */
export function makePlaceFinder(known: readonly KnownPlace[]): PlaceFinder {
  const byName = new Map<string, Entry[]>();
  const namesOf = new Map<string, readonly string[]>();
  const parentOf = new Map<string, string | null>();
  const rowKey = (row: number): string => `row ${row}`;

  const add = (entry: Entry, names: readonly Text3[]): void => {
    const texts = names.flatMap((name) => Object.values(name)).map(readPlaceWords);
    const keys = new Set(texts.flatMap(({ whole, bare }) => [whole, bare]));
    namesOf.set(entry.key, [...keys]);
    if (entry.code) keys.add(fold(entry.code));
    for (const key of keys) if (key) byName.set(key, [...(byName.get(key) ?? []), entry]);
  };
  const namesAbove = (key: string): string[] => {
    const names: string[] = [];
    let at = parentOf.get(key);
    for (let steps = 0; at && steps < 12; steps++) {
      names.push(...(namesOf.get(at) ?? []));
      at = parentOf.get(at);
    }
    return names;
  };
  for (const place of known) {
    add({ key: place.id, id: place.id, row: null, type: place.type, code: place.code }, place.names);
    parentOf.set(place.id, place.parentId);
  }

  return {
    addRow: (row, name, type, code) => add({ key: rowKey(row), id: null, row, type, code }, [name]),
    setParent: (row, parent) => {
      if (typeof parent === 'object') parentOf.set(rowKey(row), 'id' in parent ? parent.id : rowKey(parent.row));
    },
    find: (text, asking) => {
      const [first, ...rest] = text.split(/[,;]/).map(readPlaceWords);
      if (!first) return 'none';
      const named = byName.get(first.whole) ?? byName.get(first.bare) ?? [];
      let found = named.filter((entry) => entry.row !== asking);
      const narrow = (fits: (entry: Entry) => boolean): void => {
        if (found.some(fits)) found = found.filter(fits);
      };
      if (first.type) narrow((entry) => entry.type === first.type);
      for (const { whole, bare } of rest)
        narrow((entry) => namesAbove(entry.key).some((name) => name === bare || name === whole));
      narrow((entry) => entry.id !== null);
      const [only, another] = found;
      if (!only) return 'none';
      if (another) return 'many';
      return only.id ? { id: only.id } : { row: only.row ?? 0 };
    },
  };
}

/** The place that these words lead to: «Көк-Ой, Талас району» or a code. @throws Problem 422 for none or several, at `field` */
export async function placeByWords(db: Db, spaceId: string, text: string, field: string): Promise<string> {
  const found = makePlaceFinder(await knownPlaces(db, spaceId)).find(text, 0);
  if (typeof found === 'object' && 'id' in found) return found.id;
  const key = `subjects.import.${found === 'many' ? 'placeMany' : 'placeUnknown'}`;
  throw new Problem(422, key, {}, [{ at: field, key }]);
}

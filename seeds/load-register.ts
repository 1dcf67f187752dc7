import { evidenceFollows } from '../src/kernel/evidence/index.ts';
import { addSource, addVersion } from '../src/kernel/sources/index.ts';
import { addSubject, changeType, relate, type Speaker, splitSubject } from '../src/kernel/subjects/index.ts';
import type { Chapter } from './load.ts';
import {
  FACILITIES,
  type Facility,
  facilityOf,
  LIKENESS_ROWS,
  ORGANISATIONS,
  PASSPORT,
  PEOPLE,
  PLACES,
  SUCCESSIONS,
} from './story/index.ts';

/** How the story's keys are called in the space. */
export type Register = {
  readonly places: ReadonlyMap<string, string>;
  readonly organisations: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
  readonly facilities: ReadonlyMap<string, string>;
};

/** The id behind a key of the story; a key that was not entered is a mistake in the story. */
export function idOf(map: ReadonlyMap<string, string>, key: string): string {
  const id = map.get(key);
  if (!id) throw new Error(`the story has not entered "${key}"`);
  return id;
}

/** All of it was known before the first of the story's events. */
const ENTERED = new Date('2010-09-01T09:00:00+06:00');

/** Enters places, organisations, people, facilities and the service standard, as a coordinator would before the work begins. */
export async function loadRegister({ tx, space, kinds }: Chapter): Promise<Register> {
  const follows = evidenceFollows(kinds.flatMap((kind) => kind.measures));
  const by: Speaker = { spaceId: space.id, accountId: null, at: ENTERED, follows };
  const places = new Map<string, string>();
  for (const place of PLACES) {
    const id = await addSubject(tx, by, {
      kind: 'place',
      type: place.kind,
      code: place.iso ?? null,
      name: place.name,
      attributes: { ...place.at, ...(place.invented && { invented: true }) },
      placeId: place.parent ? idOf(places, place.parent) : null,
    });
    places.set(place.key, id);
  }
  const organisations = new Map<string, string>();
  for (const organisation of ORGANISATIONS) {
    const id = await addSubject(tx, by, {
      kind: 'organisation',
      type: organisation.kind,
      name: organisation.name,
      startsOn: organisation.founded?.date ?? null,
      attributes: { about: organisation.about, short: organisation.short },
    });
    organisations.set(organisation.key, id);
  }
  const people = new Map<string, string>();
  for (const person of PEOPLE) {
    const id = await addSubject(tx, by, {
      kind: 'person',
      name: { ky: person.fullName },
      person: { sex: person.sex, bornYear: person.birthYear },
      placeId: idOf(places, person.place),
    });
    people.set(person.key, id);
    if (person.organisation)
      await relate(tx, by, { subjectId: id, kind: 'member_of', objectId: idOf(organisations, person.organisation) });
  }
  for (const row of LIKENESS_ROWS) {
    await addSubject(tx, by, {
      kind: 'person',
      name: { ru: row.fullName },
      person: { bornYear: row.birthYear },
      placeId: idOf(places, row.place),
    });
  }
  const facilities = await loadFacilities(by, tx, places);
  for (const person of PEOPLE) {
    if (!person.facility || !facilities.has(person.facility)) continue;
    await relate(tx, by, {
      subjectId: idOf(people, person.key),
      kind: 'works_at',
      objectId: idOf(facilities, person.facility),
    });
  }
  await loadPassport(by, tx);
  return { places, organisations, people, facilities };
}

function aboutFacility(facility: Facility): Readonly<Record<string, unknown>> {
  return { ...facility.at, catchment: facility.catchment };
}

async function loadFacilities(
  by: Speaker,
  tx: Chapter['tx'],
  places: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const facilities = new Map<string, string>();
  for (const facility of FACILITIES) {
    const [first, ...later] = facility.types;
    const id = await addSubject(tx, by, {
      kind: 'thing',
      type: first?.type ?? null,
      name: facility.name,
      startsOn: facility.opened,
      attributes: aboutFacility(facility),
      placeId: idOf(places, facility.village),
    });
    facilities.set(facility.key, id);
    for (const change of later) await changeType(tx, by, { subjectId: id, on: change.from, type: change.type });
  }
  for (const from of new Set(SUCCESSIONS.map((one) => one.from))) {
    const heirs = SUCCESSIONS.filter((one) => one.from === from);
    const ids = await splitSubject(tx, by, {
      subjectId: idOf(facilities, from),
      on: heirs[0]?.on ?? '',
      reason: heirs[0]?.reason.ky ?? null,
      into: heirs.map((heir) => ({
        name: facilityOf(heir.to).name,
        share: heir.share,
        type: facilityOf(heir.to).types[0]?.type ?? null,
      })),
    });
    for (const [i, heir] of heirs.entries()) facilities.set(heir.to, ids[i] ?? '');
  }
  return facilities;
}

async function loadPassport(by: Speaker, tx: Chapter['tx']): Promise<void> {
  await addSource(tx, by, { key: PASSPORT.key, kind: 'standard', title: PASSPORT.title });
  for (const version of PASSPORT.versions) {
    const changed = new Set(version.changed.map((one) => one.key));
    await addVersion(tx, by, {
      source: PASSPORT.key,
      version: String(version.version),
      validFrom: version.validFrom,
      note: PASSPORT.status,
      rows: version.rows.map((row) => ({
        rowKey: row.key,
        title: row.head,
        text: row.text,
        // What was amended means something else from then on: its verdicts are not compared across the versions.
        meaning: changed.has(row.key) ? `${row.key}@${version.version}` : row.key,
      })),
    });
  }
}

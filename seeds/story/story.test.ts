import { parseForm, validateSubmission } from '@demilge/xform';
import { compileWorkbook } from '@demilge/xlsform';
import { describe, expect, it } from 'vitest';
import { checkDefinition, measuresOf } from '../../src/kernel/indicators/index.ts';
import { ASSOCIATION } from './association.ts';
import {
  ANSWER_FORM,
  CHECKLIST,
  FIX_FORM,
  type FormSheets,
  measures,
  PASSPORT_ROW_NAMES,
  VISIT_FORM,
  workbookBytes,
} from './checklist.ts';
import { DOCUMENTS } from './documents.ts';
import { FACILITIES, facilitiesCsv, facilityOf, SUCCESSIONS, SUCCESSORS, typeOn } from './facilities.ts';
import { answerInstanceXml, fixInstanceXml, visitInstanceXml } from './instance.ts';
import { reportedDay, UNITS } from './logframe.ts';
import { NEWS } from './news.ts';
import { ORGANISATIONS } from './partners.ts';
import { PASSPORT, passportOn } from './passport.ts';
import { DEMO_ACCOUNTS, headOf, PEOPLE, personOf } from './people.ts';
import { drawPhoto, PHOTOS } from './photos.ts';
import { PLACES, placeOf, regionOf } from './places.ts';
import { PROBLEM_PLANS } from './problems.ts';
import { PROJECTS } from './projects.ts';
import { FACILITY_ANSWERS, FIXES } from './responses.ts';
import { MONITOR_FACILITIES, ROUNDS } from './rounds.ts';
import { seasonOf } from './season.ts';
import { facilitiesVisited, VISITS } from './visits.ts';

const WORLD: Readonly<Record<string, unknown>> = {
  ASSOCIATION,
  ORGANISATIONS,
  DOCUMENTS,
  PLACES,
  PROJECTS,
  FACILITIES,
  SUCCESSORS,
  SUCCESSIONS,
  PASSPORT,
  NEWS,
  UNITS,
  CHECKLIST,
  ROUNDS,
};

/** Every object in the story that holds a text in some language, with the way to it. */
function textsIn(value: unknown, at: string): { at: string; text: Record<string, unknown> }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = value as Record<string, unknown>;
  if (['ky', 'ru', 'en'].some((key) => typeof own[key] === 'string')) return [{ at, text: own }];
  return Object.entries(own).flatMap(([key, inner]) => textsIn(inner, `${at}.${key}`));
}

const duplicates = (list: readonly string[]): string[] => list.filter((one, index) => list.indexOf(one) !== index);

describe('the words of the story', () => {
  it('stand in Kyrgyz, Russian and English, each of them, without stray spaces', () => {
    const texts = textsIn(WORLD, 'story');
    const wrong = texts.filter(({ text }) =>
      ['ky', 'ru', 'en'].some((key) => {
        const word = text[key];
        return typeof word !== 'string' || word === '' || word !== word.trim() || word.includes('  ');
      }),
    );
    expect(wrong.map(({ at }) => at)).toEqual([]);
    expect(texts.length).toBeGreaterThan(400);
  });

  it('say Кыргызстан, never Киргизия, and hold no letter of a Latin keyboard inside a Cyrillic word', () => {
    const wrong = textsIn({ ...WORLD, PROBLEM_PLANS }, 'story').filter(({ text }) =>
      [text.ky, text.ru].some((word) => /Киргиз|[а-яёөүң][a-z]|[a-z][а-яёөүң]/i.test(String(word))),
    );
    expect(wrong.map(({ at }) => at)).toEqual([]);
  });
});

describe('the map of the story', () => {
  it('has seven oblasts, two cities and forty rayons, each with its parent before it', () => {
    const count = (kind: string): number => PLACES.filter((place) => place.kind === kind).length;
    expect([count('oblast'), count('city'), count('rayon')]).toEqual([7, 2, 40]);
    expect(duplicates(PLACES.map((place) => place.key))).toEqual([]);
    for (const [index, place] of PLACES.entries())
      if (place.parent !== null) expect(PLACES.slice(0, index).map((one) => one.key)).toContain(place.parent);
  });

  it('gives no code that we could not check: only oblasts, cities and the country have one', () => {
    expect(PLACES.filter((place) => place.iso).map((place) => place.iso)).toEqual([
      'KG',
      'KG-B',
      'KG-C',
      'KG-J',
      'KG-N',
      'KG-O',
      'KG-T',
      'KG-Y',
      'KG-GB',
      'KG-GO',
    ]);
  });
});

describe('the facilities', () => {
  it('are twenty, ten in Chui and ten in Talas, and stand in their village', () => {
    const of = (oblast: string): number => FACILITIES.filter((one) => one.oblast === oblast).length;
    expect([FACILITIES.length, of('chui'), of('talas')]).toEqual([20, 10, 10]);
    for (const facility of [...FACILITIES, ...SUCCESSORS]) {
      const village = placeOf(facility.village);
      expect(village.invented).toBe(true);
      expect(
        Math.hypot(facility.at.lat - (village.at?.lat ?? 0), facility.at.lon - (village.at?.lon ?? 0)),
      ).toBeLessThan(0.01);
    }
  });

  it('split without losing anybody: the shares of Tash-Bulak add up, and so do the people', () => {
    const heirs = SUCCESSIONS.filter((one) => one.from === 'tash-bulak-fgp');
    expect(heirs.reduce((sum, one) => sum + one.share, 0)).toBe(1);
    expect(heirs.reduce((sum, one) => sum + facilityOf(one.to).catchment, 0)).toBe(
      facilityOf('tash-bulak-fgp').catchment,
    );
    const rows = (on: string): number => facilitiesCsv(on).trim().split('\n').length - 1;
    expect([rows('2016-06-30'), rows('2016-07-01')]).toEqual([20, 21]);
  });

  it('change their type on a day: Ak-Chiy was a feldsher point in the first round and a practice in the second', () => {
    const types = VISITS.filter((visit) => visit.facilityKey === 'ak-chiy-fgp').map((visit) =>
      typeOn(facilityOf(visit.facilityKey), visit.visitedOn),
    );
    expect(types).toEqual(['fap', 'fgp']);
  });
});

describe('the people', () => {
  it('are known by their keys: every account, head and home is there', () => {
    expect(duplicates(PEOPLE.map((one) => one.key))).toEqual([]);
    for (const account of DEMO_ACCOUNTS) expect(personOf(account.person).key).toBe(account.person);
    for (const person of PEOPLE) expect(placeOf(person.place).key).toBe(person.place);
    for (const facility of FACILITIES) expect(headOf(facility.key).place).toBe(facility.village);
    expect([...new Set(DEMO_ACCOUNTS.map((one) => one.role))].sort()).toEqual([
      'auditor',
      'coordinator',
      'field_worker',
      'funder',
      'partner',
      'reviewer',
    ]);
  });

  it('go to other villages than their own: no monitor judges the clinic that treats them', () => {
    const assigned = Object.entries(MONITOR_FACILITIES);
    expect(assigned.flatMap(([, list]) => list).sort()).toEqual(FACILITIES.map((one) => one.key).sort());
    for (const [monitor, list] of assigned)
      for (const key of list) expect(facilityOf(key).village).not.toBe(personOf(monitor).place);
  });
});

describe('the projects', () => {
  it('are the seven of the page and INITIATIVE, and name only organisations, places and documents that exist', () => {
    expect(PROJECTS.map((one) => one.code)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'INITIATIVE']);
    const organisations = ORGANISATIONS.map((one) => one.key);
    const documents = DOCUMENTS.map((one) => one.key);
    for (const project of PROJECTS) {
      for (const key of [...project.funders, ...project.partners]) expect(organisations).toContain(key);
      for (const key of [...project.places, ...project.activities.flatMap((one) => one.places)]) placeOf(key);
      for (const indicator of project.results.flatMap((one) => one.indicators))
        for (const value of indicator.reported) {
          expect(documents).toContain(value.document);
          expect(reportedDay(project, value)).toMatch(/^\d{4}-\d\d-\d\d$/);
        }
    }
    for (const item of NEWS) {
      expect(documents).toContain(item.document);
      expect(PROJECTS.map((one) => one.key)).toContain(item.project);
    }
  });

  it('carry the figures of the sources, as values that people reported', () => {
    const figures = PROJECTS.flatMap((project) =>
      project.results.flatMap((one) =>
        one.indicators.flatMap((two) => two.reported.map((three) => [two.key, three.value])),
      ),
    );
    expect(Object.fromEntries(figures)).toMatchObject({
      mediators: 46,
      'seminar-participants': 125,
      schools: 60,
      peers: 3200,
      sessions: 32,
      'peer-educators': 250,
      completers: 1200,
      'channel-metres': 550,
      households: 100,
      'workshop-participants': 56,
      'drip-hectares': 15,
    });
  });

  it('define every indicator in a way that the kernel takes, over measures that the kind gives', () => {
    const known = [...measures.map((one) => one.key), 'kernel.reported'];
    for (const project of PROJECTS) {
      const indicators = project.results.flatMap((one) => one.indicators);
      expect(duplicates(indicators.map((one) => one.key))).toEqual([]);
      for (const indicator of indicators) {
        const definition = checkDefinition(indicator.definition);
        for (const measure of measuresOf(definition)) expect(known).toContain(measure);
        for (const dimension of definition.dimensions)
          for (const measure of measures.filter((one) => measuresOf(definition).includes(one.key)))
            expect(measure.dimensions.map((one) => one.key)).toContain(dimension.key);
      }
    }
  });
});

describe('the standard and the checklist', () => {
  it('say that they are a draft, and hold the amended row from March 2016 on', () => {
    expect(PASSPORT.status.en).toBe('Working draft, not the legal text.');
    expect(passportOn('2014-06-02')).toBeNull();
    expect([passportOn('2016-02-29')?.version, passportOn('2016-03-01')?.version]).toEqual([1, 2]);
    const [first, second] = PASSPORT.versions;
    const differs = first?.rows.filter((row, index) => row.text !== second?.rows[index]?.text).map((row) => row.key);
    expect(differs).toEqual(second?.changed.map((one) => one.key));
    expect(first?.rows.map((row) => row.key)).toEqual(Object.keys(PASSPORT_ROW_NAMES));
  });

  it('is forty items in order, each on a row of the passport, and only some may be photographed', () => {
    expect(CHECKLIST.map((item) => item.number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(duplicates(CHECKLIST.map((item) => item.id))).toEqual([]);
    const never = CHECKLIST.filter((item) => item.method === 'patient' && item.photo);
    expect(never).toEqual([]);
    for (const plan of PROBLEM_PLANS) expect(CHECKLIST.map((item) => item.id)).toContain(plan.item);
  });
});

/** The definition that a phone and the server would read from the form's workbook. */
async function definitionOf(form: FormSheets) {
  const compiled = await compileWorkbook(workbookBytes(form));
  if (!compiled.xform) throw new Error(JSON.stringify(compiled.diagnostics));
  return parseForm(compiled.xform);
}

/** What the receiving door would find wrong: code and place. */
async function complaints(form: FormSheets, xmls: readonly string[]): Promise<string[]> {
  const definition = await definitionOf(form);
  const resources = (): string => facilitiesCsv('2016-06-30');
  return xmls.flatMap((xml) =>
    validateSubmission(definition, xml, { resources, utcOffset: () => 360 }).problems.map(
      (one) => `${one.code} ${one.path}`,
    ),
  );
}

describe('the rounds', () => {
  it('reported 19 facilities when the spring report was frozen, and 20 now: Nurgul’s sheet came late', () => {
    const [autumn, spring] = ROUNDS;
    expect(facilitiesVisited('round-2015-autumn', autumn?.frozenAt ?? '')).toBe(20);
    expect(facilitiesVisited('round-2016-spring', spring?.frozenAt ?? '')).toBe(19);
    expect(facilitiesVisited('round-2016-spring', '2016-07-01T00:00:00+06:00')).toBe(20);
  });

  it('send every monitor to one clinic a day, on working days inside the round', () => {
    const days = VISITS.filter((visit) => !visit.supersedes && visit.expect === 'taken').map(
      (visit) => `${visit.monitorKey} ${visit.visitedOn}`,
    );
    expect(duplicates(days)).toEqual([]);
    for (const visit of VISITS) {
      const round = ROUNDS.find((one) => one.key === visit.round);
      expect(visit.visitedOn >= (round?.from ?? '') && visit.visitedOn <= (round?.to ?? '')).toBe(true);
      expect([0, 6]).not.toContain(new Date(visit.visitedOn).getUTCDay());
      expect(Date.parse(visit.receivedAt)).toBeGreaterThanOrEqual(Date.parse(visit.startedAt));
    }
  });

  it('make instances that the forms accept, all but the slip of 190 degrees', async () => {
    const taken = VISITS.filter((visit) => visit.expect === 'taken');
    const aside = VISITS.filter((visit) => visit.expect === 'set_aside');
    expect(
      await complaints(
        VISIT_FORM,
        taken.map((visit) => visitInstanceXml(visit)),
      ),
    ).toEqual([]);
    expect(
      await complaints(
        VISIT_FORM,
        aside.map((visit) => visitInstanceXml(visit)),
      ),
    ).toEqual(['constraint /data/access/room_temperature']);
    expect(
      await complaints(
        ANSWER_FORM,
        FACILITY_ANSWERS.map((answer) => answerInstanceXml(answer)),
      ),
    ).toEqual([]);
    expect(
      await complaints(
        FIX_FORM,
        FIXES.map((fix) => fixInstanceXml(fix)),
      ),
    ).toEqual([]);
  });

  it('speak of each id once, of a correction by the id that it corrects, and of photos that can be drawn', () => {
    expect(duplicates([...VISITS, ...FACILITY_ANSWERS, ...FIXES].map((one) => one.instanceId))).toEqual([]);
    const corrected = VISITS.filter((visit) => visit.supersedes);
    expect(corrected.map((visit) => visit.facilityKey)).toEqual(['sary-aryk-fgp']);
    const original = VISITS.find((visit) => visit.key === corrected[0]?.supersedes?.visit);
    expect(corrected[0] && visitInstanceXml(corrected[0])).toContain(
      `<deprecatedID>uuid:${original?.instanceId}</deprecatedID>`,
    );
    const named = [
      ...VISITS.flatMap((visit) => [
        ...Object.values(visit.photos),
        ...visit.problems.flatMap((problem) => (problem.photo ? [problem.photo] : [])),
      ]),
      ...FIXES.flatMap((fix) => (fix.photo ? [fix.photo] : [])),
    ];
    expect([...PHOTOS.keys()].sort()).toEqual([...new Set(named.map((photo) => photo.name))].sort());
  });

  it('are answered by facilities in order: shared before answered, fixed only after found', () => {
    for (const answer of FACILITY_ANSWERS) {
      const visit = VISITS.find((one) => one.key === answer.visit);
      expect(answer.answeredOn > (visit?.sharedOn ?? '9')).toBe(true);
      expect(regionOf(personOf(answer.personKey).place).key).toBe(facilityOf(answer.facilityKey).oblast);
    }
    for (const fix of FIXES)
      expect(fix.checkedOn > (VISITS.find((one) => one.key === fix.visit)?.visitedOn ?? '9')).toBe(true);
  });
});

describe('a drawn photo', () => {
  it('is a JPEG of 1024 pixels under 40 KB that carries the clinic’s position, so that stripping can be tested', async () => {
    const { default: sharp } = await import('sharp');
    const wishes = [...new Map([...PHOTOS.values()].map((wish) => [`${wish.kind} ${wish.moment}`, wish])).values()];
    for (const wish of wishes) {
      const bytes = await drawPhoto(wish);
      const { width, format, exif } = await sharp(bytes).metadata();
      expect([width, format, bytes.byteLength <= 40_000, exif?.includes('Demilge')]).toEqual([
        1024,
        'jpeg',
        true,
        true,
      ]);
      // Tag 0x8825 points from the picture to its GPS data, in the byte order of the block.
      expect(exif?.includes(Buffer.from([0x25, 0x88])) || exif?.includes(Buffer.from([0x88, 0x25]))).toBe(true);
    }
  });
});

describe('the round of the season', () => {
  it('is told around any day: nothing of it lies ahead but what is planned, and the forms take every sheet but one', async () => {
    for (const today of ['2017-05-17', '2026-01-01', '2028-02-29', '2026-11-29', '2027-03-08']) {
      const season = seasonOf(today);
      expect(seasonOf(today)).toEqual(season);
      const moments = [
        ...season.visits.flatMap((visit) => [
          visit.receivedAt,
          visit.reviewedAt,
          visit.sharedOn,
          visit.publishedOn,
          visit.returned?.at ?? null,
        ]),
        ...season.answers.map((answer) => answer.receivedAt),
        ...season.fixes.map((fix) => fix.receivedAt),
      ];
      for (const moment of moments) if (moment !== null) expect(moment.slice(0, 10) < today).toBe(true);
      for (const visit of season.visits) {
        expect([0, 6]).not.toContain(new Date(visit.visitedOn).getUTCDay());
        expect(visit.visitedOn >= season.round.from && visit.visitedOn <= season.round.to).toBe(true);
        for (const later of [visit.reviewedAt, visit.returned?.at ?? null])
          if (later !== null) expect(later > visit.receivedAt).toBe(true);
      }
      expect(season.fixes.length).toBe(2);
      const found = (kind: 'taken' | 'set_aside') =>
        season.visits.filter((visit) => visit.expect === kind).map((visit) => visitInstanceXml(visit));
      expect(await complaints(VISIT_FORM, found('taken'))).toEqual([]);
      expect(await complaints(VISIT_FORM, found('set_aside'))).toEqual(['constraint /data/access/room_temperature']);
      expect(
        await complaints(
          ANSWER_FORM,
          season.answers.map((answer) => answerInstanceXml(answer)),
        ),
      ).toEqual([]);
      expect(
        await complaints(
          FIX_FORM,
          season.fixes.map((fix) => fixInstanceXml(fix)),
        ),
      ).toEqual([]);
    }
  });
});

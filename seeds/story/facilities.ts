import { FACILITY_TYPES, type FacilityType } from './checklist.ts';
import { placeOf, regionOf } from './places.ts';
import type { Text3 } from './types.ts';

export interface Facility {
  readonly key: string;
  readonly name: Text3;
  readonly village: string;
  readonly oblast: 'chui' | 'talas';
  /** The type with the day from which it holds; the first is the type at opening. */
  readonly types: readonly { readonly from: string; readonly type: FacilityType }[];
  readonly at: { readonly lon: number; readonly lat: number };
  /** People who live in the catchment, as the facility gives it. */
  readonly catchment: number;
  readonly opened: string;
  /** Day from which it no longer exists. */
  readonly closed?: string;
}

/** One facility becomes others: the old one keeps its past, each new one takes its share of the catchment. */
export interface Succession {
  readonly from: string;
  readonly to: string;
  readonly on: string;
  /** Part of the old catchment, 0 to 1; the shares of one split add up to 1. */
  readonly share: number;
  readonly reason: Text3;
}

/** Metres from the village's own point to the clinic, so that points do not lie on each other. */
function nearby(village: string, dLat: number, dLon: number): Facility['at'] {
  const at = placeOf(village).at;
  if (!at) throw new Error(`the village "${village}" has no point`);
  return { lat: Number((at.lat + dLat).toFixed(5)), lon: Number((at.lon + dLon).toFixed(5)) };
}

function facility(
  key: string,
  village: string,
  types: Facility['types'],
  catchment: number,
  opened: string,
  more: { closed?: string; name?: Text3 } = {},
): Facility {
  const oblast = regionOf(village).key;
  if (oblast !== 'chui' && oblast !== 'talas') throw new Error(`"${village}" lies outside Chui and Talas`);
  const last = types.at(-1);
  const short = FACILITY_TYPES.find((one) => one.key === last?.type)?.short;
  if (!short) throw new Error(`"${key}" has no type`);
  const at = placeOf(village).name;
  return {
    key,
    name: more.name ?? {
      ky: `${at.ky} айылындагы ${short.ky}`,
      ru: `${short.ru} села ${at.ru}`,
      en: `${at.en} ${short.en}`,
    },
    village,
    oblast,
    types,
    at: nearby(village, 0.0012 + (catchment % 7) / 10_000, -0.0016 + (catchment % 11) / 10_000),
    catchment,
    opened,
    ...(more.closed ? { closed: more.closed } : {}),
  };
}

const since = (from: string, type: FacilityType): Facility['types'] => [{ from, type }];

/** The twenty facilities of the rounds: ten in Chui oblast, ten in Talas oblast. All are invented. */
export const FACILITIES: readonly Facility[] = [
  facility('altyn-bulak-fmc', 'altyn-bulak', since('1999-04-01', 'fmc'), 14_860, '1999-04-01'),
  facility('jangy-chynar-fmc', 'jangy-chynar', since('2000-09-01', 'fmc'), 12_430, '2000-09-01'),
  facility('kok-dobo-fmc', 'kok-dobo', since('1998-11-02', 'fmc'), 11_270, '1998-11-02'),
  facility('tal-bulak-fgp', 'tal-bulak', since('2001-05-14', 'fgp'), 4_310, '2001-05-14'),
  facility('sary-aryk-fgp', 'sary-aryk', since('2002-02-04', 'fgp'), 3_880, '2002-02-04'),
  // A second doctor came in January 2016, and the point became a practice.
  facility(
    'ak-chiy-fgp',
    'ak-chiy',
    [
      { from: '1987-06-15', type: 'fap' },
      { from: '2016-01-11', type: 'fgp' },
    ],
    2_640,
    '1987-06-15',
  ),
  facility('archa-say-fap', 'archa-say', since('1984-10-01', 'fap'), 1_180, '1984-10-01'),
  facility('kara-jylga-fap', 'kara-jylga', since('1979-08-20', 'fap'), 940, '1979-08-20'),
  facility('terek-suu-fap', 'terek-suu', since('1991-03-11', 'fap'), 1_460, '1991-03-11'),
  facility('bel-aryk-fap', 'bel-aryk', since('2009-10-05', 'fap'), 1_720, '2009-10-05'),
  facility('kok-jayyk-fmc', 'kok-jayyk', since('1999-01-18', 'fmc'), 10_950, '1999-01-18'),
  facility('chong-chynar-fmc', 'chong-chynar', since('2000-03-06', 'fmc'), 9_720, '2000-03-06'),
  facility('ala-dobo-fgp', 'ala-dobo', since('2001-09-03', 'fgp'), 4_050, '2001-09-03'),
  facility('jangy-talaa-fgp', 'jangy-talaa', since('2003-04-21', 'fgp'), 3_560, '2003-04-21'),
  // Splits on 1 July 2016, after the second round.
  facility('tash-bulak-fgp', 'tash-bulak', since('2002-07-01', 'fgp'), 3_900, '2002-07-01', { closed: '2016-07-01' }),
  facility('sary-bel-fap', 'sary-bel', since('1982-05-17', 'fap'), 1_050, '1982-05-17'),
  facility('ak-kashat-fap', 'ak-kashat', since('1989-09-04', 'fap'), 1_390, '1989-09-04'),
  facility('uch-archa-fap', 'uch-archa', since('1976-06-07', 'fap'), 820, '1976-06-07'),
  facility('jyluu-suu-fap', 'jyluu-suu', since('2011-11-14', 'fap'), 1_530, '2011-11-14'),
  facility('kayyng-say-fap', 'kayyng-say', since('1985-04-22', 'fap'), 970, '1985-04-22'),
];

/** What came after the split of Tash-Bulak: not in either round, but in every list of today. */
export const SUCCESSORS: readonly Facility[] = [
  facility('tash-bulak-1-fgp', 'tash-bulak', since('2016-07-01', 'fgp'), 2_535, '2016-07-01', {
    name: { ky: 'Таш-Булак айылындагы №1 ҮДТ', ru: 'ГСВ № 1 села Таш-Булак', en: 'Tash-Bulak FGP No. 1' },
  }),
  facility('jogorku-tash-bulak-fap', 'jogorku-tash-bulak', since('2016-07-01', 'fap'), 1_365, '2016-07-01'),
];

const SPLIT: Text3 = {
  ky: 'Жогорку айылда өзүнчө фельдшердик пункт ачылды.',
  ru: 'В верхнем селе открылся отдельный фельдшерский пункт.',
  en: 'The upper village got a feldsher point of its own.',
};

export const SUCCESSIONS: readonly Succession[] = [
  { from: 'tash-bulak-fgp', to: 'tash-bulak-1-fgp', on: '2016-07-01', share: 0.65, reason: SPLIT },
  { from: 'tash-bulak-fgp', to: 'jogorku-tash-bulak-fap', on: '2016-07-01', share: 0.35, reason: SPLIT },
];

/** The facility of this key, successors included; an unknown key throws. */
export function facilityOf(key: string): Facility {
  const found = [...FACILITIES, ...SUCCESSORS].find((one) => one.key === key);
  if (!found) throw new Error(`the story has no facility "${key}"`);
  return found;
}

/** The type that a facility had on a day (ISO). */
export function typeOn(facility: Facility, on: string): FacilityType {
  const held = facility.types.filter((one) => one.from <= on).at(-1) ?? facility.types[0];
  if (!held) throw new Error(`"${facility.key}" has no type`);
  return held.type;
}

/** The reference table that the form carries: one row per facility that exists on the day. */
export function facilitiesCsv(on: string): string {
  const rows = [...FACILITIES, ...SUCCESSORS]
    .filter((one) => one.opened <= on && (!one.closed || on < one.closed))
    .map((one) => [one.key, one.name.ky, one.name.ky, one.name.ru, one.name.en, typeOn(one, on), one.oblast]);
  const head = ['name', 'label', 'label_ky', 'label_ru', 'label_en', 'type', 'oblast'];
  return `${[head, ...rows].map((cells) => cells.join(',')).join('\n')}\n`;
}

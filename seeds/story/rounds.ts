/** When the association went round, who went where, and what was frozen. Times are those of Bishkek (+06:00). */
import type { Text3 } from './types.ts';

export type RoundKey = 'round-2015-autumn' | 'round-2016-spring' | 'round-of-the-season';

export interface Round {
  /** Also the key of the activity in the oversight project. */
  readonly key: RoundKey;
  /** Day on which the visits were assigned. */
  readonly plannedOn: string;
  readonly from: string;
  readonly to: string;
  /** The moment at which the round's report was frozen for the funder; `null` while the round is under way. */
  readonly frozenAt: string | null;
  readonly report: Text3;
  /** Facilities that are visited, where it is not all of them. */
  readonly facilities?: readonly string[];
}

/** Who plans, shares and publishes, and who checks: never the monitor. */
export const COORDINATOR = 'aizada';
export const REVIEWER = 'ulan';

export const ROUNDS: readonly Round[] = [
  {
    key: 'round-2015-autumn',
    plannedOn: '2015-09-02',
    from: '2015-09-14',
    to: '2015-11-13',
    frozenAt: '2015-12-04T17:00:00+06:00',
    report: {
      ky: 'Биринчи кыдыруунун отчёту, 2015-жылдын күзү',
      ru: 'Отчёт о первом обходе, осень 2015 года',
      en: 'Report on the first round, autumn 2015',
    },
  },
  {
    key: 'round-2016-spring',
    plannedOn: '2016-03-23',
    from: '2016-04-04',
    to: '2016-05-31',
    frozenAt: '2016-06-10T17:00:00+06:00',
    report: {
      ky: 'Экинчи кыдыруунун отчёту, 2016-жылдын жазы',
      ru: 'Отчёт о втором обходе, весна 2016 года',
      en: 'Report on the second round, spring 2016',
    },
  },
];

/** No monitor visits the clinic of their own village: they are its patients. */
export const MONITOR_FACILITIES: Readonly<Record<string, readonly string[]>> = {
  azamat: ['kok-jayyk-fmc', 'ala-dobo-fgp', 'uch-archa-fap'],
  nurgul: ['chong-chynar-fmc', 'jangy-talaa-fgp', 'jyluu-suu-fap', 'kayyng-say-fap'],
  meerim: ['tash-bulak-fgp', 'sary-bel-fap', 'ak-kashat-fap'],
  bakyt: ['altyn-bulak-fmc', 'tal-bulak-fgp', 'ak-chiy-fgp', 'archa-say-fap'],
  gulzat: ['jangy-chynar-fmc', 'sary-aryk-fgp', 'kara-jylga-fap'],
  timur: ['kok-dobo-fmc', 'terek-suu-fap', 'bel-aryk-fap'],
};

/** Visits of the spring round that did not go straight, so that the product's promises can be seen. */
export const LATE = { facility: 'kayyng-say-fap', visitedOn: '2016-05-30', receivedAt: '2016-06-14T10:12:00+06:00' };
export const CORRECTED = { facility: 'sary-aryk-fgp', receivedAt: '2016-06-13T09:40:00+06:00' };
export const SET_ASIDE = { facility: 'terek-suu-fap' };

export function monitorOf(facility: string): string {
  const found = Object.entries(MONITOR_FACILITIES).find(([, list]) => list.includes(facility));
  if (!found) throw new Error(`nobody visits "${facility}"`);
  return found[0];
}

const DAY = 86_400_000;

/** The ISO day so many days later. */
export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Days off in the seasons of the two rounds. */
const HOLIDAYS = [
  '2015-09-24',
  '2016-01-07',
  '2016-02-23',
  '2016-03-08',
  '2016-03-21',
  '2016-05-02',
  '2016-05-05',
  '2016-05-09',
];

/** The same day, or the next on which a clinic works. */
export function workday(iso: string): string {
  const weekday = new Date(`${iso}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 || HOLIDAYS.includes(iso) ? workday(addDays(iso, 1)) : iso;
}

/** The same day, or the last before it on which a clinic worked. */
export function workdayUntil(iso: string): string {
  return workday(iso) === iso ? iso : workdayUntil(addDays(iso, -1));
}

/** A moment of that day in Bishkek; minutes are counted from midnight. */
export function at(iso: string, minutes: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${iso}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00+06:00`;
}

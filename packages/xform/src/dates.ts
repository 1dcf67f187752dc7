/** Dates and times as ODK forms hold them: ISO text, local time with its offset, and days since 1970 as numbers. */

/** How local time is told: minutes east of Greenwich at a moment. */
export type Zone = (at: Date) => number;

const DAY = 86_400_000;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** The device's own time zone. */
export const deviceZone: Zone = (at) => -at.getTimezoneOffset();

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function utcOf(year: number, month: number, day: number, ms: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() + ms;
}

/** The moment that a local wall-clock reading (as if UTC) names. */
function fromLocal(local: number, zone: Zone): number {
  const guess = local - zone(new Date(local)) * 60_000;
  return local - zone(new Date(guess)) * 60_000;
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || 0);
  return text.startsWith('-') ? -minutes : minutes;
}

function clockMs(hour: string, minute: string, second = '0', fraction = ''): number | undefined {
  const h = Number(hour);
  const m = Number(minute);
  const s = Number(second);
  if (h > 23 || m > 59 || s > 59) return undefined;
  return ((h * 60 + m) * 60 + s) * 1000 + Math.floor(Number(`0.${fraction || 0}`) * 1000);
}

/** Milliseconds since 1970 of an ISO date (local midnight) or date and time; undefined for anything else. */
export function momentOf(text: string, zone: Zone): number | undefined {
  const date = DATE.exec(text);
  if (date) {
    const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])];
    return isDay(year, month, day) ? fromLocal(utcOf(year, month, day, 0), zone) : undefined;
  }
  const full = DATE_TIME.exec(text);
  if (!full) return undefined;
  const [year, month, day] = [Number(full[1]), Number(full[2]), Number(full[3])];
  const ms = clockMs(full[4]!, full[5]!, full[6], full[7]);
  if (ms === undefined || !isDay(year, month, day)) return undefined;
  const local = utcOf(year, month, day, ms);
  return full[8] ? local - offsetOf(full[8]) * 60_000 : fromLocal(local, zone);
}

/** Minutes east of Greenwich that a date and time states; undefined when it states none. */
export function offsetIn(text: string): number | undefined {
  const offset = DATE_TIME.exec(text)?.[8];
  return offset ? offsetOf(offset) : undefined;
}

/** Days since 1970-01-01T00:00Z, with a fraction; NaN for what is not a date. */
export function daysOf(text: string, zone: Zone): number {
  const c = text.charCodeAt(0);
  if (c < 48 || c > 57 || text.length < 10) return Number.NaN;
  const at = momentOf(text, zone);
  return at === undefined ? Number.NaN : at / DAY;
}

/** The moment of a number of days, or undefined outside the years 0001–9999. */
export function momentOfDays(days: number): number | undefined {
  const at = Math.round(days * DAY);
  return at >= -62_135_596_800_000 && at <= 253_402_300_799_999 ? at : undefined;
}

function local(at: number, zone: Zone): Date {
  return new Date(at + zone(new Date(at)) * 60_000);
}

/** `YYYY-MM-DD` of a moment, local. */
export function dateText(at: number, zone: Zone): string {
  const d = local(at, zone);
  return `${pad(d.getUTCFullYear(), 4)}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
}

/** `YYYY-MM-DDTHH:MM:SS.sss+06:00` of a moment, local. */
export function dateTimeText(at: number, zone: Zone): string {
  const d = local(at, zone);
  const offset = zone(new Date(at));
  const abs = Math.abs(offset);
  const clock = `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}.${pad(d.getUTCMilliseconds(), 3)}`;
  return `${dateText(at, zone)}T${clock}${offset < 0 ? '-' : '+'}${pad(Math.floor(abs / 60))}:${pad(abs % 60)}`;
}

/** Fraction of the local day of a time of day; one with an offset is told in the zone as it is at the moment `now`. NaN for what is none. */
export function dayFraction(text: string, zone: Zone, now: number): number {
  const found = TIME.exec(text);
  if (!found) {
    const at = momentOf(text, zone);
    if (at === undefined) return Number.NaN;
    const d = local(at, zone);
    return (
      (((d.getUTCHours() * 60 + d.getUTCMinutes()) * 60 + d.getUTCSeconds()) * 1000 + d.getUTCMilliseconds()) / DAY
    );
  }
  const ms = clockMs(found[1]!, found[2]!, found[3], found[4]);
  if (ms === undefined) return Number.NaN;
  const shift = found[5] ? zone(new Date(now)) - offsetOf(found[5]) : 0;
  return ((ms + shift * 60_000 + DAY) % DAY) / DAY;
}

export function isDate(text: string): boolean {
  const found = DATE.exec(text);
  return !!found && isDay(Number(found[1]), Number(found[2]), Number(found[3]));
}

export function isTime(text: string): boolean {
  const found = TIME.exec(text);
  return !!found && clockMs(found[1]!, found[2]!, found[3], found[4]) !== undefined;
}

export function isDateTime(text: string): boolean {
  return DATE_TIME.test(text) && momentOf(text, () => 0) !== undefined;
}

const EN = [
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
  'Sun Mon Tue Wed Thu Fri Sat'.split(' '),
] as const;
/** Short names of months and weekdays; browsers have no Kyrgyz ones, and a phone and a server must agree. */
const NAMES: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  ky: [
    'янв. фев. мар. апр. май июн. июл. авг. сен. окт. ноя. дек.'.split(' '),
    'жек. дүй. шейш. шарш. бейш. жума ишм.'.split(' '),
  ],
  ru: ['янв. февр. март апр. май июнь июль авг. сент. окт. нояб. дек.'.split(' '), 'вс пн вт ср чт пт сб'.split(' ')],
};

/** The language code of a form's language name: `Кыргызча (ky)` → `ky`. */
export function languageCode(language: string): string {
  const found =
    /\(([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*\)\s*$/.exec(language) ?? /^([a-z]{2,3})(?:[-_]|$)/.exec(language);
  return found ? found[1]!.toLowerCase() : '';
}

/** A moment by the pattern of ODK's format-date and format-date-time. */
export function formatMoment(at: number, pattern: string, zone: Zone, language: string): string {
  const d = local(at, zone);
  const [months, days] = NAMES[languageCode(language)] ?? EN;
  return pattern.replace(/%(.)/gs, (whole, key: string) => {
    switch (key) {
      case 'Y':
        return pad(d.getUTCFullYear(), 4);
      case 'y':
        return pad(d.getUTCFullYear() % 100);
      case 'm':
        return pad(d.getUTCMonth() + 1);
      case 'n':
        return String(d.getUTCMonth() + 1);
      case 'b':
        return months[d.getUTCMonth()]!;
      case 'd':
        return pad(d.getUTCDate());
      case 'e':
        return String(d.getUTCDate());
      case 'a':
        return days[d.getUTCDay()]!;
      case 'H':
        return pad(d.getUTCHours());
      case 'h':
        return String(d.getUTCHours());
      case 'M':
        return pad(d.getUTCMinutes());
      case 'S':
        return pad(d.getUTCSeconds());
      case '3':
        return pad(d.getUTCMilliseconds(), 3);
      case '%':
        return '%';
      default:
        return whole;
    }
  });
}

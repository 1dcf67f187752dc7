const DAY_MS = 86_400_000;
/** The country's offset: UTC+6 all year. */
const COUNTRY_MS = 6 * 3_600_000;

/** The calendar day that an answer begins with, 'YYYY-MM-DD', if there is such a day. */
export function dayIn(answer: unknown): string | null {
  const day = typeof answer === 'string' ? /^(\d{4})-(\d\d)-(\d\d)(?=$|T)/.exec(answer.trim())?.[0] : undefined;
  return day && isDay(day) ? day : null;
}

export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === text;
}

/** The moment that an answer states with its offset. */
export function momentIn(answer: unknown): Date | null {
  if (typeof answer !== 'string' || !/^[1-9]\d{3}-\d\d-\d\dT.*(Z|[+-]\d\d(:?\d\d)?)$/.test(answer.trim())) return null;
  const moment = new Date(answer.trim().replace(/([+-]\d\d)$/, '$1:00'));
  const year = Number.isNaN(moment.getTime()) ? 0 : moment.getUTCFullYear();
  return year >= 1000 && year <= 9999 ? moment : null;
}

/** The day in the country at a moment. */
export function countryDay(at: Date): string {
  return new Date(at.getTime() + COUNTRY_MS).toISOString().slice(0, 10);
}

/** A device cannot have recorded after tomorrow, and one more than two years late has a wrong clock. */
export function implausible(moment: Date | null, day: string | null, receivedAt: Date): boolean {
  const latest = receivedAt.getTime() + DAY_MS;
  const earliest = receivedAt.getTime() - 2 * 365.25 * DAY_MS;
  if (moment && (moment.getTime() > latest || moment.getTime() < earliest)) return true;
  return day !== null && (day > countryDay(new Date(latest)) || day < countryDay(new Date(earliest)));
}

import { countryDay } from '../../platform/i18n/index.ts';

const DAY_MS = 86_400_000;

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

/** When a document came: by the server's clock, and by the device's, where the device told what its clock said as it sent. */
export type Arrival = { readonly at: Date; readonly sentAt: Date | null };

/** A clock that is off by less does not change what a record says; a slow line may take minutes. */
const TOLERATED_MS = 3_600_000;

/** How far the device's clock was ahead of ours as it sent, in milliseconds (behind: negative); 0 when it was right or did not tell. */
export function clockAhead({ at, sentAt }: Arrival): number {
  const ahead = sentAt ? sentAt.getTime() - at.getTime() : 0;
  return Math.abs(ahead) > TOLERATED_MS ? ahead : 0;
}

/**
 * When a record was made, told by a clock that is known to have been wrong: moved by as much as the clock was off when it sent; the
 * arrival, where the clock was set right in between. Null for a clock that nothing speaks against.
 */
export function truerMoment(captured: Date | null, day: string | null, arrival: Arrival): Date | null {
  const ahead = clockAhead(arrival);
  if (ahead === 0) return implausible(captured, day, arrival.at) ? arrival.at : null;
  return new Date(Math.min(captured ? captured.getTime() - ahead : arrival.at.getTime(), arrival.at.getTime()));
}

/** A device cannot have recorded after tomorrow, and one more than two years late has a wrong clock. */
export function implausible(moment: Date | null, day: string | null, receivedAt: Date): boolean {
  const latest = receivedAt.getTime() + DAY_MS;
  const earliest = receivedAt.getTime() - 2 * 365.25 * DAY_MS;
  if (moment && (moment.getTime() > latest || moment.getTime() < earliest)) return true;
  return day !== null && (day > countryDay(new Date(latest)) || day < countryDay(new Date(earliest)));
}

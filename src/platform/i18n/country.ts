/** Minutes that the country is ahead of Greenwich, all year: the time by which its days are told, whatever the server's own. */
export const COUNTRY_MINUTES = 360;

/** The day in the country at a moment, 'YYYY-MM-DD', or so many days later. */
export function countryDay(at: Date, daysLater = 0): string {
  return new Date(at.getTime() + COUNTRY_MINUTES * 60_000 + daysLater * 86_400_000).toISOString().slice(0, 10);
}

/**
 * How a cell's stored value becomes the text that its author sees or means.
 * Numbers lose a needless ".0", dates and times become ISO-like text, TRUE and FALSE stay words.
 */

/** What a number format makes of a number. */
export type NumberKind = 'number' | 'date' | 'duration';

const DATE_IDS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 47]);
const DURATION_IDS = new Set([46]);

/**
 * Kind of a number format by its id and, for an own format, its code ("dd.mm.yyyy", "[h]:mm", "0.00").
 */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) {
    if (DURATION_IDS.has(id)) return 'duration';
    if (DATE_IDS.has(id) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
    return 'number';
  }
  const bare = code
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .toLowerCase();
  if (/\[(?:h+|m+|s+)\]/.test(bare)) return 'duration';
  return /[dmhys]/.test(bare.replace(/\[[^\]]*\]/g, '').replace(/general/g, '')) ? 'date' : 'number';
}

/** Text of a stored number: whole numbers without a fraction, others as the shortest exact decimal. */
export function numberText(stored: string): string {
  const value = Number(stored);
  if (!Number.isFinite(value)) return stored;
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  return String(value);
}

/**
 * Text of a serial date: "2024-03-01 00:00:00", or "10:30:00" for a time of day without a date.
 * `epoch1904` is the old Macintosh calendar. Excel's 29 February 1900 never was, so the days before it shift by one.
 */
export function dateText(stored: string, epoch1904: boolean): string {
  const serial = Number(stored);
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return numberText(stored);
  let days = Math.floor(serial);
  const millis = Math.round((serial - days) * 86_400_000);
  if (serial < 1) return clockText(millis);
  if (!epoch1904 && days < 60) days += 1;
  const epoch = epoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const at = new Date(epoch + days * 86_400_000 + millis);
  return isoDateText(at.toISOString());
}

/** Text of a span of time: hours may pass 24 ("26:05:00"). */
export function durationText(stored: string): string {
  const value = Number(stored);
  if (!Number.isFinite(value) || value < 0) return numberText(stored);
  return clockText(Math.round(value * 86_400_000));
}

/** Text of a cell that is stored as an ISO date. */
export function isoDateText(stored: string): string {
  const parts = /^(\d{4,}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?)?/.exec(stored);
  if (!parts) return stored;
  const millis = Number((parts[3] ?? '0').padEnd(3, '0'));
  return `${parts[1]} ${parts[2] ?? '00:00:00'}${millis ? `.${String(millis).padStart(3, '0')}000` : ''}`;
}

function clockText(millis: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const rest = millis % 1000;
  const seconds = Math.floor(millis / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return rest ? `${clock}.${String(rest).padStart(3, '0')}000` : clock;
}

/** Undoes the escape that spreadsheets use for characters XML cannot hold: "_x000D_" is a carriage return. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly the characters that XML 1.0 forbids
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** One half of a character that takes two; it cannot be written as UTF-8. */
const HALF_CHARACTERS = /\p{Cs}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same characters, and those that are put in their place
const NEEDS_CLEANING = /[\u0000-\u0008\u000B-\u001F\u00A0\uD800-\uDFFF\uFFFE\uFFFF]/;

/** Text as it is compared and written: plain spaces, plain line ends, no edges of blank, nothing XML forbids. */
export function cleanCell(text: string): string {
  // Most cells need nothing but their edges cut.
  if (!NEEDS_CLEANING.test(text)) return text.trim();
  return text
    .replace(/\u00A0/g, ' ')
    .replace(/\r\n?/g, '\n')
    .replace(NOT_XML, '')
    .replace(HALF_CHARACTERS, '')
    .trim();
}

/** "C" → 2; -1 for something that is not a column. At most three letters. */
export function columnIndex(letters: string): number {
  if (letters.length === 0 || letters.length > 3) return -1;
  let index = 0;
  for (let i = 0; i < letters.length; i++) {
    const digit = letters.charCodeAt(i) - 64;
    if (digit < 1 || digit > 26) return -1;
    index = index * 26 + digit;
  }
  return index - 1;
}

/** 2 → "C". */
export function columnLetters(index: number): string {
  let rest = index + 1;
  let letters = '';
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}

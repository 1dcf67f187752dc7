import type { Place, Report } from './diagnostics.ts';

const PAIR = /\s*([^\s,;=]+)\s*=\s*([^\s,;=]+)\s*(?:[,;]|(?<=\s)|$)/y;

/** The pairs of a text in order, or undefined where it holds something else than pairs. */
function pairsOf(text: string): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < text.length) {
    const match = PAIR.exec(text);
    if (!match) return undefined;
    pairs.push([match[1]!, match[2]!]);
  }
  return pairs;
}

/**
 * Reads "start=1 end=10, step = 1": pairs apart by spaces, commas or semicolons, with or without spaces around the
 * equals sign. Keys and most values come in lower case; a column's name and a reference keep theirs. Reports what is
 * no pair and unknown keys.
 */
export function readParameters(
  text: string | undefined,
  accepted: readonly string[] | undefined,
  place: Place,
  report: Report,
): Map<string, string> {
  const parameters = new Map<string, string>();
  if (text === undefined) return parameters;
  const pairs = pairsOf(text);
  if (!pairs) {
    report.error('SURVEY_004', place, { value: text });
    return parameters;
  }
  const rejected: string[] = [];
  for (const [written, value] of pairs) {
    const key = written.toLowerCase();
    const keep =
      key === 'value' ||
      key === 'label' ||
      value.includes('${') ||
      key === 'tick_labelset' ||
      key === 'reference-geometry';
    if (accepted && !accepted.includes(key)) rejected.push(key);
    else parameters.set(key, keep ? value : value.toLowerCase());
  }
  if (accepted === undefined || accepted.length === 0) {
    report.warn('PARAMETERS_UNUSED', place, { value: text });
    return new Map();
  }
  if (rejected.length > 0) {
    const params = { accepted: accepted.join(', '), rejected: rejected.join(', ') };
    report.error('SURVEY_005', place, { value: rejected[0], params, among: accepted });
  }
  return parameters;
}

/** Whether a text is a plain decimal number. */
export const isNumber = (text: string) => /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text);
/** Whether a text is a whole number. */
export const isWhole = (text: string) => /^-?\d+$/.test(text);

import type { Place, Report } from './diagnostics.ts';

/**
 * Reads "start=1 end=10, step=1": pairs apart by spaces, commas or semicolons. Keys and most values come in lower
 * case; a column's name and a reference keep theirs. Reports a pair without "=" and unknown keys.
 */
export function readParameters(
  text: string | undefined,
  accepted: readonly string[] | undefined,
  place: Place,
  report: Report,
): Map<string, string> {
  const parameters = new Map<string, string>();
  if (text === undefined) return parameters;
  const pairs = text.split(/[\s,;]+/).filter((pair) => pair !== '');
  const rejected: string[] = [];
  for (const pair of pairs) {
    const sign = pair.indexOf('=');
    if (sign < 1 || pair.indexOf('=', sign + 1) >= 0) {
      report.error('SURVEY_004', place, { value: text });
      return parameters;
    }
    const key = pair.slice(0, sign).toLowerCase();
    const value = pair.slice(sign + 1);
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

/**
 * `${name}` and `${last-saved#name}`: how references are written, found in a text, and counted.
 */

const NAME = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_.\\-]*';
const REFERENCE = new RegExp(`\\$\\{(last-saved#)?(${NAME})\\}`, 'gu');
const ONE_REFERENCE = new RegExp(`^\\s*\\$\\{(last-saved#)?(${NAME})\\}\\s*$`, 'u');
const WHOLE_NAME = new RegExp(`^${NAME}$`, 'u');

/** A letter or underscore first; then letters, digits, underscores, hyphens and periods. */
export function isName(text: string): boolean {
  return WHOLE_NAME.test(text);
}

export interface Reference {
  readonly name: string;
  readonly lastSaved: boolean;
  readonly start: number;
  readonly end: number;
}

const NONE: readonly Reference[] = [];

/** All references in a text, in order. */
export function referencesIn(text: string): readonly Reference[] {
  if (!text.includes('${')) return NONE;
  const found: Reference[] = [];
  REFERENCE.lastIndex = 0;
  for (let match = REFERENCE.exec(text); match; match = REFERENCE.exec(text)) {
    const { index } = match;
    found.push({ name: match[2]!, lastSaved: match[1] !== undefined, start: index, end: index + match[0].length });
  }
  return found;
}

/** The name, when a text is one reference and nothing else. */
export function onlyReference(text: string): { name: string; lastSaved: boolean } | undefined {
  const match = ONE_REFERENCE.exec(text);
  return match ? { name: match[2]!, lastSaved: match[1] !== undefined } : undefined;
}

/** Whether a "${" in the text does not begin a well-written reference. */
export function hasBrokenReference(text: string): boolean {
  if (!text.includes('${')) return false;
  return text.split('${').length - 1 !== referencesIn(text).length;
}

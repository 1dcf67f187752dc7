/**
 * `${name}` and `${last-saved#name}`: how references are written, found in a text, and counted.
 */

// What XML calls a name, without the colon: the letters of any script, then also digits, hyphens and periods.
const NAME_START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME = `[${NAME_START}][${NAME_START}0-9.\\u00B7\\u0300-\\u036F\\u203F\\u2040\\-]*`;
const REFERENCE = new RegExp(`\\$\\{(last-saved#)?(${NAME})\\}`, 'gu');
const ONE_REFERENCE = new RegExp(`^\\s*\\$\\{(last-saved#)?(${NAME})\\}\\s*$`, 'u');
const ATTRIBUTE_NAME = new RegExp(`^(?:(${NAME}):)?${NAME}$`, 'u');
const WHOLE_NAME = new RegExp(`^${NAME}$`, 'u');

/** A letter or underscore first; then letters, digits, underscores, hyphens and periods. */
export function isName(text: string): boolean {
  return WHOLE_NAME.test(text);
}

/** Prefix of an attribute's name, '' where it has none; undefined when it is not a name. */
export function attributePrefix(text: string): string | undefined {
  const match = ATTRIBUTE_NAME.exec(text);
  return match ? (match[1] ?? '') : undefined;
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

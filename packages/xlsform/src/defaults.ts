import { referencesIn } from './references.ts';

/** Kinds whose plain values are full of hyphens: dates and coordinates. */
const HYPHENATED = new Set(['date', 'dateTime', 'geopoint', 'geotrace', 'geoshape']);

const PIECE =
  /(\s+)|(-?\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d|Z)?)?(?![\p{L}\p{N}]))|(\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d|Z)?)|("[^"]*"|'[^']*')|([a-z][a-z0-9+.-]*:\/\/\S*)|(-?(?:\d+(?:\.\d*)?|\.\d+))|([\p{L}_][\p{L}\p{M}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{M}\p{N}_.-]*)?\()|([\p{L}_][\p{L}\p{M}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{M}\p{N}_.-]*)?)|([*+\-|[])|(.)/gsuy;

/**
 * Whether a default is an expression to compute when the form opens, rather than a value to put in as it stands:
 * it has a reference, a function call, arithmetic, a union or a filter. Words, links, dates and negative numbers
 * are values.
 */
export function isDynamic(text: string, type: string): boolean {
  if (referencesIn(text).length > 0) return true;
  let last = '';
  for (const match of text.matchAll(PIECE)) {
    const [, , , , , , , call, name, sign] = match;
    if (call !== undefined) return true;
    if (sign === '-' && HYPHENATED.has(type)) return false;
    // Names of pictures are full of signs: "2024-05 (1).png".
    if (type === 'image') continue;
    if (sign !== undefined) return true;
    // "div" and "mod" between spaces are arithmetic too.
    if ((name === 'div' || name === 'mod') && last === ' ' && text[match.index + name.length] === ' ') return true;
    last = match[0].at(-1)!;
  }
  return false;
}

import type { Place } from './diagnostics.ts';
import { referencesIn } from './references.ts';
import type { Resolver, Standpoint } from './resolve.ts';
import { element, type XmlChild } from './xmlout.ts';

/**
 * Turns a text that a person reads into XML: each ${reference} and each instance(…) path in it becomes an <output>.
 */
export function textWithOutputs(text: string, from: Standpoint, place: Place, resolver: Resolver): XmlChild[] {
  if (!text.includes('${') && !text.includes('instance(')) return [text];
  const children: XmlChild[] = [];
  let rest = text;
  while (rest !== '') {
    const span = instanceSpan(rest);
    const before = span ? rest.slice(0, span.start) : rest;
    children.push(...withReferences(before, from, place, resolver));
    if (!span) break;
    const expression = rest.slice(span.start, span.end);
    children.push(element('output', { value: resolver.substitute(expression, from, place) }));
    rest = rest.slice(span.end);
  }
  return children;
}

/** Whether a text needs an <output>, and so a place in itext when it is a message. */
export function hasOutputs(text: string): boolean {
  return referencesIn(text).length > 0;
}

function withReferences(text: string, from: Standpoint, place: Place, resolver: Resolver): XmlChild[] {
  const children: XmlChild[] = [];
  let last = 0;
  for (const { start, end } of referencesIn(text)) {
    if (start > last) children.push(text.slice(last, start));
    children.push(element('output', { value: resolver.substitute(text.slice(start, end), from, place) }));
    last = end;
  }
  if (last < text.length) children.push(text.slice(last));
  return children;
}

/** Where the first instance(…) path of a text stands; one that never closes goes on to the end. */
export function instanceSpan(text: string): { start: number; end: number; closed: boolean } | undefined {
  const match = /(?<![\w-])instance\(/.exec(text);
  if (!match) return undefined;
  const start = match.index;
  let at = skipBrackets(text, start + match[0].length - 1);
  while (at < text.length && at > 0) {
    if (text[at] === '[') at = skipBrackets(text, at);
    else {
      const step = /^\/{1,2}(?:\.\.?|@?[\p{L}_*][\p{L}\p{M}\p{N}_.:*-]*)/u.exec(text.slice(at));
      if (!step) break;
      at += step[0].length;
    }
  }
  return at < 0 ? { start, end: text.length, closed: false } : { start, end: at, closed: true };
}

/** Position after the bracket that closes the one at `open`; -1 when none does. */
function skipBrackets(text: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let at = open; at < text.length; at++) {
    const char = text[at]!;
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '(' || char === '[') depth += 1;
    else if (char === ')' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

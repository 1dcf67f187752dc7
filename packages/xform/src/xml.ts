/**
 * A strict reader of XML documents and the writing of XML text.
 * It exists because forms and submissions come from outside: no DTD, no entity beyond the five and numeric ones,
 * and a bound on length, depth and count. Namespaces are resolved; an undeclared prefix is kept and means no namespace.
 */
import { XFormError } from './error.ts';
import type { Limits } from './types.ts';

export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  readonly ns: string;
  readonly value: string;
}

export interface XmlElement {
  readonly name: string;
  readonly local: string;
  readonly ns: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | string)[];
  /** Character position in the document, for line numbers. */
  readonly at: number;
  /** Namespaces declared on this element, by prefix ('' is the default one). */
  readonly declares: Readonly<Record<string, string>> | undefined;
}

export const FORM_LIMITS: Limits = { maxLength: 32_000_000, maxDepth: 100, maxNodes: 2_000_000 };
export const INSTANCE_LIMITS: Limits = { maxLength: 8_000_000, maxDepth: 60, maxNodes: 400_000 };

const NAME_START =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`[${NAME_START}][${NAME_START}.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040-]*`, 'uy');
const SPACE = /[ \t\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;
const FIVE: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/** The 1-based line of a character position. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

/** True for a character that XML 1.0 allows. */
function isXmlCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

interface Open {
  name: string;
  local: string;
  ns: string;
  attributes: readonly XmlAttribute[];
  children: (XmlElement | string)[];
  at: number;
  declares: Record<string, string> | undefined;
  scope: Readonly<Record<string, string>>;
}

const XML_SCOPE: Readonly<Record<string, string>> = {
  __proto__: null as never,
  xml: 'http://www.w3.org/XML/1998/namespace',
};

/** Reads one document and gives its root element. Throws XFormError unreadable, doctype, entity, too-large or too-deep. */
export function readXml(source: string, limits: Limits = FORM_LIMITS): XmlElement {
  if (source.length > limits.maxLength) {
    throw new XFormError('too-large', `the document has more than ${limits.maxLength} characters`);
  }
  let text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');

  const fail = (code: 'unreadable' | 'doctype' | 'entity' | 'too-large' | 'too-deep', message: string, at: number) => {
    throw new XFormError(code, message, { line: lineAt(text, at) });
  };
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) fail('unreadable', 'a character that XML does not allow', forbidden.index);

  let i = 0;
  let nodes = 0;
  let root: XmlElement | undefined;
  const stack: Open[] = [];

  const skipSpace = () => {
    SPACE.lastIndex = i;
    SPACE.test(text);
    const moved = SPACE.lastIndex > i;
    i = SPACE.lastIndex;
    return moved;
  };
  const readName = (): string => {
    NAME.lastIndex = i;
    const found = NAME.exec(text);
    if (!found) fail('unreadable', 'a name is expected', i);
    i = NAME.lastIndex;
    return found![0];
  };
  const count = (at: number) => {
    if (++nodes > limits.maxNodes) fail('too-large', `the document has more than ${limits.maxNodes} parts`, at);
  };
  const decode = (raw: string, at: number): string => {
    let amp = raw.indexOf('&');
    if (amp < 0) return raw;
    let out = '';
    let from = 0;
    while (amp >= 0) {
      const end = raw.indexOf(';', amp);
      if (end < 0 || end - amp > 12) fail('entity', 'an ampersand that begins no known entity', at + amp);
      const name = raw.slice(amp + 1, end);
      let value = FIVE[name];
      if (value === undefined) {
        const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
        const code = digits ? Number.parseInt(digits[1] ?? digits[2]!, digits[1] ? 16 : 10) : -1;
        if (!isXmlCharacter(code)) fail('entity', `the entity &${name}; is not allowed`, at + amp);
        value = String.fromCodePoint(code);
      }
      out += raw.slice(from, amp) + value;
      from = end + 1;
      amp = raw.indexOf('&', from);
    }
    return out + raw.slice(from);
  };
  const addText = (value: string) => {
    const children = stack[stack.length - 1]!.children;
    const last = children.length - 1;
    const before = children[last];
    if (typeof before === 'string') children[last] = before + value;
    else children.push(value);
  };
  const close = (element: Open) => {
    const { scope: _, ...done } = element;
    const parent = stack[stack.length - 1];
    if (parent) parent.children.push(done);
    else root = done;
  };

  const readAttributes = (raw: [string, string][], at: number): Record<string, string> | undefined => {
    let declares: Record<string, string> | undefined;
    for (;;) {
      const spaced = skipSpace();
      const c = text.charCodeAt(i);
      if (c === 62 || c === 47) return declares; // > or /
      if (!spaced) fail('unreadable', 'a space is expected before an attribute', i);
      const nameAt = i;
      const name = readName();
      count(nameAt);
      if (raw.length > 500) fail('too-large', 'an element with more than 500 attributes', at);
      skipSpace();
      if (text[i] !== '=') fail('unreadable', `the attribute ${name} has no value`, i);
      i++;
      skipSpace();
      const quote = text[i];
      if (quote !== '"' && quote !== "'") fail('unreadable', `the value of ${name} is not quoted`, i);
      const end = text.indexOf(quote!, i + 1);
      if (end < 0) fail('unreadable', `the value of ${name} does not end`, i);
      let value = text.slice(i + 1, end);
      if (value.includes('<')) fail('unreadable', `the value of ${name} contains <`, i);
      value = decode(/[\t\n]/.test(value) ? value.replace(/[\t\n]/g, ' ') : value, i + 1);
      i = end + 1;
      if (name === 'xmlns' || name.startsWith('xmlns:')) {
        declares ??= Object.create(null) as Record<string, string>;
        const prefix = name.slice(6);
        if (prefix in declares) fail('unreadable', `the attribute ${name} stands twice`, nameAt);
        declares[prefix] = value;
      } else {
        if (raw.some((other) => other[0] === name)) fail('unreadable', `the attribute ${name} stands twice`, nameAt);
        raw.push([name, value]);
      }
    }
  };

  const readTag = () => {
    const at = i;
    i++;
    const name = readName();
    count(at);
    if (stack.length >= limits.maxDepth)
      fail('too-deep', `more than ${limits.maxDepth} elements inside each other`, at);
    const raw: [string, string][] = [];
    const declares = readAttributes(raw, at);
    const outer = stack.length ? stack[stack.length - 1]!.scope : XML_SCOPE;
    const scope = declares ? Object.assign(Object.create(outer) as Record<string, string>, declares) : outer;
    const colon = name.indexOf(':');
    const element: Open = {
      name,
      local: colon < 0 ? name : name.slice(colon + 1),
      ns: scope[colon < 0 ? '' : name.slice(0, colon)] ?? '',
      attributes: raw.length
        ? raw.map(([key, value]) => {
            const split = key.indexOf(':');
            return {
              name: key,
              local: split < 0 ? key : key.slice(split + 1),
              ns: split < 0 ? '' : (scope[key.slice(0, split)] ?? ''),
              value,
            };
          })
        : NO_ATTRIBUTES,
      children: [],
      at,
      declares,
      scope,
    };
    if (text[i] === '/') {
      if (text[i + 1] !== '>') fail('unreadable', `the tag ${name} does not end`, i);
      i += 2;
      close(element);
    } else {
      i++;
      stack.push(element);
    }
  };

  const skipTo = (end: string, what: string) => {
    const found = text.indexOf(end, i);
    if (found < 0) fail('unreadable', `${what} does not end`, i);
    const inside = text.slice(i, found);
    i = found + end.length;
    return inside;
  };

  if (/^<\?xml[ \t\n]/.test(text)) skipTo('?>', 'the XML declaration');
  while (i < text.length) {
    const next = text.indexOf('<', i);
    const end = next < 0 ? text.length : next;
    if (end > i) {
      const raw = text.slice(i, end);
      if (stack.length) {
        if (raw.includes(']]>')) fail('unreadable', 'the text contains ]]>', i);
        count(i);
        addText(decode(raw, i));
      } else if (/[^ \t\n]/.test(raw)) fail('unreadable', 'text outside the root element', i);
      i = end;
    }
    if (next < 0) break;
    const c = text.charCodeAt(i + 1);
    if (c === 33) {
      if (text.startsWith('<!--', i)) {
        i += 4;
        const comment = skipTo('-->', 'a comment');
        if (comment.includes('--') || comment.endsWith('-')) fail('unreadable', 'a comment contains --', i);
      } else if (text.startsWith('<![CDATA[', i)) {
        if (!stack.length) fail('unreadable', 'text outside the root element', i);
        i += 9;
        count(i);
        addText(skipTo(']]>', 'a CDATA section'));
      } else if (text.startsWith('<!DOCTYPE', i)) fail('doctype', 'a document type declaration is not allowed', i);
      else fail('unreadable', 'an unknown declaration', i);
    } else if (c === 63) {
      i += 2;
      const target = readName();
      if (target.toLowerCase() === 'xml') fail('unreadable', 'an XML declaration that is not at the start', i);
      skipTo('?>', 'a processing instruction');
    } else if (c === 47) {
      const at = i;
      i += 2;
      const name = readName();
      skipSpace();
      if (text[i] !== '>') fail('unreadable', `the end tag ${name} does not end`, at);
      i++;
      const open = stack.pop();
      if (!open) fail('unreadable', `the end tag ${name} has no start`, at);
      if (open!.name !== name) fail('unreadable', `the end tag ${name} does not match ${open!.name}`, at);
      close(open!);
    } else {
      if (!stack.length && root) fail('unreadable', 'a second root element', i);
      readTag();
    }
  }
  if (stack.length) fail('unreadable', `the element ${stack[stack.length - 1]!.name} does not end`, text.length);
  if (!root) fail('unreadable', 'there is no element', text.length);
  return root!;
}

/** The attribute of this local name; with `ns` only that of the namespace. */
export function attribute(element: XmlElement, local: string, ns?: string): string | undefined {
  for (const item of element.attributes) {
    if (item.local === local && (ns === undefined || item.ns === ns)) return item.value;
  }
  return undefined;
}

/** Child elements, of one local name or all. */
export function elements(element: XmlElement, local?: string): XmlElement[] {
  const out: XmlElement[] = [];
  for (const child of element.children) {
    if (typeof child !== 'string' && (local === undefined || child.local === local)) out.push(child);
  }
  return out;
}

/** All text inside an element, in order. */
export function textOf(element: XmlElement): string {
  const { children } = element;
  if (children.length === 0) return '';
  if (children.length === 1 && typeof children[0] === 'string') return children[0];
  let out = '';
  for (const child of children) out += typeof child === 'string' ? child : textOf(child);
  return out;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Text as XML content; characters that XML cannot hold are left out. */
export function escapeText(value: string): string {
  const safe = UNWRITABLE.test(value) ? value.replace(UNWRITABLE, '') : value;
  return /[&<>\r]/.test(safe) ? safe.replace(/[&<>\r]/g, (c) => ESCAPES[c]!) : safe;
}

/** Text as the value of a double-quoted attribute. */
export function escapeAttribute(value: string): string {
  return value.replace(UNWRITABLE, '').replace(/[&<>"\r\n\t]/g, (c) => ESCAPES[c]!);
}

/** Writes an element as it was read, prefixes included. */
export function writeXml(element: XmlElement): string {
  let out = `<${element.name}`;
  for (const prefix in element.declares) {
    out += ` xmlns${prefix ? `:${prefix}` : ''}="${escapeAttribute(element.declares[prefix]!)}"`;
  }
  for (const item of element.attributes) out += ` ${item.name}="${escapeAttribute(item.value)}"`;
  if (element.children.length === 0) return `${out}/>`;
  out += '>';
  for (const child of element.children) out += typeof child === 'string' ? escapeText(child) : writeXml(child);
  return `${out}</${element.name}>`;
}

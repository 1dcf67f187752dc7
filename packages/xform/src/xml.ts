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
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const SURROGATE = /[\uD800-\uDFFF]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const FIVE: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NO_ATTRIBUTES: readonly XmlAttribute[] = [];
/** 1 for the ASCII characters that a name may begin with, 2 for those that may only follow. */
const ASCII_NAME = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const character = String.fromCharCode(c);
  ASCII_NAME[c] = /[:A-Z_a-z]/.test(character) ? 1 : /[.0-9-]/.test(character) ? 2 : 0;
}

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

type Scope = Readonly<Record<string, string>>;

interface Open extends XmlElement {
  readonly children: (XmlElement | string)[];
}

const XML_SCOPE: Scope = Object.assign(Object.create(null) as Record<string, string>, {
  xml: 'http://www.w3.org/XML/1998/namespace',
});

/** The state of one reading. */
class Reader {
  private readonly text: string;
  private readonly limits: Limits;
  private at = 0;
  private nodes = 0;
  private root: XmlElement | undefined;
  private readonly open: Open[] = [];
  private readonly scopes: Scope[] = [];

  constructor(text: string, limits: Limits) {
    this.text = text;
    this.limits = limits;
  }

  private fail(
    code: 'unreadable' | 'doctype' | 'entity' | 'too-large' | 'too-deep',
    message: string,
    at = this.at,
  ): never {
    throw new XFormError(code, message, { line: lineAt(this.text, at) });
  }

  private count(): void {
    if (++this.nodes > this.limits.maxNodes)
      this.fail('too-large', `the document has more than ${this.limits.maxNodes} parts`);
  }

  private skipSpace(): boolean {
    const { text } = this;
    const from = this.at;
    for (;;) {
      const c = text.charCodeAt(this.at);
      if (c !== 32 && c !== 10 && c !== 9) return this.at > from;
      this.at++;
    }
  }

  private name(): string {
    const { text } = this;
    const from = this.at;
    let i = from;
    let c = text.charCodeAt(i);
    if (c < 128 && ASCII_NAME[c] === 1) {
      do c = text.charCodeAt(++i);
      while (c < 128 && ASCII_NAME[c]! > 0);
    }
    if (i === from || c >= 128) {
      NAME.lastIndex = from;
      if (!NAME.test(text)) this.fail('unreadable', 'a name is expected');
      i = NAME.lastIndex;
    }
    this.at = i;
    return text.slice(from, i);
  }

  private decode(raw: string, at: number): string {
    let amp = raw.indexOf('&');
    if (amp < 0) return raw;
    let out = '';
    let from = 0;
    while (amp >= 0) {
      const end = raw.indexOf(';', amp);
      if (end < 0 || end - amp > 12) this.fail('entity', 'an ampersand that begins no known entity', at + amp);
      const name = raw.slice(amp + 1, end);
      let value = Object.hasOwn(FIVE, name) ? FIVE[name] : undefined;
      if (value === undefined) {
        const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
        const code = digits ? Number.parseInt(digits[1] ?? digits[2]!, digits[1] ? 16 : 10) : -1;
        if (!isXmlCharacter(code)) this.fail('entity', `the entity &${name}; is not allowed`, at + amp);
        value = String.fromCodePoint(code);
      }
      out += raw.slice(from, amp) + value;
      from = end + 1;
      amp = raw.indexOf('&', from);
    }
    return out + raw.slice(from);
  }

  private addText(value: string): void {
    const { children } = this.open[this.open.length - 1]!;
    const last = children.length - 1;
    const before = children[last];
    if (typeof before === 'string') children[last] = before + value;
    else children.push(value);
  }

  private attributeValue(name: string): string {
    const { text } = this;
    this.skipSpace();
    if (text.charCodeAt(this.at) !== 61) this.fail('unreadable', `the attribute ${name} has no value`);
    this.at++;
    this.skipSpace();
    const quote = text[this.at];
    if (quote !== '"' && quote !== "'") this.fail('unreadable', `the value of ${name} is not quoted`);
    const from = this.at + 1;
    const end = text.indexOf(quote, from);
    if (end < 0) this.fail('unreadable', `the value of ${name} does not end`);
    const value = text.slice(from, end);
    if (value.includes('<')) this.fail('unreadable', `the value of ${name} contains <`);
    this.at = end + 1;
    return this.decode(/[\t\n]/.test(value) ? value.replace(/[\t\n]/g, ' ') : value, from);
  }

  private tag(): void {
    const { text, open, limits } = this;
    const { at } = this;
    this.at++;
    const name = this.name();
    this.count();
    if (open.length >= limits.maxDepth)
      this.fail('too-deep', `more than ${limits.maxDepth} elements inside each other`);
    let pairs: string[] | undefined;
    let declares: Record<string, string> | undefined;
    for (;;) {
      const spaced = this.skipSpace();
      const c = text.charCodeAt(this.at);
      if (c === 62 || c === 47) break;
      if (!spaced) this.fail('unreadable', 'a space is expected before an attribute');
      const key = this.name();
      this.count();
      const value = this.attributeValue(key);
      if (key.startsWith('xmlns') && (key.length === 5 || key[5] === ':')) {
        declares ??= Object.create(null) as Record<string, string>;
        const prefix = key.slice(6);
        if (prefix in declares) this.fail('unreadable', `the attribute ${key} stands twice`);
        declares[prefix] = value;
        continue;
      }
      pairs ??= [];
      for (let i = 0; i < pairs.length; i += 2)
        if (pairs[i] === key) this.fail('unreadable', `the attribute ${key} stands twice`);
      if (pairs.length > 1000) this.fail('too-large', 'an element with more than 500 attributes');
      pairs.push(key, value);
    }
    const outer = this.scopes[this.scopes.length - 1] ?? XML_SCOPE;
    const scope = declares ? Object.assign(Object.create(outer) as Record<string, string>, declares) : outer;
    let attributes = NO_ATTRIBUTES;
    if (pairs) {
      const made: XmlAttribute[] = [];
      for (let i = 0; i < pairs.length; i += 2) {
        const key = pairs[i]!;
        const colon = key.indexOf(':');
        const local = colon < 0 ? key : key.slice(colon + 1);
        made.push({ name: key, local, ns: colon < 0 ? '' : (scope[key.slice(0, colon)] ?? ''), value: pairs[i + 1]! });
      }
      attributes = made;
    }
    const colon = name.indexOf(':');
    const element: Open = {
      name,
      local: colon < 0 ? name : name.slice(colon + 1),
      ns: scope[colon < 0 ? '' : name.slice(0, colon)] ?? '',
      attributes,
      children: [],
      at,
      declares,
    };
    const parent = open[open.length - 1];
    if (parent) parent.children.push(element);
    else this.root = element;
    if (text.charCodeAt(this.at) === 47) {
      if (text.charCodeAt(this.at + 1) !== 62) this.fail('unreadable', `the tag ${name} does not end`);
      this.at += 2;
    } else {
      this.at++;
      open.push(element);
      this.scopes.push(scope);
    }
  }

  private endTag(): void {
    this.at += 2;
    const name = this.name();
    this.skipSpace();
    if (this.text.charCodeAt(this.at) !== 62) this.fail('unreadable', `the end tag ${name} does not end`);
    this.at++;
    const element = this.open.pop();
    this.scopes.pop();
    if (!element) this.fail('unreadable', `the end tag ${name} has no start`);
    if (element.name !== name) this.fail('unreadable', `the end tag ${name} does not match ${element.name}`);
  }

  private skipTo(end: string, what: string): string {
    const found = this.text.indexOf(end, this.at);
    if (found < 0) this.fail('unreadable', `${what} does not end`);
    const inside = this.text.slice(this.at, found);
    this.at = found + end.length;
    return inside;
  }

  /** What begins with `<!`. */
  private declaration(): void {
    const { text } = this;
    if (text.startsWith('<!--', this.at)) {
      this.at += 4;
      const comment = this.skipTo('-->', 'a comment');
      if (comment.includes('--') || comment.endsWith('-')) this.fail('unreadable', 'a comment contains --');
    } else if (text.startsWith('<![CDATA[', this.at)) {
      if (this.open.length === 0) this.fail('unreadable', 'text outside the root element');
      this.at += 9;
      this.count();
      this.addText(this.skipTo(']]>', 'a CDATA section'));
    } else if (text.startsWith('<!DOCTYPE', this.at))
      this.fail('doctype', 'a document type declaration is not allowed');
    else this.fail('unreadable', 'an unknown declaration');
  }

  private instruction(): void {
    this.at += 2;
    if (this.name().toLowerCase() === 'xml') this.fail('unreadable', 'an XML declaration that is not at the start');
    this.skipTo('?>', 'a processing instruction');
  }

  private characters(end: number): void {
    const raw = this.text.slice(this.at, end);
    if (this.open.length > 0) {
      if (raw.includes(']]>')) this.fail('unreadable', 'the text contains ]]>');
      this.count();
      this.addText(this.decode(raw, this.at));
    } else if (/[^ \t\n]/.test(raw)) this.fail('unreadable', 'text outside the root element');
    this.at = end;
  }

  read(): XmlElement {
    const { text, open } = this;
    let bad = FORBIDDEN.exec(text);
    if (!bad && SURROGATE.test(text)) bad = LONE_SURROGATE.exec(text);
    if (bad) this.fail('unreadable', 'a character that XML does not allow', bad.index);
    if (/^<\?xml[ \t\n]/.test(text)) this.skipTo('?>', 'the XML declaration');
    while (this.at < text.length) {
      const next = text.indexOf('<', this.at);
      const end = next < 0 ? text.length : next;
      if (end > this.at) this.characters(end);
      if (next < 0) break;
      const c = text.charCodeAt(this.at + 1);
      if (c === 47) this.endTag();
      else if (c === 33) this.declaration();
      else if (c === 63) this.instruction();
      else {
        if (open.length === 0 && this.root) this.fail('unreadable', 'a second root element');
        this.tag();
      }
    }
    const last = open[open.length - 1];
    if (last) this.fail('unreadable', `the element ${last.name} does not end`, text.length);
    if (!this.root) this.fail('unreadable', 'there is no element', text.length);
    return this.root;
  }
}

/** Reads one document and gives its root element. Throws XFormError unreadable, doctype, entity, too-large or too-deep. */
export function readXml(source: string, limits: Limits = FORM_LIMITS): XmlElement {
  if (source.length > limits.maxLength) {
    throw new XFormError('too-large', `the document has more than ${limits.maxLength} characters`);
  }
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  return new Reader(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, limits).read();
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

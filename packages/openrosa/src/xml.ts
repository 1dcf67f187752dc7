/** One element of a small protocol document: names without prefixes, text of the element itself. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

/** A document that is not of the protocol. */
export class OpenRosaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OpenRosaError';
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s<>]+)\s*>|<([^\s<>/!?"'=]+)((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([^\s<>/="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const MOST_CHARACTERS = 8_000_000;
const DEEPEST = 20;

/** Replaces the five entities and numeric references; an unknown one stays as it is. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

/** Text for an element or an attribute; characters that XML forbids are left out. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
  );
}

/** The attributes in the source of a start tag. */
export function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single] of source.matchAll(ATTRIBUTE))
    attributes[name.replace(/^.*:(?=.)/, name.startsWith('xmlns:') ? '$&' : '')] = unescapeXml(double ?? single ?? '');
  return attributes;
}

/** Reads a small document. @throws OpenRosaError when it is not well formed, has a document type, or is too large or deep */
export function readElement(xml: string): Element {
  if (xml.length > MOST_CHARACTERS) throw new OpenRosaError('The document is too large');
  type Open = { name: string; attributes: Record<string, string>; children: Element[]; text: string };
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  TOKEN.lastIndex = xml.startsWith('\uFEFF') ? 1 : 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    if (!token) throw new OpenRosaError(`The document is not well formed at character ${at}`);
    const [, cdata, closes, opens, attributes = '', empty, text] = token;
    const inner = open[open.length - 1]!;
    if (cdata !== undefined) inner.text += cdata;
    else if (text !== undefined) inner.text += unescapeXml(text);
    else if (closes !== undefined) {
      if (inner === root || localName(closes) !== inner.name) throw new OpenRosaError(`</${closes}> closes nothing`);
      open.pop();
    } else if (opens !== undefined) {
      const element: Open = { name: localName(opens), attributes: readAttributes(attributes), children: [], text: '' };
      inner.children.push(element);
      if (!empty) open.push(element);
      if (open.length > DEEPEST) throw new OpenRosaError('The document is too deep');
    }
  }
  const [only, ...more] = root.children;
  if (open.length > 1 || !only || more.length > 0 || root.text.trim())
    throw new OpenRosaError('The document is cut short');
  return only;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The trimmed text of a child, or '' when there is none. */
export function childText(element: Element, name: string): string {
  return element.children.find((child) => child.name === name)?.text.trim() ?? '';
}

/**
 * A small XML reader for the parts of a workbook: elements, attributes and text, in pieces as they are inflated.
 * It is strict about nesting and knows no document types, so there are no entities to expand and no files to fetch.
 * A spreadsheet is nearly all markup of the same few elements, which a general parser takes ten times longer over.
 */

/** What a part's reader does with the elements that go by. Names come without their prefix. */
export interface PartHandler {
  /** `attribute` gives the value of an attribute by its name as written. */
  open(name: string, attribute: (name: string) => string | undefined): void;
  close(name: string): void;
  text(text: string): void;
}

export type ScanFault = 'damaged' | 'doctype' | 'deep' | 'large';

export class ScanError extends Error {
  readonly fault: ScanFault;
  constructor(fault: ScanFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Longest single tag or text between two tags: a cell's 32,767 characters, each written as a reference. */
const LONGEST_TOKEN = 512 * 1024;
/** Most attributes in one tag; a spreadsheet's own have a dozen. */
const MOST_ATTRIBUTES = 256;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export interface Scanner {
  write(chunk: string): void;
  /** Ends the document; throws when something is still open. */
  end(): void;
}

/** Makes a reader for one document. Throws ScanError from write() or end(). */
export function createScanner(handler: PartHandler, mostDepth: number): Scanner {
  const open: string[] = [];
  let buffer = '';
  let skippingTo = '';
  let rootSeen = false;
  // Where the attributes of the tag that is read stand in the buffer: name from, name to, value from, value to.
  let spots: number[] = [];

  const attribute = (wanted: string): string | undefined => {
    for (let i = 0; i < spots.length; i += 4) {
      const from = spots[i]!;
      if (spots[i + 1]! - from === wanted.length && buffer.startsWith(wanted, from)) {
        return decode(buffer.slice(spots[i + 2]!, spots[i + 3]!));
      }
    }
    return undefined;
  };

  /** Reads the attributes from `at` on; gives the position of the sign that ends the tag, or -1 when more is needed. */
  const readAttributes = (at: number): number => {
    spots = [];
    for (let i = at; ; ) {
      const space = i;
      while (isSpace(buffer.charCodeAt(i))) i += 1;
      const sign = buffer.charCodeAt(i);
      if (sign === 62 || sign === 47) return i;
      if (i >= buffer.length) return -1;
      if (i === space || spots.length >= 4 * MOST_ATTRIBUTES) throw new ScanError('damaged');
      const name = i;
      while (isNameCode(buffer.charCodeAt(i))) i += 1;
      const nameEnd = i;
      while (isSpace(buffer.charCodeAt(i))) i += 1;
      if (i >= buffer.length) return -1;
      if (nameEnd === name || buffer.charCodeAt(i) !== 61) throw new ScanError('damaged');
      i += 1;
      while (isSpace(buffer.charCodeAt(i))) i += 1;
      if (i >= buffer.length) return -1;
      const quote = buffer[i]!;
      if (quote !== '"' && quote !== "'") throw new ScanError('damaged');
      const end = buffer.indexOf(quote, i + 1);
      if (end < 0) return -1;
      if (hasOpening(buffer, i + 1, end)) throw new ScanError('damaged');
      spots.push(name, nameEnd, i + 1, end);
      i = end + 1;
    }
  };

  const text = (piece: string) => {
    if (open.length > 0) handler.text(piece);
    else if (piece.trim() !== '') throw new ScanError('damaged');
  };

  /** Reads one tag at `at`; gives the position after it, or -1 when the piece ends inside it. */
  const tag = (at: number): number => {
    if (buffer.charCodeAt(at + 1) === 47) {
      const end = buffer.indexOf('>', at);
      if (end < 0) return -1;
      const name = buffer.slice(at + 2, end).trimEnd();
      if (open.pop() !== name) throw new ScanError('damaged');
      handler.close(localName(name));
      return end + 1;
    }
    let nameEnd = at + 1;
    while (isNameCode(buffer.charCodeAt(nameEnd))) nameEnd += 1;
    if (nameEnd >= buffer.length) return -1;
    if (nameEnd === at + 1) throw new ScanError('damaged');
    const end = readAttributes(nameEnd);
    if (end < 0) return -1;
    const closed = buffer.charCodeAt(end) === 47;
    if (closed && end + 1 >= buffer.length) return -1;
    if (closed && buffer.charCodeAt(end + 1) !== 62) throw new ScanError('damaged');
    const name = buffer.slice(at + 1, nameEnd);
    if (open.length === 0 && rootSeen) throw new ScanError('damaged');
    rootSeen = true;
    if (open.length >= mostDepth) throw new ScanError('deep');
    const local = localName(name);
    handler.open(local, attribute);
    if (closed) handler.close(local);
    else open.push(name);
    return closed ? end + 2 : end + 1;
  };

  /** Reads what begins with "<!" or "<?"; gives the position after its opening, or -1 when more is needed. */
  const aside = (at: number): number => {
    if (buffer.startsWith('<!--', at)) {
      skippingTo = '-->';
      return at + 4;
    }
    if (buffer.startsWith('<?', at)) {
      skippingTo = '?>';
      return at + 2;
    }
    if (buffer.startsWith('<![CDATA[', at)) {
      const end = buffer.indexOf(']]>', at + 9);
      if (end < 0) return -1;
      text(buffer.slice(at + 9, end));
      return end + 3;
    }
    if (buffer.length - at < 9 && ('<!--'.startsWith(buffer.slice(at)) || '<![CDATA['.startsWith(buffer.slice(at))))
      return -1;
    throw new ScanError(
      /^<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(buffer.slice(at, at + 20)) ? 'doctype' : 'damaged',
    );
  };

  /** Leaves a comment or an instruction behind without keeping it. */
  const skip = (at: number): number => {
    const end = buffer.indexOf(skippingTo, at);
    if (end < 0) return -1;
    const after = end + skippingTo.length;
    skippingTo = '';
    return after;
  };

  return {
    write(chunk) {
      buffer = buffer === '' ? chunk : buffer + chunk;
      let at = 0;
      for (;;) {
        if (skippingTo !== '') {
          const after = skip(at);
          if (after < 0) {
            at = Math.max(at, buffer.length - 2);
            break;
          }
          at = after;
          continue;
        }
        const next = buffer.indexOf('<', at);
        if (next < 0) break;
        if (next > at) text(decode(buffer.slice(at, next)));
        at = next;
        if (at + 1 >= buffer.length) break;
        const sign = buffer.charCodeAt(at + 1);
        const after = sign === 33 || sign === 63 ? aside(at) : tag(at);
        if (after < 0) break;
        at = after;
      }
      buffer = buffer.slice(at);
      if (buffer.length > LONGEST_TOKEN) throw new ScanError('large');
    },
    end() {
      if (skippingTo !== '' || open.length > 0 || !rootSeen || buffer.trim() !== '') throw new ScanError('damaged');
    },
  };
}

const isSpace = (code: number) => code === 32 || code === 9 || code === 10 || code === 13;

/** Whether a character may stand in a name: anything but blanks and the signs of markup. */
function isNameCode(code: number): boolean {
  if (code > 62) return true;
  if (Number.isNaN(code) || isSpace(code)) return false;
  // " & ' / < = >
  return code !== 34 && code !== 38 && code !== 39 && code !== 47 && code < 60;
}

/** Whether a "<" stands in a value, which XML forbids. */
function hasOpening(buffer: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (buffer.charCodeAt(i) === 60) return true;
  return false;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Text with the five named and the numbered characters of XML in place of their references. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,8}))?;?/g, (whole, hex, decimal, name) => {
    if (!whole.endsWith(';')) throw new ScanError('damaged');
    if (name !== undefined) {
      const char = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
      if (char === undefined) throw new ScanError('damaged');
      return char;
    }
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
    if (!(code <= 0x10ffff)) throw new ScanError('damaged');
    return String.fromCodePoint(code);
  });
}

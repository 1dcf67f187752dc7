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

/** Longest single tag or text between two tags. */
const LONGEST_TOKEN = 2 * 1024 * 1024;
const TAG = /<([^\s/>=<"'&]+)((?:\s+[^\s=/><"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
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
  let attributes = '';

  const attribute = (wanted: string): string | undefined => {
    ATTRIBUTE.lastIndex = 0;
    for (;;) {
      const match = ATTRIBUTE.exec(attributes);
      if (!match) return undefined;
      if (match[1] === wanted) return decode(match[2] ?? match[3]!);
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
    TAG.lastIndex = at;
    const match = TAG.exec(buffer);
    if (!match) {
      if (tagIsWhole(buffer, at)) throw new ScanError('damaged');
      return -1;
    }
    const name = match[1]!;
    if (open.length === 0 && rootSeen) throw new ScanError('damaged');
    rootSeen = true;
    if (open.length >= mostDepth) throw new ScanError('deep');
    attributes = match[2]!;
    const local = localName(name);
    handler.open(local, attribute);
    if (match[3] === '/') handler.close(local);
    else open.push(name);
    return TAG.lastIndex;
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

/** Whether a ">" outside of quotes ends the tag that begins at `at`. */
function tagIsWhole(buffer: string, at: number): boolean {
  let quote = '';
  for (let i = at + 1; i < buffer.length; i++) {
    const char = buffer[i]!;
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '<') return true;
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>' || char === '<') return true;
  }
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
